import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../policypack/rules/authoring/example";
import {
  administratorAccess,
  everything,
  group,
  groupPolicy,
  inlinePolicyOfSet,
  managedPolicy,
  permissionSet,
  policy,
  reading,
  user,
  userAttachment,
  userPolicy,
} from "../../policypack/rules/authoring/example-resources";
import { blockedBy, toldBy } from "./told";

const ours = (name: string) => `arn:aws:iam::111122223333:policy/${name}`;
const of = (name: string) => `arn:aws:iam::aws:policy/${name}`;

function allow(Action: unknown, Resource: unknown = "*", Condition: unknown = {}) {
  return { Effect: "Allow", Action, Resource, Condition };
}

function attach(operator: string, arns: unknown): ExampleResource {
  const statement = allow("iam:AttachGroupPolicy", "*", { [operator]: { "iam:PolicyARN": arns } });
  return groupPolicy("attach", "desk", policy(statement));
}

const told = (...resources: readonly ExampleResource[]) => toldBy("no-overbroad-group", [group("desk"), ...resources]);

describe("a group that may attach policies to itself", () => {
  it("of AWS that make an administrator", async () => {
    assert.deepEqual(await told(attach("ArnLike", of("*FullAccess"))), ["mandatory: desk"]);
    assert.deepEqual(await told(attach("ArnNotEquals", of("AdministratorAccess"))), ["mandatory: desk"]);
  });
  it("of AWS that read", async () =>
    assert.deepEqual(await told(attach("ArnEquals", [of("SecurityAudit"), of("ReadOnlyAccess")])), []));
  it("of the stack, by what they say", async () => {
    const kept = attach("ArnEquals", ours("kept"));
    assert.deepEqual(await told(kept, managedPolicy("kept", policy(everything))), ["mandatory: desk"]);
    assert.deepEqual(await told(kept, managedPolicy("kept", policy(reading))), []);
    assert.deepEqual(await told(kept, managedPolicy("kept", unknownFrom("bucket"))), ["advisory?: desk"]);
  });
  it("of the stack by a policy whose ARN is not known yet", async () => {
    const grants = (name: string, text: unknown) => [
      managedPolicy(name, text),
      groupPolicy("attach", "desk", unknownFrom(name)),
    ];
    assert.deepEqual(await told(...grants("kept", policy(reading))), ["advisory?: desk"]);
  });
  it("that are kept elsewhere", async () => {
    assert.deepEqual(await told(attach("ArnEquals", ours("kept"))), ["advisory: desk"]);
    assert.deepEqual(await told(attach("ArnLike", ours("team-*"))), ["advisory: desk"]);
  });
  it("that it may write", async () => {
    const write = (arn: string) => groupPolicy("write", "desk", policy(allow("iam:CreatePolicy", arn)));
    assert.deepEqual(await told(attach("ArnLike", ours("team-*")), write(ours("team-*"))), ["mandatory: desk"]);
    assert.deepEqual(await told(attach("ArnLike", ours("team-*")), write(ours("web-*"))), ["advisory: desk"]);
  });
});

describe("a user under a permissions boundary", () => {
  const bounded = (...statements: readonly unknown[]) => [
    managedPolicy("lid", policy(allow("s3:*"), ...statements)),
    user("alice", { permissionsBoundary: unknownFrom("lid") }),
    userAttachment("power", "alice", administratorAccess),
  ];
  it("that it may take off", async () =>
    assert.deepEqual(await blockedBy(bounded(allow("iam:DeleteUserPermissionsBoundary"))), ["no-overbroad-user"]));
  it("that it may take off others only", async () =>
    assert.deepEqual(
      await blockedBy(bounded(allow("iam:DeleteUserPermissionsBoundary", "arn:aws:iam::*:user/web-*"))),
      [],
    ));
  it("that it may rewrite", async () => {
    const rewrite = (name: string) => bounded(allow("iam:CreatePolicyVersion", `arn:aws:iam::*:policy/${name}`));
    assert.deepEqual(await blockedBy(rewrite("lid")), ["no-overbroad-user"]);
    assert.deepEqual(await blockedBy(rewrite("other")), []);
  });
});

describe("whoever makes roles within a boundary that must be given", () => {
  const delegate = (boundary: string) => [
    user("alice"),
    userPolicy(
      "make",
      "alice",
      policy(
        allow(["iam:CreateRole", "iam:AttachRolePolicy"], "*", {
          StringLike: { "iam:PermissionsBoundary": boundary },
        }),
      ),
    ),
  ];
  it("is bound by what the boundary says", async () => {
    const lid = (...statements: readonly unknown[]) => managedPolicy("lid", policy(...statements));
    assert.deepEqual(await blockedBy([...delegate(ours("lid")), lid(allow(["s3:*", "logs:*"]))]), []);
    assert.deepEqual(await blockedBy([...delegate(ours("lid")), lid(everything)]), ["no-privilege-escalation"]);
  });
  it("is bound by one that is kept elsewhere, and not by any that one likes", async () => {
    assert.deepEqual(await blockedBy(delegate(ours("lid"))), []);
    assert.deepEqual(await blockedBy(delegate("*")), ["no-privilege-escalation"]);
    assert.deepEqual(await blockedBy(delegate(administratorAccess)), ["no-privilege-escalation"]);
    assert.deepEqual(await blockedBy(delegate(of("PowerUserAccess"))), []);
  });
});

describe("a permission set that may change roles", () => {
  const config = { "no-overbroad-permission-set": { enforcementLevel: "mandatory", sanctionedPermissionSets: [] } };
  const set = (arn: string) => [
    permissionSet("Ops"),
    inlinePolicyOfSet("ops", unknownFrom("Ops"), policy(allow("iam:PutRolePolicy", arn))),
  ];
  it("of AWS only", async () =>
    assert.deepEqual(await blockedBy(set("arn:aws:iam::*:role/aws-reserved/*"), config), []));
  it("of any name", async () =>
    assert.deepEqual(await blockedBy(set("arn:aws:iam::*:role/*"), config), ["no-overbroad-permission-set"]));
});
