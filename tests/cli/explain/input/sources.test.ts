import assert from "node:assert/strict";
import { readInput } from "../../../../cli/explain/input/input";
import { Failure } from "../../../../cli/terminal/failure";
import { TemporaryFolder } from "../../temporary-folder";

const POLICY = 'Version: 2012-10-17\nStatement:\n  - {Effect: Allow, Action: "iam:*", Resource: "*"}\n';
const TEMPLATE = `
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      RoleName: deploy
      ManagedPolicyArns: [!Sub "arn:\${AWS::Partition}:iam::aws:policy/AdministratorAccess"]
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]
`;

describe("what explain is given", () => {
  const folder = new TemporaryFolder({
    "policies/b.yaml": POLICY,
    "policies/a.json": '{"Version": "2012-10-17", "Statement": []}',
    "policies/notes.txt": "nothing",
    "template.yaml": TEMPLATE,
    "bucket.json": '{"Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}}}',
    "plan.json": '{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {}}',
    "state.json": '{"version": 3, "deployment": {}}',
    "preview.json": '{"config": {}, "steps": []}',
    "program/Pulumi.yaml": "name: shop\nruntime: nodejs\n",
    "words.md": "Just words.",
    "empty/notes.txt": "nothing",
  });
  after(() => folder.remove());
  const namesIn = (name: string) => readInput([name], "user").subjects.map((subject) => subject.name);

  function refused(name: string, message: RegExp, fix: RegExp): void {
    assert.throws(
      () => readInput([`${folder.path}/${name}`], "user"),
      (error) => error instanceof Failure && message.test(error.message) && fix.test(error.fix),
    );
  }

  it("may be YAML, a folder of policies, or the bare name of a managed policy", () => {
    assert.equal(namesIn(`${folder.path}/policies/b.yaml`).length, 1);
    assert.deepEqual(
      namesIn(`${folder.path}/policies`).map((name) => name.replaceAll(folder.path, "")),
      ["/policies/a.json, /policies/b.yaml"],
    );
    assert.deepEqual(namesIn("AdministratorAccess"), ["arn:aws:iam::aws:policy/AdministratorAccess"]);
  });

  it("may be a template, whose roles are told", () => {
    const [role] = readInput([`${folder.path}/template.yaml`], "user").subjects;
    assert.match(role?.name ?? "", /^role "deploy" of /);
    assert.equal(role?.as, "role");
  });

  it("is named for what it is where another command reads it", () => {
    refused("plan.json", /is a plan or state of Terraform/, /pulumi convert --from terraform/);
    refused("state.json", /is a state of Pulumi/, /aws-identity-guardrails check/);
    refused("preview.json", /is a preview of Pulumi/, /aws-identity-guardrails check/);
    refused("program", /is the folder of a Pulumi program/, /aws-identity-guardrails check/);
    refused("bucket.json", /is a template without users, groups and roles/, /makes some/);
    refused("words.md", /is neither JSON nor YAML with a policy/, /AWS CLI/);
    refused("empty", /has no file of JSON or YAML/, /Name the files/);
  });
});
