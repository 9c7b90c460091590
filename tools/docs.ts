import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accountRuleSection } from "../cli/audit/rules/page";
import { accountRules } from "../cli/audit/rules/rules";
import { rulePages, rulesMarkdown } from "../policypack/host/reporting/rules-md";
import { rules, topics } from "../policypack/rules";
import { roomsTable } from "../tests/house/rooms-table";

const ROOT = join(__dirname, "..");
const CONTRIBUTING = join(ROOT, "CONTRIBUTING.md");

const PAGES = join(ROOT, "docs", "rules");

writeFileSync(
  join(ROOT, "policypack", "RULES.md"),
  rulesMarkdown(topics, (id) => `../docs/rules/${id}.md`),
);
rmSync(PAGES, { recursive: true, force: true });
mkdirSync(PAGES);
for (const [id, page] of rulePages(rules)) writeFileSync(join(PAGES, `${id}.md`), page);
for (const rule of accountRules) writeFileSync(join(PAGES, `${rule.id}.md`), `${accountRuleSection(rule)}\n`);
writeFileSync(
  CONTRIBUTING,
  readFileSync(CONTRIBUTING, "utf8").replace(/^\| folder \| what it knows \|[\s\S]*?(?=\n\n)/m, () => roomsTable()),
);
