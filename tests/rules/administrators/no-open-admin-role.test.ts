import assert from "node:assert/strict";
import { buildGraph } from "../../../policypack/model/graph/growing-graph";
import type { Graph } from "../../../policypack/model/subjects/identity-graph";
import { accountOf } from "../../../policypack/rules/analysis/external-trust";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import { administratorAccess, policy, role, trust } from "../../../policypack/rules/authoring/example-resources";
import { provider, resource } from "../../model/resource";
import { blockedBy, preview, toldBeforeCreation, toldBy } from "../told";

const id = "no-open-admin-role";
const own = { region: "eu-west-1", allowedAccountIds: ["111122223333"] };
const foreign = { AWS: "arn:aws:iam::444455556666:root" };
const anyone = { AWS: "*" };
const noAccount = { settings: { trustedAccounts: [] } };
const organization = { settings: { trustedOrganization: "o-a1b2c3d4e5" } };

/** An admin role in the account 111122223333. */
function admin(assumeRolePolicy: string): ExampleResource {
  return { ...role("ops", assumeRolePolicy, { managedPolicyArns: [administratorAccess] }), provider: own };
}

/** What the rule tells of an admin role with that trust policy: `passes`, or the level, with a `?` where it is undecided. */
async function told(assumeRolePolicy: string, config = {}): Promise<string> {
  const [first = "passes", ...more] = await toldBy(id, [admin(assumeRolePolicy)], config);
  assert.deepEqual(more, []);
  return first.replace(": ops", "");
}

describe("no-open-admin-role: anybody", () => {
  it("a star, however it is written", async () => {
    assert.equal(await told(trust("*")), "mandatory");
    assert.equal(await told(trust(anyone)), "mandatory");
    assert.equal(await told(trust({ AWS: ["arn:aws:iam::111122223333:root", "*"] })), "mandatory");
    const but = { Effect: "Allow", NotPrincipal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "sts:AssumeRole" };
    assert.equal(await told(policy(but)), "mandatory");
  });

  it("a service is not anybody, nor is a star for another action", async () => {
    assert.equal(await told(trust({ Service: "ec2.amazonaws.com" })), "passes");
    assert.equal(await told(trust({ Service: "*" })), "passes");
    const tags = { Effect: "Allow", Principal: "*", Action: "sts:TagSession" };
    assert.equal(await told(policy(tags)), "passes");
  });

  it("what the caller chooses is no condition", async () => {
    const with_ = (operator: string, key: string, value: string) => told(trust("*", { [operator]: { [key]: value } }));
    assert.equal(await with_("StringEquals", "sts:ExternalId", "acme-42"), "mandatory");
    assert.equal(await with_("StringLike", "sts:RoleSessionName", "ops-*"), "mandatory");
    assert.equal(await with_("Bool", "aws:MultiFactorAuthPresent", "true"), "mandatory");
    assert.equal(await with_("Bool", "aws:SecureTransport", "true"), "mandatory");
    assert.equal(await with_("StringEquals", "aws:PrincipalTag/team", "ops"), "mandatory");
    assert.equal(await with_("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/deploy"), "mandatory");
    assert.equal(await with_("StringNotEquals", "aws:PrincipalOrgID", "o-zzzzzzzzzz"), "mandatory");
    assert.equal(await with_("StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5"), "mandatory");
    assert.equal(await with_("StringLike", "aws:PrincipalOrgID", "o-*"), "mandatory");
    assert.equal(await with_("Null", "aws:PrincipalOrgID", "false"), "mandatory");
  });

  it("an organization, an account or a name is one", async () => {
    const with_ = (operator: string, key: string, value: string | readonly string[]) =>
      told(trust("*", { [operator]: { [key]: value } }));
    assert.equal(await with_("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"), "passes");
    assert.equal(await with_("StringLike", "aws:PrincipalOrgID", ["o-a1b2c3d4e5", "o-ffffffffff"]), "passes");
    assert.equal(
      await with_("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/ou-ab12-*/*"),
      "passes",
    );
    assert.equal(await with_("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "*/ou-ab12-11111111/*"), "mandatory");
    assert.equal(await with_("ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/*"), "mandatory");
    assert.equal(await with_("StringEquals", "aws:PrincipalAccount", "111122223333"), "passes");
    assert.equal(await with_("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*"), "passes");
    assert.equal(await with_("StringEquals", "aws:SourceAccount", "111122223333"), "passes");
  });

  it("from one network only is advised against", async () => {
    const condition = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
    assert.equal(await told(trust("*", condition)), "advisory");
    assert.equal(await told(trust("*", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } })), "mandatory");
  });

  it("a Deny counts", async () => {
    const all = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" };
    const outside = {
      Effect: "Deny",
      Principal: "*",
      Action: "sts:AssumeRole",
      Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    };
    const ifInAny = { ...outside, Condition: { ...outside.Condition, Null: { "aws:PrincipalOrgID": "false" } } };
    assert.equal(await told(policy(all)), "mandatory");
    assert.equal(await told(policy(all, { ...all, Effect: "Deny" })), "passes");
    assert.equal(await told(policy(all, { ...all, Effect: "Deny", Principal: foreign })), "mandatory");
    assert.equal(await told(policy(all, outside)), "passes");
    assert.equal(await told(policy(all, ifInAny)), "mandatory");
  });

  it("holders of tokens of a public provider, and of none that is pinned", async () => {
    const statement = {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
    };
    const pinned = {
      ...statement,
      Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/*" } },
    };
    assert.equal(await told(policy(statement)), "mandatory");
    assert.equal(await told(policy(pinned)), "passes");
    assert.deepEqual(await toldBy("sound-federated-trust", [admin(policy(statement))]), []);
    assert.deepEqual(await toldBy("sound-federated-trust", [admin(policy(statement))], { [id]: "disabled" }), [
      "mandatory: ops",
    ]);
  });

  it("matters for admin power only", async () => {
    const reader = role("ops", trust("*"), {
      managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    });
    assert.deepEqual(await toldBy(id, [reader]), []);
  });
});

describe("no-open-admin-role: anybody who fits", () => {
  const with_ = (operator: string, key: string, value: string | readonly string[], principal: unknown = "*") =>
    told(trust(principal, { [operator]: { [key]: value } }));

  it("an account that is a pattern fits more than one", async () => {
    assert.equal(await with_("ArnLike", "aws:PrincipalArn", "arn:aws:iam::1*:role/ci"), "mandatory");
    assert.equal(await with_("ArnLike", "aws:PrincipalArn", "arn:aws:iam::11112222333?:role/ci"), "mandatory");
    assert.equal(await with_("StringLike", "aws:PrincipalAccount", "1*"), "mandatory");
    assert.equal(await with_("StringLike", "aws:PrincipalAccount", "*111122223333"), "passes");
    assert.equal(await told(trust({ AWS: "arn:aws:iam::1*:role/ci" })), "mandatory");
    const both = {
      StringLike: { "aws:PrincipalAccount": "1*" },
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::2*:role/ci" },
    };
    assert.equal(await told(trust("*", both)), "passes");
  });

  it("what a Deny spares counts as well", async () => {
    const all = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" };
    const sparing = (value: string) => ({
      ...all,
      Effect: "Deny",
      Condition: { ArnNotLike: { "aws:PrincipalArn": value } },
    });
    assert.equal(await told(policy(all, sparing("arn:aws:iam::111122223333:role/ci"))), "passes");
    assert.equal(await told(policy(all, sparing("arn:aws:iam::1*:role/ci"))), "mandatory");
  });

  it("the root user assumes no role", async () => {
    assert.equal(await with_("StringEquals", "aws:PrincipalType", "Account"), "passes");
    assert.equal(await with_("StringEquals", "aws:PrincipalType", "AssumedRole"), "mandatory");
    assert.equal(await with_("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:root"), "passes");
    assert.equal(await with_("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/ci"), "mandatory");
  });

  it("the organization or account of the role itself is meant, not any", async () => {
    assert.equal(await with_("StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}"), "passes");
    assert.equal(await with_("StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}"), "passes");
    assert.equal(await with_("StringEquals", "aws:ResourceOrgID", "o-a1b2c3d4e5"), "mandatory");
  });
});

describe("no-open-admin-role: identities that have not signed in", () => {
  const pool = { "cognito-identity.amazonaws.com:aud": "eu-west-1:0a1b2c3d-1111-2222-3333-444455556666" };
  const cognito = (condition: unknown) => ({
    Effect: "Allow",
    Principal: { Federated: "cognito-identity.amazonaws.com" },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  });
  const amr = (operator: string, value: string) =>
    told(policy(cognito({ StringEquals: pool, [operator]: { "cognito-identity.amazonaws.com:amr": value } })));

  it("of a Cognito pool are anybody", async () => {
    assert.equal(await amr("ForAnyValue:StringLike", "unauthenticated"), "mandatory");
    assert.equal(await amr("ForAnyValue:StringLike", "*authenticated"), "mandatory");
    assert.equal(await told(policy(cognito({ StringEquals: pool }))), "mandatory");
    assert.equal(await amr("ForAnyValue:StringLike", "authenticated"), "passes");
    assert.equal(await amr("ForAllValues:StringEquals", "authenticated"), "passes");
  });

  it("one identity is not", async () => {
    const one = { ...pool, "cognito-identity.amazonaws.com:sub": "eu-west-1:99999999-1111-2222-3333-444455556666" };
    assert.equal(await told(policy(cognito({ StringEquals: one }))), "passes");
  });

  it("nor are those of a role without power", async () => {
    const reader = role("guest", policy(cognito({ StringEquals: pool })));
    assert.deepEqual(await toldBy(id, [reader]), []);
    assert.deepEqual(await toldBy("sound-federated-trust", [reader]), []);
  });
});

describe("no-open-admin-role: certificates of IAM Roles Anywhere", () => {
  const anywhere = (Condition?: unknown) =>
    told(
      policy({
        Effect: "Allow",
        Principal: { Service: "rolesanywhere.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        ...(Condition === undefined ? {} : { Condition }),
      }),
    );
  const anchor = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/";

  it("of any trust anchor, with any subject", async () => {
    assert.equal(await anywhere(), "mandatory");
    assert.equal(await anywhere({ ArnLike: { "aws:SourceArn": `${anchor}*` } }), "mandatory");
    assert.equal(await anywhere({ StringEquals: { "aws:SourceAccount": "111122223333" } }), "mandatory");
    assert.equal(await anywhere({ StringLike: { "aws:PrincipalTag/x509Subject/CN": "*" } }), "mandatory");
    assert.equal(await anywhere({ StringEqualsIfExists: { "aws:PrincipalTag/x509Subject/CN": "ci" } }), "mandatory");
  });

  it("of one trust anchor, or with a name", async () => {
    assert.equal(await anywhere({ ArnEquals: { "aws:SourceArn": `${anchor}0a1b2c3d-1111` } }), "passes");
    assert.equal(await anywhere({ StringEquals: { "aws:PrincipalTag/x509Subject/CN": "ci.acme.example" } }), "passes");
    assert.equal(await anywhere({ StringLike: { "aws:PrincipalTag/x509Issuer/O": "Acme*" } }), "passes");
  });
});

describe("no-open-admin-role: other accounts", () => {
  const externalId = (value: string) => trust(foreign, { StringEquals: { "sts:ExternalId": value } });

  it("advise until the settings trust some", async () => {
    assert.equal(await told(trust(foreign)), "advisory");
    assert.equal(await told(trust(foreign), { [id]: "mandatory" }), "advisory");
    assert.equal(await told(trust(foreign), noAccount), "mandatory");
    assert.equal(await told(trust(foreign), organization), "mandatory");
    assert.equal(await told(trust(foreign), { settings: { trustedAccounts: ["444455556666"] } }), "passes");
  });

  it("by number, by role, or by a condition", async () => {
    assert.equal(await told(trust({ AWS: "444455556666" }), noAccount), "mandatory");
    assert.equal(await told(trust({ AWS: "arn:aws:iam::444455556666:role/deploy" }), noAccount), "mandatory");
    const condition = { StringEquals: { "aws:PrincipalAccount": "444455556666" } };
    assert.equal(await told(trust("*", condition), noAccount), "mandatory");
  });

  it("pass with a literal external id or an organization", async () => {
    assert.equal(await told(externalId("acme-42"), noAccount), "passes");
    assert.equal(await told(trust(foreign, { StringLike: { "sts:ExternalId": "*" } }), noAccount), "mandatory");
    const inOrganization = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
    assert.equal(await told(trust(foreign, inOrganization), noAccount), "passes");
  });

  it("of another organization than the trusted one", async () => {
    const within = (organizationId: string) => trust("*", { StringEquals: { "aws:PrincipalOrgID": organizationId } });
    assert.equal(await told(within("o-a1b2c3d4e5"), organization), "passes");
    assert.equal(await told(within("o-ffffffffff"), organization), "mandatory");
  });

  it("the stack's own is none", async () => {
    const ownRoot = trust({ AWS: "arn:aws:iam::111122223333:root" });
    assert.equal(await told(ownRoot, noAccount), "passes");
    const elsewhere = { ...admin(ownRoot), provider: { region: "eu-west-1" } };
    assert.deepEqual(await toldBy(id, [elsewhere], noAccount), ["advisory?: ops"]);
    assert.deepEqual(await blockedBy([elsewhere], noAccount), []);
  });

  it("the stack's own is known by another identity that the same provider has made", () => {
    const ops = ["aws:iam/role:Role", "ops", { name: "ops", assumeRolePolicy: trust(foreign) }] as const;
    const alice = [
      "aws:iam/user:User",
      "alice",
      { name: "alice", arn: "arn:aws:iam::111122223333:user/alice" },
    ] as const;
    const main = { provider: provider("main", {}) };
    const graphWith = (more: typeof main) => buildGraph([resource(...ops, main), resource(...alice, more)]);
    const accountIn = (graph: Graph) => graph.roles.map((each) => accountOf(each, graph));
    assert.deepEqual(accountIn(graphWith(main)), ["111122223333"]);
    assert.deepEqual(accountIn(graphWith({ provider: provider("other", {}) })), [undefined]);
  });
});

describe("no-open-admin-role: what a preview does not know", () => {
  const native = (Principal: unknown, Condition: unknown = {}): ExampleResource => ({
    type: "aws-native:iam:Role",
    name: "ops",
    properties: {
      roleName: "ops",
      managedPolicyArns: [administratorAccess],
      assumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition }],
      },
    },
  });
  const alice = { type: "aws-native:iam:User", name: "alice", properties: { userName: "alice" } };

  it("a principal from elsewhere", async () => {
    assert.deepEqual(await toldBy(id, [native({ AWS: unknownFrom("config") })]), ["advisory?: ops"]);
  });

  it("a principal of the stack's own is not from outside", async () => {
    assert.deepEqual(await toldBy(id, [native({ AWS: unknownFrom("alice") }), alice]), []);
  });

  it("a star beside it is still a yes", async () => {
    assert.deepEqual(await toldBy(id, [native({ AWS: ["*", unknownFrom("config")] })]), ["mandatory: ops"]);
  });

  it("the organization", async () => {
    const condition = { StringEquals: { "aws:PrincipalOrgID": unknownFrom("config") } };
    assert.deepEqual(await toldBy(id, [native("*", condition)]), ["advisory?: ops"]);
  });

  it("the power", async () => {
    const open = role("ops", trust("*"));
    const work = {
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "work",
      properties: { name: "work", role: "ops", policy: unknownFrom("bucket") },
    };
    assert.deepEqual(await toldBy(id, [open, work]), ["advisory?: ops"]);
  });

  it("a policy that is not known yet beside admin power", async () => {
    const deny = {
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "deny",
      properties: { name: "deny", role: "ops", policy: unknownFrom("bucket") },
    };
    assert.deepEqual(await toldBy(id, [admin(trust("*")), deny]), ["mandatory: ops"]);
  });
});

describe("no-open-admin-role: other doors", () => {
  const properties = {
    RoleName: "ops",
    ManagedPolicyArns: [administratorAccess],
    AssumeRolePolicyDocument: JSON.parse(trust("*")),
  };
  const templateBody = JSON.stringify({ Resources: { Ops: { Type: "AWS::IAM::Role", Properties: properties } } });

  it("templates, stack sets and CloudControl", async () => {
    const stack = { type: "aws:cloudformation/stack:Stack", name: "a", properties: { templateBody } };
    const set = { type: "aws:cloudformation/stackSet:StackSet", name: "b", properties: { templateBody } };
    const control = {
      type: "aws:cloudcontrol/resource:Resource",
      name: "c",
      properties: { typeName: "AWS::IAM::Role", desiredState: JSON.stringify(properties) },
    };
    assert.deepEqual(await toldBy(id, [stack]), ["mandatory: a"]);
    assert.deepEqual(await toldBy(id, [set]), ["mandatory: b"]);
    assert.deepEqual(await toldBy(id, [control]), ["mandatory: c"]);
  });

  it("power given by an attachment is stopped before it is given", async () => {
    const attachment = {
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      name: "all",
      properties: { role: "ops", policyArn: administratorAccess },
    };
    assert.deepEqual(await toldBeforeCreation([role("ops", trust("*")), attachment]), [`all: mandatory ${id}`]);
    assert.deepEqual(await toldBeforeCreation([admin(trust(foreign))]), []);
    assert.deepEqual(await toldBeforeCreation([admin(trust(foreign))], noAccount), [`ops: mandatory ${id}`]);
  });

  it("says who, by which statement and request, and what to do", async () => {
    const all = await preview([admin(trust("*"))]);
    const message = all.find(({ policy }) => policy === id)?.message.replace(/\s+/g, " ") ?? "";
    assert.match(
      message,
      /has full administrator power, and anybody with an AWS account may assume it, by the first statement/,
    );
    assert.match(message, /sts:AssumeRole on .* \(a user of the account 234567890123/);
    assert.match(message, /aws:PrincipalOrgID/);
  });
});
