import assert from "node:assert/strict";
import { explainedAsJson } from "../explained";
import { everything, gate, ownInlinePolicies, policyOf, readOnly } from "../policies";

const account = "arn:aws:iam::111122223333";

const alice = {
  Path: "/",
  UserName: "alice",
  UserId: "AIDAEXAMPLEALICE",
  Arn: `${account}:user/alice`,
  GroupList: [],
  AttachedManagedPolicies: [],
};

const group = (name: string) => ({
  Path: "/",
  GroupName: name,
  Arn: `${account}:group/${name}`,
  GroupPolicyList: [],
  AttachedManagedPolicies: [],
});

function only(details: unknown) {
  const { subjects } = explainedAsJson({ "account.json": details });
  const [subject, ...others] = subjects;
  assert.ok(subject);
  assert.deepEqual(others, []);
  return subject;
}

describe("explain about account details", () => {
  it("joins a user with its inline policies", () => {
    const user = { ...alice, UserPolicyList: [{ PolicyName: "all", PolicyDocument: everything }] };
    const subject = only({ UserDetailList: [user] });
    assert.equal(subject.name, "user alice");
    assert.equal(subject.arn, "arn:aws:iam::111122223333:user/alice");
    assert.equal(subject.admin.level, "full");
    assert.deepEqual(subject.policies, [{ origin: "inline policy all of user alice" }]);
  });

  it("reads documents that are URL-encoded, as the API gives them", () => {
    const encoded = encodeURIComponent(JSON.stringify(everything, undefined, 2));
    const user = { ...alice, UserPolicyList: [{ PolicyName: "all", PolicyDocument: encoded }] };
    assert.equal(only({ UserDetailList: [user] }).admin.level, "full");
  });

  it("reads documents that are JSON text", () => {
    const user = { ...alice, UserPolicyList: [{ PolicyName: "all", PolicyDocument: JSON.stringify(everything) }] };
    assert.equal(only({ UserDetailList: [user] }).admin.level, "full");
  });

  it("joins a user with the policies of its groups, inline and managed", () => {
    const user = { ...alice, GroupList: ["gated", "admins"] };
    const { subjects } = explainedAsJson({
      "account.json": {
        UserDetailList: [user],
        GroupDetailList: [
          { ...group("gated"), GroupPolicyList: [{ PolicyName: "gate", PolicyDocument: gate }] },
          {
            ...group("admins"),
            AttachedManagedPolicies: [
              { PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
            ],
          },
        ],
      },
    });
    assert.deepEqual(
      subjects.map(({ name, admin, mfa }) => [name, admin.level, admin.qualifiers, mfa?.answer]),
      [
        ["user alice", "full", ["mfa"], "gate"],
        ["group gated", undefined, undefined, "gate"],
        ["group admins", "full", [], "hole"],
      ],
    );
  });

  it("takes a group that is in another file", () => {
    const { subjects } = explainedAsJson({
      "users.json": { UserDetailList: [{ ...alice, GroupList: ["admins"] }] },
      "groups.json": {
        GroupDetailList: [{ ...group("admins"), GroupPolicyList: [{ PolicyName: "all", PolicyDocument: everything }] }],
      },
    });
    assert.deepEqual(
      subjects.map(({ name, admin }) => [name, admin.level]),
      [
        ["user alice", "full"],
        ["group admins", "full"],
      ],
    );
  });

  it("does not decide about a member of a group that is in no file", () => {
    const subject = only({ UserDetailList: [{ ...alice, GroupList: ["elsewhere"] }] });
    assert.equal(subject.admin.answer, "unknown");
    assert.deepEqual(subject.policies, [
      { origin: "the policies of group elsewhere", notRead: "the group is in none of the files" },
    ]);
  });

  it("takes the default version of a customer-managed policy", () => {
    const arn = `${account}:policy/work`;
    const attached = [{ PolicyName: "work", PolicyArn: arn }];
    const policy = {
      PolicyName: "work",
      Arn: arn,
      DefaultVersionId: "v2",
      PolicyVersionList: [
        { VersionId: "v1", IsDefaultVersion: false, Document: everything },
        { VersionId: "v2", IsDefaultVersion: true, Document: readOnly },
      ],
    };
    const details = { UserDetailList: [{ ...alice, AttachedManagedPolicies: attached }], Policies: [policy] };
    assert.equal(only(details).admin.answer, "no");
    const rolledBack = {
      ...policy,
      DefaultVersionId: "v1",
      PolicyVersionList: [
        { VersionId: "v1", Document: everything },
        { VersionId: "v2", Document: readOnly },
      ],
    };
    assert.equal(only({ ...details, Policies: [rolledBack] }).admin.level, "full");
  });

  it("does not decide about an attached policy that is in no file", () => {
    const attached = [{ PolicyName: "work", PolicyArn: `${account}:policy/work` }];
    const subject = only({ UserDetailList: [{ ...alice, AttachedManagedPolicies: attached }] });
    assert.equal(subject.admin.answer, "unknown");
    assert.equal(subject.policies[0]?.notRead, "its document is in none of the files");
  });

  it("knows the principal: its own name in a variable, and the policy that it is attached to", () => {
    const own = { ...alice, UserPolicyList: [{ PolicyName: "own", PolicyDocument: ownInlinePolicies }] };
    assert.match(JSON.stringify(only({ UserDetailList: [own] }).escalation), /arn:aws:iam::111122223333:user\/alice/);
    const arn = `${account}:policy/work`;
    const rewrite = policyOf({ Effect: "Allow", Action: "iam:CreatePolicyVersion", Resource: arn });
    const policy = { Arn: arn, PolicyVersionList: [{ IsDefaultVersion: true, Document: rewrite }] };
    const user = { ...alice, AttachedManagedPolicies: [{ PolicyName: "work", PolicyArn: arn }] };
    const { level, qualifiers } = only({ UserDetailList: [user], Policies: [policy] }).admin;
    assert.deepEqual([level, qualifiers], ["self-escalation", []]);
  });

  it("holds a user to its boundary, and says what it would be without", () => {
    const boundaryArn = `${account}:policy/boundary`;
    const user = {
      ...alice,
      UserPolicyList: [{ PolicyName: "all", PolicyDocument: everything }],
      PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundaryArn },
    };
    const boundary = { Arn: boundaryArn, PolicyVersionList: [{ IsDefaultVersion: true, Document: readOnly }] };
    const subject = only({ UserDetailList: [user], Policies: [boundary] });
    assert.equal(subject.admin.answer, "no");
    assert.equal(subject.restrictions.boundary, boundaryArn);
    assert.deepEqual(subject.restrictions.powerWithout, { level: "full", qualifiers: [] });
  });

  it("takes the tags of a principal for its own", () => {
    const byTag = policyOf({
      Effect: "Allow",
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalTag/team": "platform" } },
    });
    const user = { ...alice, UserPolicyList: [{ PolicyName: "by-tag", PolicyDocument: byTag }] };
    const platform = only({ UserDetailList: [{ ...user, Tags: [{ Key: "team", Value: "platform" }] }] });
    assert.deepEqual([platform.admin.level, platform.admin.qualifiers], ["full", []]);
    const shop = only({ UserDetailList: [{ ...user, Tags: [{ Key: "team", Value: "shop" }] }] });
    assert.equal(shop.admin.answer, "no");
  });

  it("takes a role of administrator power for one that is worth to be assumed", () => {
    const admin = {
      Path: "/",
      RoleName: "admin",
      Arn: `${account}:role/admin`,
      AssumeRolePolicyDocument: policyOf({
        Effect: "Allow",
        Principal: { AWS: `${account}:root` },
        Action: "sts:AssumeRole",
      }),
      RolePolicyList: [{ PolicyName: "all", PolicyDocument: everything }],
    };
    const assume = policyOf({ Effect: "Allow", Action: "sts:AssumeRole", Resource: `${account}:role/admin` });
    const user = { ...alice, UserPolicyList: [{ PolicyName: "assume", PolicyDocument: assume }] };
    const [worth] = explainedAsJson({ "account.json": { UserDetailList: [user], RoleDetailList: [admin] } }).subjects;
    const [path, ...others] = worth?.escalation ?? [];
    assert.equal(others.length, 0);
    assert.match(JSON.stringify(path), /"resource":"arn:aws:iam::111122223333:role\/admin".*"qualifiers":\[\]/);
    const [alone] = explainedAsJson({ "account.json": { UserDetailList: [user] } }).subjects;
    assert.match(JSON.stringify(alone?.escalation), /"qualifiers":\["resource"\]/);
  });

  it("takes an excerpt of policies only for policies of whom the user says", () => {
    const policy = {
      Arn: `${account}:policy/all`,
      PolicyVersionList: [{ IsDefaultVersion: true, Document: everything }],
    };
    const { subjects } = explainedAsJson({ "policies.json": { Policies: [policy] } }, "role");
    assert.deepEqual(
      subjects.map(({ as, name, admin }) => [as, name, admin.level]),
      [["role", "arn:aws:iam::111122223333:policy/all", "full"]],
    );
  });

  it("asks in the account that an excerpt of policies is from", () => {
    const policy = {
      Arn: `${account}:policy/own`,
      PolicyVersionList: [{ IsDefaultVersion: true, Document: ownInlinePolicies }],
    };
    const { escalation } = only({ Policies: [policy] });
    assert.match(JSON.stringify(escalation), /arn:aws:iam::111122223333:user\/some-user/);
    assert.doesNotMatch(JSON.stringify(escalation), /123456789012/);
  });

  it("judges what may be attached by the account's own policies", () => {
    const attach = policyOf({
      Effect: "Allow",
      Action: "iam:AttachUserPolicy",
      Resource: `${account}:user/alice`,
      Condition: { ArnEquals: { "iam:PolicyARN": `${account}:policy/kept` } },
    });
    const levelWith = (document: unknown) =>
      only({
        UserDetailList: [{ ...alice, UserPolicyList: [{ PolicyName: "attach", PolicyDocument: attach }] }],
        Policies: [
          {
            PolicyName: "kept",
            Arn: `${account}:policy/kept`,
            PolicyVersionList: [{ IsDefaultVersion: true, Document: document }],
          },
        ],
      }).admin;
    assert.equal(levelWith(everything).level, "self-escalation");
    assert.equal(levelWith(readOnly).answer, "no");
  });
});
