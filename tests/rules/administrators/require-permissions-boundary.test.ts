import assert from "node:assert/strict";
import { unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  everything,
  group,
  groupPolicy,
  lambdaService,
  managedPolicy,
  membership,
  policy,
  role,
  trust,
  user,
  userPolicy,
} from "../../../policypack/rules/authoring/example-resources";
import { blockedBy, toldBeforeCreation, toldBy } from "../told";

const id = "require-permissions-boundary";
const limit = "arn:aws:iam::111122223333:policy/limit";
const byName = { [id]: { boundary: "limit" } };
const byArn = { [id]: { boundary: limit } };

function allow(Action: unknown, Resource: unknown = "*", Condition: unknown = {}) {
  return { Effect: "Allow", Action, Resource, Condition };
}

/** What the rule tells of a user who has the boundary, which allows everything, and a policy with these statements. */
async function told(...statements: readonly unknown[]): Promise<string> {
  const resources = [
    user("alice", { permissionsBoundary: limit }),
    managedPolicy("limit", policy(everything)),
    userPolicy("work", "alice", policy(...statements)),
  ];
  const [first = "passes", ...more] = await toldBy(id, resources, byArn);
  assert.deepEqual(more, []);
  return first.replace(": alice", "");
}

describe("require-permissions-boundary: who has it", () => {
  const worker = (permissionsBoundary: unknown) => role("worker", trust(lambdaService), { permissionsBoundary });

  it("asks nothing until a boundary is named", async () => {
    assert.deepEqual(await toldBy(id, [user("alice"), role("worker", trust(lambdaService))]), []);
  });

  it("goes by ARN, by name, or by globs over either", async () => {
    const under = (boundary: string) => toldBy(id, [worker(limit)], { [id]: { boundary } });
    assert.deepEqual(await under(limit), []);
    assert.deepEqual(await under("limit"), []);
    assert.deepEqual(await under("lim*"), []);
    assert.deepEqual(await under("arn:*:iam::*:policy/limit"), []);
    assert.deepEqual(await under("limits"), ["mandatory: worker"]);
    assert.deepEqual(await under("arn:aws:iam::444455556666:policy/limit"), ["mandatory: worker"]);
  });

  it("goes by name where the stack makes the boundary", async () => {
    const made = worker(unknownFrom("limit"));
    assert.deepEqual(await toldBy(id, [made, managedPolicy("limit", policy(everything))], byName), []);
    assert.deepEqual(await toldBy(id, [made, managedPolicy("limit", policy(everything))], byArn), []);
    const other = {
      ...managedPolicy("limit", policy(everything)),
      properties: { name: "other", policy: policy(everything) },
    };
    assert.deepEqual(await toldBy(id, [made, other], byName), ["mandatory: worker"]);
  });

  it("waits where nobody can tell", async () => {
    assert.deepEqual(await toldBy(id, [worker(unknownFrom("landing-zone"))], byName), ["advisory?: worker"]);
  });

  it("spares service-linked roles, groups and roles kept elsewhere", async () => {
    const linked = role("linked", trust(lambdaService), { path: "/aws-service-role/lambda.amazonaws.com/" });
    assert.deepEqual(await toldBy(id, [linked, group("developers")], byName), []);
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    assert.deepEqual(await toldBy(id, [{ type, name: "read", properties: { role: "other", policyArn } }], byName), []);
  });

  it("sees identities of aws-native, templates, stack sets and CloudControl", async () => {
    const native = { type: "aws-native:iam:User", name: "native", properties: { userName: "n" } };
    const properties = { AssumeRolePolicyDocument: JSON.parse(trust(lambdaService)) };
    const templateBody = JSON.stringify({ Resources: { R: { Type: "AWS::IAM::Role", Properties: properties } } });
    const stack = { type: "aws:cloudformation/stack:Stack", name: "a", properties: { templateBody } };
    const set = { type: "aws:cloudformation/stackSet:StackSet", name: "b", properties: { templateBody } };
    const control = {
      type: "aws:cloudcontrol/resource:Resource",
      name: "c",
      properties: {
        typeName: "AWS::IAM::Role",
        desiredState: JSON.stringify({ ...properties, PermissionsBoundary: limit }),
      },
    };
    assert.deepEqual(await toldBy(id, [native], byName), ["mandatory: native"]);
    assert.deepEqual(await toldBy(id, [stack], byName), ["mandatory: a"]);
    assert.deepEqual(await toldBy(id, [set], byName), ["mandatory: b"]);
    assert.deepEqual(await toldBy(id, [control], byName), []);
  });

  it("stops an identity without it before it exists", async () => {
    assert.deepEqual(await toldBeforeCreation([user("alice")], byName), [`alice: mandatory ${id}`]);
    assert.deepEqual(await toldBeforeCreation([user("alice", { permissionsBoundary: limit })], byName), []);
  });
});

describe("require-permissions-boundary: who may change it", () => {
  const key = "iam:PermissionsBoundary";

  it("by taking it off", async () => {
    assert.equal(await told(allow("iam:DeleteUserPermissionsBoundary")), "mandatory");
    assert.equal(await told(allow("iam:Delete*", "arn:aws:iam::*:role/app-*")), "mandatory");
    assert.equal(
      await told(allow("iam:DeleteRolePermissionsBoundary", "*", { StringNotEquals: { [key]: limit } })),
      "passes",
    );
    assert.equal(
      await told(allow("iam:Delete*Boundary"), { Effect: "Deny", Action: "iam:Delete*Boundary", Resource: "*" }),
      "passes",
    );
  });

  it("by putting another in its place", async () => {
    assert.equal(await told(allow("iam:PutRolePermissionsBoundary")), "mandatory");
    assert.equal(
      await told(allow("iam:PutRolePermissionsBoundary", "*", { StringEquals: { [key]: limit } })),
      "passes",
    );
    assert.equal(
      await told(allow("iam:PutRolePermissionsBoundary", "*", { StringEquals: { [key]: [limit, `${limit}2`] } })),
      "mandatory",
    );
  });

  it("by rewriting it", async () => {
    assert.equal(await told(allow("iam:CreatePolicyVersion", limit)), "mandatory");
    assert.equal(await told(allow("iam:SetDefaultPolicyVersion", "arn:aws:iam::111122223333:policy/l*")), "mandatory");
    assert.equal(await told(allow("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/app-*")), "passes");
  });

  it("not within a boundary that allows none of that, nor where admin power is said already", async () => {
    const bounded = [
      user("alice", { permissionsBoundary: limit }),
      managedPolicy("limit", policy(allow("s3:*"))),
      userPolicy("work", "alice", policy(allow("iam:*Boundary"))),
    ];
    assert.deepEqual(await toldBy(id, bounded, byArn), []);
    assert.equal(await told(everything), "passes");
  });

  it("through a group, told once", async () => {
    const resources = [
      group("ops"),
      groupPolicy("off", "ops", policy(allow("iam:DeleteUserPermissionsBoundary"))),
      managedPolicy("limit", policy(everything)),
      user("alice", { permissionsBoundary: limit }),
      membership("in", "alice", ["ops"]),
    ];
    assert.deepEqual(await toldBy(id, resources, byName), ["mandatory: ops"]);
  });

  it("blocks nothing of a bounded worker", async () => {
    const worker = role("worker", trust(lambdaService), {
      permissionsBoundary: limit,
      inlinePolicies: [{ name: "work", policy: policy(allow("s3:GetObject", "arn:aws:s3:::reports/*")) }],
    });
    assert.deepEqual(await blockedBy([worker, managedPolicy("limit", policy(everything))], byName), []);
  });
});
