import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import { isRead } from "../../../policypack/iam/language/policy";
import { waitingOf } from "../../../policypack/model/subjects/to-principal";
import { graphOf, groupsOf, notRead, policiesOf, the } from "../graph-of";
import { everything, readReports, resource, trustLambda, urn } from "../resource";

const user = "aws:iam/user:User";
const group = "aws:iam/group:Group";
const role = "aws:iam/role:Role";
const policy = "aws:iam/policy:Policy";
const groupAttachment = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

describe("a policy ARN not known yet", () => {
  it("is that of the policy it comes from", () => {
    const graph = graphOf(
      resource(policy, "all", { name: "all", arn: notYet, policy: everything }),
      resource(group, "ops", { name: "ops" }),
      resource(
        groupAttachment,
        "a",
        { group: "ops", policyArn: notYet },
        { from: { policyArn: [urn(policy, "all")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [`${urn(policy, "all")}#policy`]);
    assert.deepEqual(waitingOf(the(graph, 'group "ops"')), []);
  });

  it("is that of the one policy among its sources", () => {
    const graph = graphOf(
      resource(policy, "all", { name: "all", policy: everything }),
      resource("acme:index:Switch", "s", {}),
      resource(group, "ops", { name: "ops" }),
      resource(
        groupAttachment,
        "a",
        { group: "ops", policyArn: notYet },
        { from: { policyArn: [urn("acme:index:Switch", "s"), urn(policy, "all")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [`${urn(policy, "all")}#policy`]);
  });

  it("is not that of its source once it is known to be a policy of AWS", () => {
    const graph = graphOf(
      resource(policy, "mask", { name: notYet, policy: readReports }),
      resource(group, "ops", { name: "ops" }),
      resource(
        groupAttachment,
        "a",
        { group: "ops", policyArn: administrator },
        { from: { policyArn: [urn(policy, "mask")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [administrator]);
  });

  it("is that of its source while that does not know its own name", () => {
    const graph = graphOf(
      resource(policy, "some", { name: notYet, policy: readReports }),
      resource(group, "ops", { name: "ops" }),
      resource(
        groupAttachment,
        "a",
        { group: "ops", policyArn: "arn:aws:iam::111122223333:policy/some-1234567" },
        { from: { policyArn: [urn(policy, "some")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [`${urn(policy, "some")}#policy`]);
  });

  it("that may be one of two policies is not read, and says what it waits for", () => {
    const graph = graphOf(
      resource(policy, "all", { name: "all", policy: everything }),
      resource(policy, "some", { name: "some", policy: readReports }),
      resource(group, "ops", { name: "ops" }),
      resource(
        groupAttachment,
        "a",
        { group: "ops", policyArn: notYet },
        { from: { policyArn: [urn(policy, "all"), urn(policy, "some")] } },
      ),
    );
    assert.deepEqual(notRead(the(graph, 'group "ops"')), ["policyArn is not known yet"]);
    assert.deepEqual(waitingOf(the(graph, 'group "ops"')), [
      { urn: urn(groupAttachment, "a"), property: "policyArn", on: [urn(policy, "all"), urn(policy, "some")] },
    ]);
  });

  it("that comes from nowhere is not read", () => {
    const graph = graphOf(
      resource(policy, "all", { name: "all", policy: everything }),
      resource(group, "ops", { name: "ops" }),
      resource(groupAttachment, "a", { group: "ops", policyArn: notYet }),
    );
    assert.deepEqual(notRead(the(graph, 'group "ops"')), ["policyArn is not known yet"]);
  });

  it("waits for the policy's text where the policy is found and its text is not known", () => {
    const graph = graphOf(
      resource(policy, "all", { name: "all", policy: notYet }, { from: { policy: [urn("acme:index:Queue", "q")] } }),
      resource(group, "ops", { name: "ops" }),
      resource(
        groupAttachment,
        "a",
        { group: "ops", policyArn: notYet },
        { from: { policyArn: [urn(policy, "all")] } },
      ),
    );
    assert.deepEqual(waitingOf(the(graph, 'group "ops"')), [
      { urn: urn(policy, "all"), property: "policy", on: [urn("acme:index:Queue", "q")] },
    ]);
  });

  it("of a boundary is that of the policy it comes from", () => {
    const graph = graphOf(
      resource(policy, "limit", { name: "limit", policy: readReports }),
      resource(
        user,
        "alice",
        { name: "alice", permissionsBoundary: notYet },
        { from: { permissionsBoundary: [urn(policy, "limit")] } },
      ),
    );
    assert.equal(the(graph, 'user "alice"').boundary?.policy.origin, `${urn(policy, "limit")}#policy`);
  });
});

describe("a list of policy ARNs", () => {
  it("keeps its known entries beside one that is found by its source", () => {
    const graph = graphOf(
      resource(policy, "some", { name: "some", policy: readReports }),
      resource(
        role,
        "job",
        { name: "job", assumeRolePolicy: trustLambda, managedPolicyArns: [administrator, notYet] },
        { from: { managedPolicyArns: [urn(policy, "some")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), [`${urn(policy, "some")}#policy`, administrator]);
  });

  it("that is not known as a whole has what it comes from, and may have more", () => {
    const graph = graphOf(
      resource(policy, "some", { name: "some", policy: readReports }),
      resource(
        role,
        "job",
        { name: "job", assumeRolePolicy: trustLambda, managedPolicyArns: notYet },
        { from: { managedPolicyArns: [urn(policy, "some")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), [
      `${urn(policy, "some")}#policy`,
      `${urn(role, "job")}#managedPolicyArns`,
    ]);
    assert.deepEqual(notRead(the(graph, 'role "job"')), ["managedPolicyArns is not known yet"]);
  });

  it("that only the provider fills in says nothing", () => {
    const graph = graphOf(
      resource(role, "job", {
        name: "job",
        assumeRolePolicy: trustLambda,
        managedPolicyArns: notYet,
        inlinePolicies: notYet,
      }),
    );
    assert.deepEqual(policiesOf(the(graph, 'role "job"')), []);
  });

  it("that the program sets and nobody knows is not read", () => {
    const graph = graphOf({
      ...resource(role, "job", { name: "job", assumeRolePolicy: trustLambda, managedPolicyArns: notYet }),
      inputs: { name: "job", assumeRolePolicy: trustLambda, managedPolicyArns: notYet },
    });
    assert.deepEqual(notRead(the(graph, 'role "job"')), ["managedPolicyArns is not known yet"]);
  });

  it("with an entry that nobody knows has that entry, since the program set it", () => {
    const graph = graphOf(
      resource(role, "job", {
        name: "job",
        assumeRolePolicy: trustLambda,
        managedPolicyArns: [notYet],
        inlinePolicies: [{ name: "a", policy: notYet }],
      }),
    );
    assert.deepEqual(notRead(the(graph, 'role "job"')), [
      "inlinePolicies[0].policy is not known yet",
      "managedPolicyArns[0] is not known yet",
    ]);
  });
});

describe("a name not known yet", () => {
  it("is that of the group it comes from", () => {
    const graph = graphOf(
      resource(group, "ops", { name: notYet }),
      resource(
        groupAttachment,
        "a",
        { group: notYet, policyArn: administrator },
        { from: { group: [urn(group, "ops")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [administrator]);
    assert.equal(graph.groups.length, 1);
  });

  it("is that of the group and not of the user of the same logical name", () => {
    const graph = graphOf(
      resource(user, "ops", { name: notYet }),
      resource(group, "ops", { name: notYet }),
      resource(
        groupAttachment,
        "a",
        { group: notYet, policyArn: administrator },
        { from: { group: [urn(user, "ops"), urn(group, "ops")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [administrator]);
    assert.deepEqual(policiesOf(the(graph, 'user "ops"')), []);
  });

  it("at the resource that has it is found where it is known", () => {
    const graph = graphOf(
      resource(group, "ops", { name: notYet }),
      resource(
        groupAttachment,
        "a",
        { group: "ops-1234567", policyArn: administrator },
        { from: { group: [urn(group, "ops")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [administrator]);
    assert.equal(graph.groups.length, 1);
  });

  it("that comes from nothing in the stack stands for somebody elsewhere", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops" }),
      resource(groupAttachment, "a", { group: notYet, policyArn: administrator }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), []);
    assert.deepEqual(the(graph, 'group "ops"').doubts, []);
    assert.deepEqual(policiesOf(the(graph, "group not known yet")), [administrator]);
  });

  it("that may be one of two groups is a doubt about both, and decided of neither", () => {
    const graph = graphOf(
      resource(group, "dev", { name: notYet }),
      resource(group, "ops", { name: notYet }),
      resource(group, "web", { name: notYet }),
      resource(
        groupAttachment,
        "a",
        { group: notYet, policyArn: administrator },
        { from: { group: [urn(group, "dev"), urn(group, "ops")] } },
      ),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "dev"')), []);
    assert.equal(the(graph, 'group "dev"').doubts.length, 1);
    assert.equal(the(graph, 'group "ops"').doubts.length, 1);
    assert.equal(the(graph, 'group "web"').doubts.length, 0);
  });
});

describe("memberships not known yet", () => {
  it("are found by what they come from, on both sides", () => {
    const graph = graphOf(
      resource(user, "alice", { name: notYet }),
      resource(group, "ops", { name: notYet }),
      resource(
        "aws:iam/userGroupMembership:UserGroupMembership",
        "m",
        { user: notYet, groups: [notYet] },
        { from: { user: [urn(user, "alice")], groups: [urn(group, "ops")] } },
      ),
    );
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"']);
  });

  it("in a list not known as a whole are in all that it comes from", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "dev", { name: notYet }),
      resource(group, "ops", { name: notYet }),
      resource(
        "aws:iam/userGroupMembership:UserGroupMembership",
        "m",
        { user: "alice", groups: notYet },
        { from: { groups: [urn(group, "dev"), urn(group, "ops")] } },
      ),
    );
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "dev"', 'group "ops"']);
  });

  it("beside a known one are in the other group that the list comes from", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "dev", { name: notYet }),
      resource(group, "ops", { name: "ops" }),
      resource(
        "aws:iam/userGroupMembership:UserGroupMembership",
        "m",
        { user: "alice", groups: ["ops", notYet] },
        { from: { groups: [urn(group, "dev"), urn(group, "ops")] } },
      ),
    );
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"', 'group "dev"']);
    assert.deepEqual(the(graph, 'user "alice"').doubts, []);
  });

  it("that come from nowhere are in a group elsewhere", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "ops", { name: "ops" }),
      resource("aws:iam/userGroupMembership:UserGroupMembership", "m", { user: "alice", groups: ["ops", notYet] }),
    );
    assert.deepEqual(groupsOf(graph, 'user "alice"'), ['group "ops"', "group not known yet"]);
  });

  it("that may be in one of two groups leave a doubt about the user", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "dev", { name: notYet }),
      resource(group, "ops", { name: notYet }),
      resource(
        "aws:iam/userGroupMembership:UserGroupMembership",
        "m",
        { user: "alice", groups: [notYet] },
        { from: { groups: [urn(group, "dev"), urn(group, "ops")] } },
      ),
    );
    assert.deepEqual(groupsOf(graph, 'user "alice"'), []);
    assert.deepEqual(
      the(graph, 'user "alice"').doubts.map(({ because }) => because),
      ["one of its groups is not known yet"],
    );
  });
});

describe("trust policies", () => {
  it("not known yet tell what they were made from", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(
        role,
        "admin",
        { name: "admin", assumeRolePolicy: notYet },
        { from: { assumeRolePolicy: [urn(user, "alice")] } },
      ),
    );
    const admin = the(graph, 'role "admin"');
    assert.ok(admin.kind === "role");
    assert.ok(!isRead(admin.trust.policy));
    assert.deepEqual(admin.trust.from, [urn(user, "alice")]);
    assert.deepEqual(admin.trust.waiting, {
      urn: urn(role, "admin"),
      property: "assumeRolePolicy",
      on: [urn(user, "alice")],
    });
  });

  it("given as an object with a hole are read, hole and all", () => {
    const graph = graphOf(
      resource(
        role,
        "admin",
        {
          name: "admin",
          assumeRolePolicy: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: notYet } }],
          },
        },
        { from: { assumeRolePolicy: [urn(user, "alice")] } },
      ),
    );
    const admin = the(graph, 'role "admin"');
    assert.ok(admin.kind === "role");
    assert.ok(isRead(admin.trust.policy));
    assert.equal(admin.trust.waiting, undefined);
    assert.deepEqual(admin.trust.from, [urn(user, "alice")]);
  });
});

describe("roles that trust one another", () => {
  it("are both there", () => {
    const graph = graphOf(
      resource(role, "a", { name: "a", assumeRolePolicy: notYet }, { from: { assumeRolePolicy: [urn(role, "b")] } }),
      resource(role, "b", { name: "b", assumeRolePolicy: notYet }, { from: { assumeRolePolicy: [urn(role, "a")] } }),
    );
    assert.equal(graph.roles.length, 2);
  });
});
