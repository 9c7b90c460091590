import assert from "node:assert/strict";
import { isRead } from "../../../policypack/iam/language/policy";
import { graphOf, groupsOf, policiesOf, the } from "../graph-of";
import { everything, readReports, resource, urn } from "../resource";

const user = "aws-native:iam:User";
const group = "aws-native:iam:Group";
const role = "aws-native:iam:Role";
const document: unknown = JSON.parse(everything);
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

describe("@pulumi/aws-native", () => {
  it("carries a user's policies, groups and password within the user", () => {
    const graph = graphOf(
      resource(user, "alice", {
        userName: "alice",
        path: "/",
        policies: [{ policyName: "all", policyDocument: document }],
        managedPolicyArns: [administrator],
        groups: ["ops"],
        loginProfile: { password: "correct horse", passwordResetRequired: true },
        tags: [{ key: "team", value: "blue" }],
      }),
      resource(group, "ops", { groupName: "ops" }),
    );
    const alice = the(graph, 'user "alice"');
    assert.ok(alice.kind === "user");
    assert.deepEqual(policiesOf(alice), [`${urn(user, "alice")}#policies[0].policyDocument`, administrator]);
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"']);
    assert.deepEqual(
      alice.credentials.map(({ kind }) => kind),
      ["login profile"],
    );
    assert.deepEqual(alice.tags, { known: true, value: { team: "blue" } });
  });

  it("has no password where no login profile is given", () => {
    const graph = graphOf(resource(user, "alice", { userName: "alice" }));
    const alice = the(graph, 'user "alice"');
    assert.ok(alice.kind === "user");
    assert.deepEqual(alice.credentials, []);
  });

  it("carries a group's policies within the group", () => {
    const graph = graphOf(
      resource(group, "ops", {
        groupName: "ops",
        policies: [{ policyName: "all", policyDocument: document }],
        managedPolicyArns: [administrator],
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [
      `${urn(group, "ops")}#policies[0].policyDocument`,
      administrator,
    ]);
  });

  it("carries a role's trust and policies within the role", () => {
    const graph = graphOf(
      resource(role, "job", {
        roleName: "job",
        assumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
        },
        maxSessionDuration: 7200,
        policies: [{ policyName: "all", policyDocument: document }],
      }),
    );
    const job = the(graph, 'role "job"');
    assert.ok(job.kind === "role");
    assert.ok(isRead(job.trust.policy));
    assert.equal(job.trust.property, "assumeRolePolicyDocument");
    assert.deepEqual(job.maxSessionSeconds, { known: true, value: 7200 });
    assert.deepEqual(policiesOf(job), [`${urn(role, "job")}#policies[0].policyDocument`]);
  });

  it("attaches a managed policy from the policy's side", () => {
    const graph = graphOf(
      resource("aws:iam/group:Group", "ops", { name: "ops" }),
      resource("aws:iam/group:Group", "dev", { name: "dev" }),
      resource("aws-native:iam:ManagedPolicy", "all", {
        managedPolicyName: "all",
        path: "/",
        policyDocument: document,
        groups: ["ops"],
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [
      `${urn("aws-native:iam:ManagedPolicy", "all")}#policyDocument`,
    ]);
    assert.deepEqual(policiesOf(the(graph, 'group "dev"')), []);
  });

  it("makes managed policies that @pulumi/aws attaches", () => {
    const graph = graphOf(
      resource("aws:iam/group:Group", "ops", { name: "ops" }),
      resource("aws-native:iam:ManagedPolicy", "all", {
        managedPolicyName: "all",
        path: "/",
        policyArn: "arn:aws:iam::111122223333:policy/all",
        policyDocument: document,
      }),
      resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "a", {
        group: "ops",
        policyArn: "arn:aws:iam::111122223333:policy/all",
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [
      `${urn("aws-native:iam:ManagedPolicy", "all")}#policyDocument`,
    ]);
  });

  it("has inline policies as resources of their own", () => {
    const graph = graphOf(
      resource(user, "alice", { userName: "alice" }),
      resource(group, "ops", { groupName: "ops" }),
      resource("aws-native:iam:UserPolicy", "p", { userName: "alice", policyName: "p", policyDocument: document }),
      resource("aws-native:iam:GroupPolicy", "q", { groupName: "ops", policyName: "q", policyDocument: document }),
      resource("aws-native:iam:RolePolicy", "r", { roleName: "job", policyName: "r", policyDocument: document }),
    );
    assert.deepEqual(policiesOf(the(graph, 'user "alice"')), [
      `${urn("aws-native:iam:UserPolicy", "p")}#policyDocument`,
    ]);
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [
      `${urn("aws-native:iam:GroupPolicy", "q")}#policyDocument`,
    ]);
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), [`${urn("aws-native:iam:RolePolicy", "r")}#policyDocument`]);
  });

  it("has memberships and access keys as resources of their own", () => {
    const graph = graphOf(
      resource(user, "alice", { userName: "alice" }),
      resource(group, "ops", { groupName: "ops" }),
      resource("aws-native:iam:UserToGroupAddition", "m", { groupName: "ops", users: ["alice"] }),
      resource("aws-native:iam:AccessKey", "k", { userName: "alice", status: "Active" }),
    );
    const alice = the(graph, 'user "alice"');
    assert.ok(alice.kind === "user");
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"']);
    assert.equal(alice.credentials.length, 1);
  });

  it("reads documents given as text, too", () => {
    const graph = graphOf(
      resource(user, "alice", {
        userName: "alice",
        policies: [{ policyName: "reports", policyDocument: readReports }],
      }),
    );
    const [edge] = the(graph, 'user "alice"').policies;
    assert.ok(edge && isRead(edge.policy));
  });
});
