import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rulesMarkdown } from "../policypack/host/rules-md";
import { rules } from "../policypack/rules";

const path = join(__dirname, "..", "policypack", "RULES.md");
writeFileSync(path, rulesMarkdown(rules));
console.error("Wrote policypack/RULES.md.");
