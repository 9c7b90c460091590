import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import { graphOf } from "../graph-of";
import { resource, urn } from "../resource";
import { faultsOf, identityResources, stack, template } from "../template";

describe("what cannot be seen of a template", () => {
  it("is told where it is kept elsewhere", () => {
    assert.deepEqual(faultsOf(resource(stack, "accounts", { templateUrl: "https://a.example/t.yaml" })), [
      "unseen: templateUrl: names a template kept elsewhere, so users, groups, roles and policies in it are not seen",
    ]);
    assert.deepEqual(
      faultsOf(resource(stack, "accounts", { templateUrl: "https://a.example/t.yaml", templateBody: notYet })).length,
      1,
    );
  });

  it("is nothing where the provider shows the text of what is kept elsewhere", () => {
    const templateBody = "Resources: {Ops: {Type: AWS::IAM::Group}}";
    const accounts = resource(stack, "accounts", { templateUrl: "https://a.example/t.yaml", templateBody });
    assert.deepEqual(faultsOf(accounts), []);
    assert.equal(graphOf(accounts).groups.length, 1);
  });

  it("is waited for where the text is not known yet", () => {
    const [subject] = identityResources(
      resource(stack, "accounts", { templateBody: notYet }, { from: { templateBody: [urn("a:b:C", "text")] } }),
    );
    assert.deepEqual(subject?.waiting, [
      { urn: urn(stack, "accounts"), property: "templateBody", on: [urn("a:b:C", "text")] },
    ]);
    assert.deepEqual(identityResources(template("Resources: {}"))[0]?.waiting, []);
  });

  it("is a macro, but not the further functions of CloudFormation's own", () => {
    assert.deepEqual(faultsOf(template("Transform: AWS::Serverless-2016-10-31\nResources: {}")), [
      "unseen: templateBody: $.Transform: the macro AWS::Serverless-2016-10-31 adds what is not in the text, so users, groups, roles and policies among them are not seen",
    ]);
    assert.deepEqual(faultsOf(template("Transform: AWS::LanguageExtensions\nResources: {}")), []);
  });

  it("is what a macro takes in beside the rest", () => {
    const include = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b}}";
    assert.equal(faultsOf(template(include)).length, 1);
    assert.equal(
      faultsOf(template(`Resources: {A: {Type: AWS::IAM::Group, Properties: {GroupName: a, ${include}}}}`)).length,
      1,
    );
    assert.deepEqual(
      faultsOf(template(`Resources: {A: {Type: AWS::S3::Bucket, Properties: {BucketName: a, ${include}}}}`)),
      [],
    );
  });

  it("is a loop, a module, a nested stack elsewhere", () => {
    assert.deepEqual(
      faultsOf(
        template(`
Resources:
  Fn::ForEach::Teams: [Team, [a, b], {}]
  Module: {Type: "Acme::IAM::Users::MODULE"}
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://a.example/t.yaml"}}
`),
      ).map((fault) => fault.split(": ").slice(0, 3).join(": ")),
      [
        'unseen: templateBody: $.Resources["Fn::ForEach::Teams"]',
        "unseen: templateBody: $.Resources.Module",
        "unseen: templateBody.Resources.Nested.Properties.TemplateURL: names a template kept elsewhere, so users, groups, roles and policies in it are not seen",
      ],
    );
  });

  it("is an identity resource of a kind that nobody has looked into, and not one without power", () => {
    assert.deepEqual(faultsOf(template("Resources: {A: {Type: AWS::IAM::SuperUser}}")).length, 1);
    assert.deepEqual(faultsOf(template("Resources: {A: {Type: AWS::IAM::InstanceProfile}}")), []);
  });
});

describe("a template that is none", () => {
  it("is told with the place, and never with the text", () => {
    assert.deepEqual(faultsOf(template("Resources:\n  A: [secret\n")), [
      "unreadable: templateBody: $, line 3 column 1: neither JSON nor YAML (bad indent)",
    ]);
    assert.deepEqual(faultsOf(template('{"Resources": ')), [
      "unreadable: templateBody: $.Resources, line 1 column 15: not JSON: a JSON value is expected here",
    ]);
    assert.deepEqual(faultsOf(template("Outputs: {}")), ["unreadable: templateBody: $: is no template"]);
    assert.deepEqual(faultsOf(resource(stack, "accounts", { templateBody: 7 })), [
      "unreadable: templateBody: $: is neither a text nor an object",
    ]);
  });

  it("is told without what it says", () => {
    const texts = ["a: *hunter2", 'a: "hunter2', "? hunter2 : {", "- hunter2\na: b", "%YAML hunter2\n---\n"];
    assert.doesNotMatch(texts.flatMap((text) => faultsOf(template(text))).join("\n"), /hunter2/);
  });

  it("hides what is given twice", () => {
    assert.deepEqual(faultsOf(template("Resources:\n  A: {Type: AWS::IAM::User}\n  A: {Type: AWS::S3::Bucket}\n")), [
      "hides: templateBody: $, line 3 column 3: this key is given twice in one object; only the last one counts",
    ]);
    assert.deepEqual(faultsOf(template('{"Resources": {"A": {"Type": "AWS::IAM::User"}, "A": {}}}')), [
      "hides: templateBody: $.Resources.A, line 1 column 49: this key is given twice in one object; only the last one counts",
    ]);
  });

  it("has aliases, which CloudFormation does not take", () => {
    const message = "nested too deeply, or with aliases, which CloudFormation does not take";
    assert.deepEqual(faultsOf(template("Resources: {A: &a [x], B: *a}")), [`unreadable: templateBody: $: ${message}`]);
    assert.deepEqual(faultsOf(template("Resources: {A: &a [*a, *a]}")), [`unreadable: templateBody: $: ${message}`]);
  });

  it("is nested without end", () => {
    assert.equal(faultsOf(template(`a: ${"[".repeat(50_000)}`)).length, 1);
    assert.equal(faultsOf(template(`{"a": ${"[".repeat(50_000)}`)).length, 1);
  });

  it("has policies whose faults are told by the place in the template", () => {
    assert.deepEqual(
      faultsOf(
        template(`
Resources:
  Read:
    Type: AWS::IAM::GroupPolicy
    Properties: {GroupName: ops, PolicyName: read, PolicyDocument: {Version: "2012-10-17"}}
`),
      ),
      ["unreadable: templateBody.Resources.Read.Properties.PolicyDocument: $: a policy must have a Statement"],
    );
  });
});
