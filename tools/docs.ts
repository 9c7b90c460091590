import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rulesMarkdown } from "../policypack/host/reporting/rules-md";
import { topics } from "../policypack/rules";
import { roomsTable } from "../tests/house/rooms";

const ROOT = join(__dirname, "..");
const CONTRIBUTING = join(ROOT, "CONTRIBUTING.md");

writeFileSync(join(ROOT, "policypack", "RULES.md"), rulesMarkdown(topics));
writeFileSync(
  CONTRIBUTING,
  readFileSync(CONTRIBUTING, "utf8").replace(/^\| folder \| what it knows \|[\s\S]*?(?=\n\n)/m, () => roomsTable()),
);
