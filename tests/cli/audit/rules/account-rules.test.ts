import assert from "node:assert/strict";
import { judge } from "../../../../cli/audit/judging/judge";
import { readAuditPolicies } from "../../../../cli/audit/judging/policies";
import type { AccountExample, AnyAccountRule } from "../../../../cli/audit/rules/account-rule";
import { readAt } from "../../../../cli/audit/rules/example-records";
import { accountRules } from "../../../../cli/audit/rules/rules";
import { recordsOf } from "../records/account-records";

async function answerTo({ id }: AnyAccountRule, { records, options }: AccountExample) {
  const policies = readAuditPolicies(undefined, { only: [id], skip: [] });
  const configured = policies.configuration.rules.get(id);
  assert.ok(configured !== undefined);
  const rule = { ...configured, options: { ...configured.options, ...(options ?? {}) } as typeof configured.options };
  const configuration = { ...policies.configuration, rules: new Map([...policies.configuration.rules, [id, rule]]) };
  const result = await judge({ ...recordsOf(records), readAt }, { ...policies, configuration });
  const answers = result.audit?.answers.find((each) => each.rule === id);
  assert.ok(answers !== undefined);
  return { answers, levels: result.findings.map(({ level }) => level) };
}

describe("the examples of the rules that only an account can answer", () => {
  for (const rule of accountRules) {
    for (const example of rule.examples.fail) {
      it(`${rule.id} finds: ${example.title}`, async () => {
        const { answers, levels } = await answerTo(rule, example);
        assert.deepEqual(answers.failed, example.at ?? ["root user"]);
        assert.deepEqual(new Set(levels), new Set([rule.level]));
      });
    }
    for (const example of rule.examples.pass) {
      it(`${rule.id} passes: ${example.title}`, async () => {
        const { answers } = await answerTo(rule, example);
        assert.deepEqual(answers.failed, []);
        assert.deepEqual(answers.notChecked, []);
        assert.ok(answers.passed > 0);
      });
    }
    for (const example of rule.examples.notChecked) {
      it(`${rule.id} does not check: ${example.title}`, async () => {
        const { answers } = await answerTo(rule, example);
        assert.deepEqual([answers.failed, answers.passed], [[], 0]);
        assert.ok(answers.notChecked.length > 0);
      });
    }
  }
});
