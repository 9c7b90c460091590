import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rulesMarkdown } from "../policypack/host/reporting/rules-md";
import { topics } from "../policypack/rules";

writeFileSync(join(__dirname, "..", "policypack", "RULES.md"), rulesMarkdown(topics));
