import assert from "node:assert/strict";
import { isRead } from "../../../policypack/iam/language/policy";
import { graphOf, groupsOf, notRead, policiesOf, the } from "../graph-of";
import { everything, readReports, resource, trustLambda, urn } from "../resource";

const user = "aws:iam/user:User";
const group = "aws:iam/group:Group";
const role = "aws:iam/role:Role";
const policy = "aws:iam/policy:Policy";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

describe("inline policies", () => {
  it("belong to the user they name", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice", path: "/" }),
      resource(user, "bob", { name: "bob", path: "/" }),
      resource("aws:iam/userPolicy:UserPolicy", "reports", { user: "alice", policy: readReports }),
    );
    assert.deepEqual(policiesOf(the(graph, 'user "alice"')), [
      `${urn("aws:iam/userPolicy:UserPolicy", "reports")}#policy`,
    ]);
    assert.deepEqual(policiesOf(the(graph, 'user "bob"')), []);
  });

  it("belong to the group they name", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/groupPolicy:GroupPolicy", "all", { group: "ops", policy: everything }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [
      `${urn("aws:iam/groupPolicy:GroupPolicy", "all")}#policy`,
    ]);
  });

  it("belong to the role they name", () => {
    const graph = graphOf(
      resource(role, "job", { name: "job", assumeRolePolicy: trustLambda }),
      resource("aws:iam/rolePolicy:RolePolicy", "all", { role: "job", policy: everything }),
    );
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), [`${urn("aws:iam/rolePolicy:RolePolicy", "all")}#policy`]);
  });

  it("are found in a role's own list", () => {
    const graph = graphOf(
      resource(role, "job", {
        name: "job",
        assumeRolePolicy: trustLambda,
        inlinePolicies: [
          { name: "a", policy: readReports },
          { name: "b", policy: everything },
        ],
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), [
      `${urn(role, "job")}#inlinePolicies[0].policy`,
      `${urn(role, "job")}#inlinePolicies[1].policy`,
    ]);
  });

  it("are none where the provider shows one empty entry", () => {
    const graph = graphOf(
      resource(role, "job", {
        name: "job",
        assumeRolePolicy: trustLambda,
        inlinePolicies: [{ name: "", policy: "" }, {}],
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), []);
  });

  it("do not belong to a group that has the user's name", () => {
    const graph = graphOf(
      resource(user, "ops", { name: "ops", path: "/" }),
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/userPolicy:UserPolicy", "all", { user: "ops", policy: everything }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), []);
    assert.equal(policiesOf(the(graph, 'user "ops"')).length, 1);
  });

  it("are found whatever the letter case of the name, as AWS has no two that differ in it only", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "Ops" }),
      resource("aws:iam/groupPolicy:GroupPolicy", "all", { group: "OPS", policy: everything }),
    );
    assert.equal(policiesOf(the(graph, 'group "Ops"')).length, 1);
    assert.equal(graph.groups.length, 1);
  });
});

describe("managed policies", () => {
  it("of AWS are read from their ARN", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "a", { group: "ops", policyArn: administrator }),
    );
    const [edge] = the(graph, 'group "ops"').policies;
    assert.equal(edge?.arn, administrator);
    assert.ok(edge && isRead(edge.policy));
  });

  it("of AWS are read in another partition", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "a", {
        group: "ops",
        policyArn: "arn:aws-us-gov:iam::aws:policy/AdministratorAccess",
      }),
    );
    assert.deepEqual(notRead(the(graph, 'group "ops"')), []);
  });

  it("of AWS that nobody knows are not read", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "a", {
        group: "ops",
        policyArn: "arn:aws:iam::aws:policy/NoSuchPolicyEver",
      }),
    );
    assert.deepEqual(notRead(the(graph, 'group "ops"')), ["this AWS managed policy is not in the table of documents"]);
  });

  it("of AWS are not mistaken for a policy of the stack with the same name", () => {
    const graph = graphOf(
      resource(policy, "mask", { name: "AdministratorAccess", path: "/", policy: readReports }),
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "a", { group: "ops", policyArn: administrator }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [administrator]);
  });

  it("of the stack are found by ARN once it is known", () => {
    const arn = "arn:aws:iam::111122223333:policy/team/all";
    const graph = graphOf(
      resource(policy, "all", { name: "all", path: "/team/", arn, policy: everything }),
      resource(user, "alice", { name: "alice" }),
      resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", "a", { user: "alice", policyArn: arn }),
    );
    const [edge] = the(graph, 'user "alice"').policies;
    assert.equal(edge?.policy.origin, `${urn(policy, "all")}#policy`);
    assert.equal(edge?.madeBy?.name, "all");
    assert.equal(edge?.arn, arn);
  });

  it("of the stack are found by an ARN that the program wrote itself", () => {
    const graph = graphOf(
      resource(policy, "all", { name: "all", path: "/", policy: everything }),
      resource(role, "job", { name: "job", assumeRolePolicy: trustLambda }),
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", {
        role: "job",
        policyArn: "arn:aws:iam::111122223333:policy/all",
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), [`${urn(policy, "all")}#policy`]);
  });

  it("with another path are others, kept outside the stack", () => {
    const graph = graphOf(
      resource(policy, "all", { name: "all", path: "/team/", policy: readReports }),
      resource(role, "job", { name: "job", assumeRolePolicy: trustLambda }),
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", {
        role: "job",
        policyArn: "arn:aws:iam::111122223333:policy/all",
      }),
    );
    assert.deepEqual(notRead(the(graph, 'role "job"')), ["this policy is kept outside this stack"]);
  });

  it("come from a role's own list, and once where an attachment brings them too", () => {
    const graph = graphOf(
      resource(role, "job", { name: "job", assumeRolePolicy: trustLambda, managedPolicyArns: [administrator] }),
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { role: "job", policyArn: administrator }),
    );
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), [administrator]);
  });

  it("that a role still shows and the program no longer attaches are not its own", () => {
    const shown = resource(role, "job", {
      name: "job",
      assumeRolePolicy: trustLambda,
      managedPolicyArns: [administrator],
    });
    const inputs = { name: "job", assumeRolePolicy: trustLambda };
    assert.deepEqual(policiesOf(the(graphOf({ ...shown, inputs }), 'role "job"')), []);
    assert.deepEqual(policiesOf(the(graphOf(shown), 'role "job"')), [administrator]);
  });

  it("go to all that one attachment lists", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "ops", { name: "ops" }),
      resource(role, "job", { name: "job", assumeRolePolicy: trustLambda }),
      resource("aws:iam/policyAttachment:PolicyAttachment", "a", {
        users: ["alice"],
        groups: ["ops"],
        roles: ["job"],
        policyArn: administrator,
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'user "alice"')), [administrator]);
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [administrator]);
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), [administrator]);
  });

  it("come from the exclusive lists of a user, a group and a role", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "ops", { name: "ops" }),
      resource(role, "job", { name: "job", assumeRolePolicy: trustLambda }),
      resource("aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", "u", {
        userName: "alice",
        policyArns: [administrator],
      }),
      resource("aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", "g", {
        groupName: "ops",
        policyArns: [administrator],
      }),
      resource("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "r", {
        roleName: "job",
        policyArns: [administrator],
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'user "alice"')), [administrator]);
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [administrator]);
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), [administrator]);
  });
});

describe("inline policies that are only named", () => {
  it("are kept outside the stack", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive", "x", {
        groupName: "ops",
        policyNames: ["old"],
      }),
    );
    assert.deepEqual(notRead(the(graph, 'group "ops"')), ['the inline policy "old" is kept outside this stack']);
  });

  it("are read where the stack makes them", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/groupPolicy:GroupPolicy", "p", { name: "reports", group: "ops", policy: readReports }),
      resource("aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive", "x", {
        groupName: "ops",
        policyNames: ["reports"],
      }),
    );
    assert.deepEqual(notRead(the(graph, 'group "ops"')), []);
    assert.equal(policiesOf(the(graph, 'group "ops"')).length, 1);
  });
});

describe("permissions boundaries", () => {
  it("of the stack are read", () => {
    const arn = "arn:aws:iam::111122223333:policy/limit";
    const graph = graphOf(
      resource(policy, "limit", { name: "limit", path: "/", arn, policy: readReports }),
      resource(user, "alice", { name: "alice", permissionsBoundary: arn }),
    );
    const { boundary, policies } = the(graph, 'user "alice"');
    assert.equal(boundary?.how, "boundary");
    assert.equal(boundary?.policy.origin, `${urn(policy, "limit")}#policy`);
    assert.deepEqual(policies, []);
  });

  it("kept elsewhere are there and not read", () => {
    const arn = "arn:aws:iam::111122223333:policy/limit";
    const graph = graphOf(
      resource(role, "job", { name: "job", assumeRolePolicy: trustLambda, permissionsBoundary: arn }),
    );
    const { boundary } = the(graph, 'role "job"');
    assert.equal(boundary?.arn, arn);
    assert.ok(boundary && !isRead(boundary.policy));
  });

  it("left out are not there", () => {
    const graph = graphOf(resource(user, "alice", { name: "alice", permissionsBoundary: "" }));
    assert.equal(the(graph, 'user "alice"').boundary, undefined);
  });
});

describe("membership", () => {
  it("is declared from the user's side", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "ops", { name: "ops" }),
      resource(group, "dev", { name: "dev" }),
      resource("aws:iam/userGroupMembership:UserGroupMembership", "m", { user: "alice", groups: ["ops"] }),
    );
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"']);
  });

  it("is declared from the group's side", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(user, "bob", { name: "bob" }),
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/groupMembership:GroupMembership", "m", { group: "ops", users: ["alice"] }),
    );
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"']);
    assert.deepEqual(groupsOf(graph, 'user "bob"'), []);
  });

  it("declared from both sides is one", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/userGroupMembership:UserGroupMembership", "m", { user: "alice", groups: ["ops"] }),
      resource("aws:iam/groupMembership:GroupMembership", "n", { group: "ops", users: ["alice"] }),
    );
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"']);
    assert.equal(graph.groups[0]?.members.length, 1);
  });
});

describe("names that the stack does not make", () => {
  it("stand for identities elsewhere, with the policies that the stack gives them", () => {
    const graph = graphOf(
      resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "a", { group: "ops", policyArn: administrator }),
      resource("aws:iam/groupPolicy:GroupPolicy", "b", { group: "ops", policy: readReports }),
    );
    const ops = the(graph, 'group "ops"');
    assert.equal(ops.resource, undefined);
    assert.equal(ops.urn, urn("aws:iam/groupPolicy:GroupPolicy", "b"));
    assert.equal(ops.policies.length, 2);
  });

  it("are the groups of users that the stack makes", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource("aws:iam/userGroupMembership:UserGroupMembership", "m", { user: "alice", groups: ["ops"] }),
    );
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"']);
    assert.equal(graph.groups[0]?.resource, undefined);
  });
});

describe("children of components", () => {
  it("are joined like any other, and found by their URN", () => {
    const child = "urn:pulumi:dev::acme::acme:index:Team$aws:iam/group:Group::members";
    const graph = graphOf(
      { ...resource(group, "members", { name: "members-1" }), urn: child, parent: urn("acme:index:Team", "team") },
      resource("aws:iam/groupPolicy:GroupPolicy", "all", { group: "members-1", policy: everything }),
    );
    assert.deepEqual(graph.madeBy.get(child), [the(graph, 'group "members-1"')]);
    assert.equal(the(graph, 'group "members-1"').policies.length, 1);
  });
});

describe("resources that say nothing about identity", () => {
  it("make none", () => {
    const graph = graphOf(
      resource("aws:s3/bucket:Bucket", "alice", { name: "alice" }),
      resource("acme:iam:User", "bob", { name: "bob", policy: everything }),
    );
    assert.deepEqual([graph.users, graph.groups, graph.roles], [[], [], []]);
    assert.equal(graph.resources.size, 2);
  });
});
