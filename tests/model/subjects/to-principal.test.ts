import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import type { Principal } from "../../../policypack/iam/requests/principal";
import { arnOf, nameForPeople, toPrincipal, waitingOf } from "../../../policypack/model/subjects/to-principal";
import { graphOf, the } from "../graph-of";
import { everything, provider, readReports, resource, trustLambda, urn } from "../resource";

const user = "aws:iam/user:User";
const group = "aws:iam/group:Group";
const role = "aws:iam/role:Role";
const membership = "aws:iam/userGroupMembership:UserGroupMembership";
const userPolicy = "aws:iam/userPolicy:UserPolicy";
const groupPolicy = "aws:iam/groupPolicy:GroupPolicy";

function origins(principal: Principal): readonly string[] {
  return principal.identity.map(({ origin }) => origin);
}

function unread(principal: Principal): readonly string[] {
  return principal.identity.flatMap(({ document }) => ("notRead" in document ? [document.notRead] : []));
}

describe("a user as a principal", () => {
  it("has its own policies and those of its groups", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice", path: "/people/", tags: { team: "blue" } }),
      resource(group, "ops", { name: "ops" }),
      resource(group, "dev", { name: "dev" }),
      resource(membership, "m", { user: "alice", groups: ["ops"] }),
      resource(userPolicy, "p", { user: "alice", policy: readReports }),
      resource(groupPolicy, "q", { group: "ops", policy: everything }),
      resource(groupPolicy, "r", { group: "dev", policy: everything }),
    );
    const principal = toPrincipal(the(graph, 'user "alice"'));
    assert.deepEqual(origins(principal), [`${urn(userPolicy, "p")}#policy`, `${urn(groupPolicy, "q")}#policy`]);
    assert.equal(principal.kind, "user");
    assert.equal(principal.name, "alice");
    assert.equal(principal.path, "/people/");
    assert.deepEqual(principal.groups, ["ops"]);
    assert.deepEqual(principal.tags, { team: "blue" });
    assert.equal(principal.boundary, undefined);
  });

  it("has the ARNs of the managed policies of its own and of its groups", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "ops", { name: "ops" }),
      resource(membership, "m", { user: "alice", groups: ["ops"] }),
      resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", "a", {
        user: "alice",
        policyArn: "arn:aws:iam::111122223333:policy/mine",
      }),
      resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "b", {
        group: "ops",
        policyArn: "arn:aws:iam::111122223333:policy/ours",
      }),
    );
    assert.deepEqual(toPrincipal(the(graph, 'user "alice"')).managedPolicyArns, [
      "arn:aws:iam::111122223333:policy/mine",
      "arn:aws:iam::111122223333:policy/ours",
    ]);
  });

  it("has the ARN of a policy of the stack as soon as the account is known", () => {
    const account = provider("prod", { allowedAccountIds: '["111122223333"]', region: "eu-central-1" });
    const policy = "aws:iam/policy:Policy";
    const graph = graphOf(
      resource(policy, "mine", { name: "mine", path: "/", arn: notYet, policy: readReports }, { provider: account }),
      resource(user, "alice", { name: "alice" }, { provider: account }),
      resource(
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        "a",
        { user: "alice", policyArn: notYet },
        { from: { policyArn: [urn(policy, "mine")] }, provider: account },
      ),
    );
    assert.deepEqual(toPrincipal(the(graph, 'user "alice"')).managedPolicyArns, [
      "arn:aws:iam::111122223333:policy/mine",
    ]);
  });

  it("has the ARN of a policy of the stack with an open account until somebody tells it", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource("aws:iam/policy:Policy", "reports", { name: "reports", path: "/", policy: readReports }),
      resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", "a", {
        user: "alice",
        policyArn: "arn:aws:iam::111122223333:policy/reports",
      }),
    );
    const principal = toPrincipal(the(graph, 'user "alice"'));
    assert.deepEqual(principal.managedPolicyArns, ["arn:aws:iam::*:policy/reports"]);
    assert.equal(principal.customerManaged, true);
  });

  it("has no managed policy to rewrite where only AWS's own are attached", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", "a", {
        user: "alice",
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
    );
    const principal = toPrincipal(the(graph, 'user "alice"'));
    assert.deepEqual(principal.managedPolicyArns, []);
    assert.equal(principal.customerManaged, false);
  });

  it("says nothing of tags that are not known yet", () => {
    const graph = graphOf(resource(user, "alice", { name: "alice", tags: { team: notYet } }));
    assert.equal(toPrincipal(the(graph, 'user "alice"')).tags, undefined);
  });

  it("has its boundary", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice", permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
    );
    assert.equal(toPrincipal(the(graph, 'user "alice"')).boundary?.origin, "arn:aws:iam::aws:policy/ReadOnlyAccess");
  });
});

describe("what cannot be seen", () => {
  it("stands among a member's policies for a group that is kept elsewhere", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(membership, "m", { user: "alice", groups: ["ops"] }),
    );
    assert.deepEqual(unread(toPrincipal(the(graph, 'user "alice"'))), ['group "ops" is kept outside this stack']);
  });

  it("waits for the name of a group that nobody knows yet", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(membership, "m", { user: "alice", groups: [notYet] }),
    );
    assert.deepEqual(unread(toPrincipal(the(graph, 'user "alice"'))), [
      "group not known yet is kept outside this stack",
    ]);
    assert.deepEqual(waitingOf(the(graph, 'user "alice"')), [
      { urn: urn(membership, "m"), property: "groups[0]", on: [] },
    ]);
  });

  it("does not stand there for a group of the stack", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "ops", { name: "ops" }),
      resource(membership, "m", { user: "alice", groups: ["ops"] }),
    );
    assert.deepEqual(unread(toPrincipal(the(graph, 'user "alice"'))), []);
  });

  it("does not stand among the policies of the group elsewhere itself, which is judged by what the stack gives it", () => {
    const graph = graphOf(resource(groupPolicy, "q", { group: "ops", policy: everything }));
    assert.deepEqual(unread(toPrincipal(the(graph, 'group "ops"'))), []);
  });

  it("stands there for an attachment that may be meant for it, and for a group of it", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(group, "dev", { name: notYet }),
      resource(group, "ops", { name: notYet }),
      resource(membership, "m", { user: "alice", groups: [notYet] }, { from: { groups: [urn(group, "ops")] } }),
      resource(
        groupPolicy,
        "q",
        { group: notYet, policy: everything },
        { from: { group: [urn(group, "dev"), urn(group, "ops")] } },
      ),
    );
    const because = 'aws:iam/groupPolicy:GroupPolicy "q" may be meant for it';
    assert.deepEqual(unread(toPrincipal(the(graph, 'group "dev"'))), [because]);
    assert.deepEqual(unread(toPrincipal(the(graph, 'user "alice"'))), [because]);
    assert.deepEqual(waitingOf(the(graph, 'user "alice"')), [
      { urn: urn(groupPolicy, "q"), property: "group", on: [urn(group, "dev"), urn(group, "ops")] },
    ]);
  });
});

describe("names and ARNs", () => {
  it("of a user with a known account", () => {
    const graph = graphOf(
      resource(user, "a", { name: "alice", path: "/people/", arn: "arn:aws:iam::111122223333:user/people/alice" }),
    );
    const [alice] = graph.users;
    assert.ok(alice);
    assert.equal(nameForPeople(alice), 'user "alice"');
    assert.equal(arnOf(alice), "arn:aws:iam::111122223333:user/people/alice");
  });

  it("of a role in a preview, whose account nobody tells", () => {
    const graph = graphOf(resource(role, "job", { name: "job-1", path: "/jobs/", assumeRolePolicy: trustLambda }));
    assert.equal(arnOf(the(graph, 'role "job-1"')), "arn:aws:iam::*:role/jobs/job-1");
  });

  it("of a group whose name is not known are those of its resource", () => {
    const graph = graphOf(resource(group, "ops", { name: notYet }));
    const [ops] = graph.groups;
    assert.ok(ops);
    assert.equal(nameForPeople(ops), 'group "ops"');
    assert.equal(arnOf(ops), "arn:aws:iam::*:group/*");
  });
});

describe("what a principal leaves open", () => {
  const login = "aws:iam/userLoginProfile:UserLoginProfile";
  const key = "aws:iam/accessKey:AccessKey";
  const tagging = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ],
  };
  const tagsOf = (trust: unknown) => {
    const graph = graphOf(resource(role, "app", { name: "app", tags: { team: "blue" }, assumeRolePolicy: trust }));
    return toPrincipal(the(graph, 'role "app"')).tags;
  };

  it("is no path where the program gives one, or none at all", () => {
    const graph = graphOf(resource(user, "a", { name: "a", path: "/people/" }), resource(user, "b", { name: "b" }));
    assert.equal(toPrincipal(the(graph, 'user "a"')).path, "/people/");
    assert.equal(toPrincipal(the(graph, 'user "b"')).path, "/");
  });
  it("is a path that is not known yet", () => {
    const graph = graphOf(resource(user, "a", { name: "a", path: notYet }));
    assert.equal("path" in toPrincipal(the(graph, 'user "a"')), false);
    assert.equal(arnOf(the(graph, 'user "a"')), "arn:aws:iam::*:user/*a");
  });
  it("is the path and the tags of a user that is kept elsewhere", () => {
    const graph = graphOf(resource(userPolicy, "p", { user: "alice", policy: readReports }));
    const principal = toPrincipal(the(graph, 'user "alice"'));
    assert.deepEqual(["path" in principal, "tags" in principal], [false, false]);
  });
  it("is the tags of a role whose sessions may bring their own", () => {
    assert.deepEqual(tagsOf(trustLambda), { team: "blue" });
    assert.equal(tagsOf(tagging), undefined);
    assert.equal(tagsOf(notYet), undefined);
  });
  it("is an access key, unless the stack gives a user a password and no key", () => {
    const whose = (...more: readonly ReturnType<typeof resource>[]) =>
      toPrincipal(the(graphOf(resource(user, "a", { name: "a" }), ...more), 'user "a"')).accessKeys;
    assert.equal(whose(), undefined);
    assert.equal(whose(resource(login, "l", { user: "a" })), false);
    assert.equal(whose(resource(login, "l", { user: "a" }), resource(key, "k", { user: "a" })), undefined);
  });
});
