import assert from "node:assert/strict";
import { isRead } from "../../../policypack/iam/language/policy";
import { graphOf, groupsOf, notRead, policiesOf, the } from "../graph-of";
import { provider, readReports, resource, urn } from "../resource";
import { actionsOf, faultsOf, stack, template } from "../template";

describe("a CloudFormation template", () => {
  it("makes what it declares, in YAML with short forms", () => {
    const graph = graphOf(
      template(`
Resources:
  Ops:
    Type: AWS::IAM::Group
    Properties:
      GroupName: ops
      ManagedPolicyArns:
        - !Sub arn:\${AWS::Partition}:iam::aws:policy/AdministratorAccess
  Alice:
    Type: AWS::IAM::User
    Properties:
      UserName: alice
      Groups: [!Ref Ops]
      LoginProfile:
        Password: correct horse
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              Effect: Allow
              Action: s3:GetObject
              Resource: "*"
`),
    );
    const alice = the(graph, 'user "alice"');
    assert.ok(alice.kind === "user");
    assert.equal(alice.urn, urn(stack, "accounts"));
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"']);
    assert.deepEqual(
      alice.credentials.map(({ kind }) => kind),
      ["login profile"],
    );
    assert.deepEqual(policiesOf(alice), [
      `${urn(stack, "accounts")}#templateBody.Resources.Alice.Properties.Policies[0].PolicyDocument`,
    ]);
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), ["arn:aws:iam::aws:policy/AdministratorAccess"]);
    const [policy] = alice.policies;
    assert.ok(policy && isRead(policy.policy) && policy.policy.document.variables);
  });

  it("makes what it declares, in JSON", () => {
    const graph = graphOf(
      template(
        JSON.stringify({
          Resources: {
            Read: {
              Type: "AWS::IAM::GroupPolicy",
              Properties: { GroupName: "ops", PolicyName: "read", PolicyDocument: JSON.parse(readReports) },
            },
          },
        }),
      ),
    );
    assert.deepEqual(actionsOf(graph, 'group "ops"'), ["s3:GetObject"]);
  });

  it("makes nothing of what is not about identity", () => {
    const graph = graphOf(template("Resources: {Bucket: {Type: AWS::S3::Bucket}}"));
    assert.deepEqual([graph.users, graph.groups, graph.roles], [[], [], []]);
    assert.deepEqual(faultsOf(template("Resources: {Bucket: {Type: AWS::S3::Bucket}}")), []);
  });

  it("is read with @pulumi/aws-native, as an object too", () => {
    const templateBody = { Resources: { Ops: { Type: "AWS::IAM::Group", Properties: { GroupName: "ops" } } } };
    const graph = graphOf(resource("aws-native:cloudformation:Stack", "accounts", { stackName: "a", templateBody }));
    assert.equal(graph.groups[0]?.name.known && graph.groups[0].name.value, "ops");
  });

  it("is read within a stack set, whose resources come to be in other accounts than the provider's", () => {
    const body = `
Resources:
  Ops:
    Type: AWS::IAM::Group
    Properties:
      GroupName: ops
      ManagedPolicyArns: [!Sub "arn:aws:iam::\${AWS::AccountId}:policy/work"]
`;
    const inManagement = provider("management", { allowedAccountIds: '["111122223333"]' });
    const set = resource(
      "aws:cloudformation/stackSet:StackSet",
      "all",
      { templateBody: body },
      { provider: inManagement },
    );
    const single = resource(stack, "one", { templateBody: body }, { provider: inManagement });
    assert.deepEqual(notRead(the(graphOf(set), 'group "ops"')), [
      "templateBody.Resources.Ops.Properties.ManagedPolicyArns[0] is not known yet",
    ]);
    assert.deepEqual(policiesOf(the(graphOf(single), 'group "ops"')), ["arn:aws:iam::111122223333:policy/work"]);
  });

  it("joins what has no name by reference, and not what is not referred to", () => {
    const graph = graphOf(
      template(`
Resources:
  Alice: {Type: AWS::IAM::User}
  Berta: {Type: AWS::IAM::User}
  Ops: {Type: AWS::IAM::Group}
  Member:
    Type: AWS::IAM::UserToGroupAddition
    Properties: {GroupName: !Ref Ops, Users: [!Ref Alice]}
  Work:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: ${readReports}
  Key:
    Type: AWS::IAM::AccessKey
    Properties: {UserName: !Ref Berta}
  Dev:
    Type: AWS::IAM::Group
    Properties: {ManagedPolicyArns: [!Ref Work]}
`),
    );
    const [alice, berta] = [the(graph, 'user "Alice"'), the(graph, 'user "Berta"')];
    assert.ok(alice.kind === "user" && berta.kind === "user");
    assert.deepEqual(groupsOf(graph, 'user "Alice"'), ['group "Ops"']);
    assert.deepEqual(groupsOf(graph, 'user "Berta"'), []);
    assert.equal(alice.credentials.length, 0);
    assert.equal(berta.credentials.length, 1);
    assert.deepEqual(actionsOf(graph, 'group "Dev"'), ["s3:GetObject"]);
    assert.deepEqual(actionsOf(graph, 'group "Ops"'), []);
    assert.equal(graph.users.length, 2);
    assert.equal(graph.groups.length, 2);
  });

  it("is joined with the program by name and by what the program takes from the stack", () => {
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const attachment = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
    const graph = graphOf(
      template("Resources: {Ops: {Type: AWS::IAM::Group, Properties: {GroupName: ops}}}"),
      resource(attachment, "a", { group: "ops", policyArn }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [policyArn]);
    const unnamed = graphOf(
      template("Resources: {Ops: {Type: AWS::IAM::Group}}"),
      resource(attachment, "a", { group: "ops", policyArn }, { from: { group: [urn(stack, "accounts")] } }),
    );
    assert.deepEqual(policiesOf(the(unnamed, 'group "Ops"')), [policyArn]);
    const other = graphOf(
      template("Resources: {Ops: {Type: AWS::IAM::Group}}"),
      resource(attachment, "a", { group: "dev", policyArn }),
    );
    assert.deepEqual(policiesOf(the(other, 'group "Ops"')), []);
  });
});

describe("parameters of a template", () => {
  const body = `
Parameters:
  Group: {Type: String, Default: dev}
  Policies: {Type: CommaDelimitedList, Default: ""}
Resources:
  Team:
    Type: AWS::IAM::Group
    Properties:
      GroupName: !Ref Group
      ManagedPolicyArns: !Ref Policies
`;

  it("have what is given", () => {
    const graph = graphOf(
      template(body, {
        Group: "ops",
        Policies: "arn:aws:iam::aws:policy/ReadOnlyAccess, arn:aws:iam::aws:policy/IAMFullAccess",
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "arn:aws:iam::aws:policy/IAMFullAccess",
    ]);
  });

  it("have their defaults where nothing is given", () => {
    assert.deepEqual(policiesOf(the(graphOf(template(body)), 'group "dev"')), []);
  });
});
