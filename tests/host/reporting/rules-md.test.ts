import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accountRuleSection } from "../../../cli/audit/rules/page";
import { accountRules } from "../../../cli/audit/rules/rules";
import { exampleCode } from "../../../policypack/host/reporting/example-code";
import { rulePages, rulesMarkdown } from "../../../policypack/host/reporting/rules-md";
import { rules, topics } from "../../../policypack/rules";
import { unknownFrom } from "../../../policypack/rules/authoring/example";

const ROOT = join(__dirname, "..", "..", "..");
const ofThePack = rulePages(rules);
const pages = new Map([
  ...ofThePack,
  ...accountRules.map((rule) => [rule.id, `${accountRuleSection(rule)}\n`] as const),
]);

describe("RULES.md", () => {
  it("is what `npm run docs` writes", () => {
    const text = rulesMarkdown(topics, (id) => `../docs/rules/${id}.md`);
    assert.equal(readFileSync(join(ROOT, "policypack", "RULES.md"), "utf8"), text, "It is stale: run `npm run docs`.");
  });

  it("fits two screens, with every rule in it", () => {
    const text = rulesMarkdown(topics);
    assert.ok(text.split("\n").length < 90);
    assert.deepEqual(
      [...ofThePack.keys()].filter((id) => !text.includes(`| ${id} |`)),
      [],
    );
  });
});

describe("the pages of the rules", () => {
  it("are what `npm run docs` writes, and no others", () => {
    const folder = join(ROOT, "docs", "rules");
    const written = new Map(
      readdirSync(folder).map((file) => [file.replace(/\.md$/, ""), readFileSync(join(folder, file), "utf8")]),
    );
    assert.deepEqual([...written.keys()].sort(), [...pages.keys()].sort(), "They are stale: run `npm run docs`.");
    for (const [id, page] of pages) assert.equal(written.get(id), page, `${id}.md is stale: run \`npm run docs\`.`);
  });

  it("hold no whole access key", () => {
    assert.doesNotMatch([...pages.values()].join("\n"), /\b(AKIA|ASIA)[A-Z0-9]{16}\b/);
  });
});

describe("an example as code", () => {
  it("is a program that a reader knows", () => {
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const resources = [
      { type: "aws:iam/policy:Policy", name: "read-only", properties: { policy } },
      {
        type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        name: "attached",
        properties: { group: "admins", policyArn: unknownFrom("read-only") },
      },
    ];
    assert.equal(
      exampleCode({ title: "two", resources }),
      [
        'const readOnly = new aws.iam.Policy("read-only", {',
        '  policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),',
        "});",
        'new aws.iam.GroupPolicyAttachment("attached", { group: "admins", policyArn: readOnly.id });',
      ].join("\n"),
    );
  });

  it("names the classes of other providers", () => {
    const one = (type: string) => exampleCode({ title: "one", resources: [{ type, name: "a", properties: {} }] });
    assert.equal(one("pulumi:providers:aws"), 'new aws.Provider("a", {});');
    assert.equal(one("aws-native:iam:User"), 'new awsNative.iam.User("a", {});');
    assert.equal(one("kubernetes:core/v1:ConfigMap"), 'new kubernetes.core.v1.ConfigMap("a", {});');
  });
});
