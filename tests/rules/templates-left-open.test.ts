import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../policypack/rules/authoring/example";
import { toldBy } from "./told";

/** A CloudFormation stack whose parameter Stage is not known yet. */
function stack(resources: string, more = ""): ExampleResource {
  const templateBody = `
Parameters:
  Stage: {Type: String}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Not [!Condition IsLive]
${more}
Resources:
${resources}
`;
  return {
    type: "aws:cloudformation/stack:Stack",
    name: "accounts",
    properties: { name: "accounts", templateBody, parameters: { Stage: unknownFrom("stages") } },
  };
}

const group = (policies: string) => `
  Ops:
    Type: AWS::IAM::Group
    Properties:
      GroupName: ops
      ${policies}`;

const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const id = "no-overbroad-group";
const blocked = ["mandatory: accounts"];
const open = ["advisory?: accounts"];

describe("a template that leaves a choice open", () => {
  const attached = (one: string, other: string) =>
    toldBy(id, [stack(group(`ManagedPolicyArns: [!If [IsLive, ${one}, ${other}]]`))]);

  it("is judged by both branches of Fn::If: agreement is an answer", async () => {
    assert.deepEqual(await attached(arn("AdministratorAccess"), arn("IAMFullAccess")), blocked);
    assert.deepEqual(await attached(arn("ReadOnlyAccess"), arn("AWSSupportAccess")), []);
    assert.deepEqual(await attached(arn("ReadOnlyAccess"), "!Ref AWS::NoValue"), []);
    assert.deepEqual(await attached(arn("AdministratorAccess"), arn("ReadOnlyAccess")), open);
    assert.deepEqual(await attached(arn("AdministratorAccess"), "!Ref AWS::NoValue"), open);
  });

  it("is judged by both branches within a document", async () => {
    const document = (statement: string) =>
      toldBy(id, [
        stack(
          group(
            `Policies: [{PolicyName: own, PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, ${statement}}]}}]`,
          ),
        ),
      ]);
    assert.deepEqual(await document('Action: !If [IsLive, "*", "iam:*"], Resource: "*"'), blocked);
    assert.deepEqual(await document('Action: !If [IsLive, "s3:*", "ec2:*"], Resource: "*"'), []);
    assert.deepEqual(await document('Action: !If [IsLive, "s3:*", "iam:*"], Resource: "*"'), open);
    assert.deepEqual(
      await document('Action: "*", Resource: !If [IsLive, "arn:aws:s3:::live", "arn:aws:s3:::test"]'),
      [],
    );
  });

  it("takes conditions that hang on each other together", async () => {
    const two = (first: string, second: string) =>
      toldBy(id, [stack(group(`ManagedPolicyArns: [!If [IsLive, ${first}], !If [IsTest, ${second}]]`))]);
    const admin = arn("AdministratorAccess");
    const reads = arn("ReadOnlyAccess");
    assert.deepEqual(await two(`${admin}, ${reads}`, `${admin}, ${reads}`), blocked);
    assert.deepEqual(await two(`${admin}, ${reads}`, `${reads}, ${reads}`), open);
  });

  it("takes a group that perhaps is not made for one that is", async () => {
    const perhaps = (name: string) =>
      toldBy(id, [stack(group(`ManagedPolicyArns: [${arn(name)}]\n    Condition: IsLive`))]);
    assert.deepEqual(await perhaps("ReadOnlyAccess"), []);
    assert.deepEqual(await perhaps("AdministratorAccess"), open);
  });

  it("knows the keys of a mapping, the places of a list and the values of a parameter", async () => {
    const mapping = (live: string, test: string) =>
      toldBy(id, [
        stack(
          group("ManagedPolicyArns: [!FindInMap [Stages, !Ref Stage, Policy]]"),
          `Mappings: {Stages: {live: {Policy: ${arn(live)}}, test: {Policy: ${arn(test)}}}}`,
        ),
      ]);
    assert.deepEqual(await mapping("AdministratorAccess", "IAMFullAccess"), blocked);
    assert.deepEqual(await mapping("ReadOnlyAccess", "AWSSupportAccess"), []);
    assert.deepEqual(await mapping("AdministratorAccess", "AWSSupportAccess"), open);

    const selected = (...names: readonly string[]) =>
      toldBy(id, [stack(group(`ManagedPolicyArns: [!Select [!Ref Stage, [${names.map(arn).join(", ")}]]]`))]);
    assert.deepEqual(await selected("AdministratorAccess", "IAMFullAccess"), blocked);
    assert.deepEqual(await selected("AdministratorAccess", "ReadOnlyAccess"), open);

    const allowed = (...names: readonly string[]) => {
      const { properties, ...rest } = stack(group("ManagedPolicyArns: [!Ref Stage]"));
      const values = `{Type: String, AllowedValues: [${names.map(arn).join(", ")}]}`;
      const templateBody = String(properties.templateBody).replace("{Type: String}", values);
      return toldBy(id, [{ ...rest, properties: { ...properties, templateBody } }]);
    };
    assert.deepEqual(await allowed("AdministratorAccess", "IAMFullAccess"), blocked);
    assert.deepEqual(await allowed("AWSSupportAccess", "ReadOnlyAccess"), []);
    assert.deepEqual(await allowed("AWSSupportAccess", "IAMFullAccess"), open);
  });

  it("leaves open what would be more than eight worlds", async () => {
    const names = ["A", "B", "C", "D"];
    const conditions = names.map((name) => `  ${name}: !Equals [!Ref Stage, ${name}]`).join("\n");
    const policies = names.map((name) => `!If [${name}, ${arn("ReadOnlyAccess")}, ${arn("AWSSupportAccess")}]`);
    const body = stack(group(`ManagedPolicyArns: [${policies.join(", ")}]`));
    const templateBody = String(body.properties.templateBody).replace("Conditions:", `Conditions:\n${conditions}`);
    assert.deepEqual(await toldBy(id, [{ ...body, properties: { ...body.properties, templateBody } }]), open);
  });

  it("protects where both branches protect", async () => {
    const gate = (present: string) =>
      `{Effect: Deny, NotAction: [iam:CreateVirtualMFADevice, iam:EnableMFADevice, iam:ListMFADevices, sts:GetSessionToken], Resource: "*", Condition: ${present}}`;
    const holds = gate('{BoolIfExists: {aws:MultiFactorAuthPresent: "false"}}');
    const user = (one: string, other: string) =>
      toldBy("require-user-mfa", [
        stack(`
  Anna:
    Type: AWS::IAM::User
    Properties:
      UserName: anna
      LoginProfile: {Password: some-password-1}
      Policies:
        - PolicyName: gate
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "s3:*", Resource: "*"}
              - !If [IsLive, ${one}, ${other}]`),
      ]);
    const never = gate('{"Null": {aws:MultiFactorAuthPresent: "true"}}');
    assert.deepEqual(await user(holds, holds.replace("sts:GetSessionToken", "iam:GetUser")), []);
    assert.deepEqual(await user(never, "!Ref AWS::NoValue"), blocked);
    assert.deepEqual(await user(holds, "!Ref AWS::NoValue"), open);
  });
});
