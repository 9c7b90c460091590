import { ruleSection } from "../../../policypack/host";
import { type AccountExample, type AnyAccountRule, asPackRule } from "./account-rule";

/** The page of a rule that only an account can answer. */
export function accountRuleSection(rule: AnyAccountRule): string {
  const { fail, pass, notChecked } = rule.examples;
  return ruleSection(asPackRule(rule), [
    ...fail.map((example) => exampleSection(rule.level === "advisory" ? "Advised against" : "Found", example)),
    ...pass.map((example) => exampleSection("Passes", example)),
    ...notChecked.map((example) => exampleSection("Not checked", example)),
  ]);
}

function exampleSection(verdict: string, { title, records, options }: AccountExample): string {
  const configuration = options === undefined ? "" : ` With the options \`${JSON.stringify(options)}\`.`;
  const head = `**${verdict}:** ${title}.${configuration}`;
  if (Object.keys(records).length === 0) return head;
  return `${head}\n\n\`\`\`json\n${JSON.stringify(records, undefined, 2)}\n\`\`\``;
}
