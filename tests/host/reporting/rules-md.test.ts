import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exampleCode } from "../../../policypack/host/reporting/example-code";
import { rulesMarkdown } from "../../../policypack/host/reporting/rules-md";
import { rules, topics } from "../../../policypack/rules";
import { unknownFrom } from "../../../policypack/rules/authoring/example";

describe("RULES.md", () => {
  it("is what `npm run docs` writes", () => {
    const path = join(__dirname, "..", "..", "..", "policypack", "RULES.md");
    assert.equal(readFileSync(path, "utf8"), rulesMarkdown(topics), "RULES.md is stale: run `npm run docs`.");
  });

  it("has a heading for every rule, to which its messages point, and one for each policy that is no rule", () => {
    const headings = rulesMarkdown(topics)
      .split("\n")
      .filter((line) => line.startsWith("## "));
    assert.deepEqual(headings, [...rules.map(({ id }) => `## ${id}`), "## undecided", "## settings"]);
  });

  it("holds no whole access key", () => {
    assert.doesNotMatch(rulesMarkdown(topics), /\b(AKIA|ASIA)[A-Z0-9]{16}\b/);
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
