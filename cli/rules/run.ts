import {
  nearestName,
  ruleSection,
  settingsPolicy,
  settingsSection,
  undecidedPolicy,
  undecidedSection,
} from "../../policypack/host";
import { type AnyRule, rules, topics } from "../../policypack/rules";
import { asPackRule } from "../audit/rules/account-rule";
import { accountRuleSection } from "../audit/rules/page";
import { accountRules } from "../audit/rules/rules";
import type { Door } from "../terminal/door";
import { Failure } from "../terminal/failure";

/**
 * Lists the rules, or prints one.
 *
 * @throws Failure for a rule that does not exist
 */
export function runRules(id: string | undefined, format: "text" | "json", door: Door): void {
  if (format === "json") door.json(id === undefined ? everyRule.map(ruleReport) : ruleReport(ruleNamed(id)));
  else door.report(`${id === undefined ? list() : section(id)}\n`);
}

/** Those of the policy pack, and those that only an audit asks. */
const everyRule: readonly AnyRule[] = [...rules, ...accountRules.map((rule) => asPackRule(rule))];

function list(): string {
  const width = Math.max(...everyRule.map(({ id }) => id.length));
  const everyTopic = [...topics, { title: "Only for accounts, by audit", rules: accountRules }];
  const texts = everyTopic.map(({ title, rules: ofTopic }) => {
    const lines = ofTopic.map((rule) => `  ${rule.id.padEnd(width)}  ${rule.level.padEnd(9)}  ${rule.title}`);
    return [title, ...lines].join("\n");
  });
  return texts.join("\n\n");
}

function section(id: string): string {
  if (id === settingsPolicy.id) return settingsSection();
  if (id === undecidedPolicy.id) return undecidedSection();
  const ofAccounts = accountRules.find((rule) => rule.id === id);
  return ofAccounts === undefined ? ruleSection(ruleNamed(id)) : accountRuleSection(ofAccounts);
}

/** A rule for other programs; its options by name, with their types, defaults and meanings. */
function ruleReport({ id, title, level, severity, rationale, remediation, controls, options }: AnyRule): object {
  const described = Object.entries(options).map(([name, option]) => {
    const { type, description, default: value } = option;
    return [name, { type, description, default: value, enum: "enum" in option ? option.enum : undefined }];
  });
  return { id, title, level, severity, rationale, remediation, controls, options: Object.fromEntries(described) };
}

/** @throws Failure that names the rule that was probably meant */
function ruleNamed(id: string): AnyRule {
  const rule = everyRule.find((one) => one.id === id);
  if (rule !== undefined) return rule;
  const nearest = nearestName(id, [...everyRule.map((one) => one.id), settingsPolicy.id, undecidedPolicy.id]);
  const fix = nearest === undefined ? "List them with: aws-identity-guardrails rules" : `Did you mean ${nearest}?`;
  throw new Failure(`${id} is no rule of this policy pack`, fix);
}
