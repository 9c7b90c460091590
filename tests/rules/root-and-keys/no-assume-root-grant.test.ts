import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  administratorAccess,
  everything,
  group,
  groupPolicy,
  membership,
  policy,
  role,
  trust,
  user,
  userPolicy,
} from "../../../policypack/rules/authoring/example-resources";
import { blockedBy, toldBeforeCreation, toldBy } from "../told";

const id = "no-assume-root-grant";

function allow(Action: unknown, Resource: unknown = "*"): Readonly<Record<string, unknown>> {
  return { Effect: "Allow", Action, Resource };
}

/** What the rule tells of a user whose policy has these statements: `passes`, or the level, with a `?` where it is undecided. */
async function told(...statements: readonly unknown[]): Promise<string> {
  const [first = "passes", ...more] = await toldBy(id, [
    user("alice"),
    userPolicy("work", "alice", policy(...statements)),
  ]);
  assert.deepEqual(more, []);
  return first.replace(": alice", "");
}

describe("no-assume-root-grant", () => {
  it("blocks what a statement about STS grants", async () => {
    assert.equal(await told(allow("sts:AssumeRoot")), "mandatory");
    assert.equal(await told(allow("STS:assumeroot")), "mandatory");
    assert.equal(await told(allow("sts:Assume*")), "mandatory");
    assert.equal(await told(allow("sts:*")), "mandatory");
    assert.equal(await told(allow(["s3:*", "sts:A*"])), "mandatory");
    assert.equal(await told(allow("sts:AssumeRoot", "arn:aws:iam::444455556666:root")), "mandatory");
    assert.equal(
      await told({ ...allow("sts:*"), Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
      "mandatory",
    );
  });

  it("passes what is about other calls or other resources", async () => {
    assert.equal(await told(allow("sts:AssumeRole")), "passes");
    assert.equal(await told(allow("sts:AssumeRole*")), "passes");
    assert.equal(await told(allow(["sts:Get*", "sts:TagSession"])), "passes");
    assert.equal(await told(allow("sts:*", "arn:aws:iam::111122223333:role/developer")), "passes");
    assert.equal(await told(allow("sts:*"), { ...allow("sts:AssumeRoot"), Effect: "Deny" }), "passes");
  });

  it("asks which task policies may be named", async () => {
    const task = "arn:aws:iam::aws:policy/root-task/";
    const where = (Condition: unknown) => ({ ...allow("sts:AssumeRoot"), Condition });
    const audit = `${task}IAMAuditRootUserCredentials`;
    assert.equal(await told(where({ StringEquals: { "sts:TaskPolicyArn": audit } })), "passes");
    assert.equal(
      await told(where({ StringEquals: { "sts:TaskPolicyArn": [audit, `${task}S3UnlockBucketPolicy`] } })),
      "mandatory",
    );
    assert.equal(await told(where({ ArnLike: { "sts:TaskPolicyArn": `${task}IAMAudit*` } })), "passes");
    assert.equal(await told(where({ ArnLike: { "sts:TaskPolicyArn": `${task}IAM*` } })), "mandatory");
    assert.equal(await told(where({ StringNotEquals: { "sts:TaskPolicyArn": audit } })), "mandatory");
    // No session can be opened with what is no task policy, and none without naming one.
    assert.equal(
      await told(where({ StringEquals: { "sts:TaskPolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess" } })),
      "passes",
    );
    assert.equal(await told(where({ Null: { "sts:TaskPolicyArn": "true" } })), "passes");
    assert.equal(await told(where({ Null: { "sts:TaskPolicyArn": "false" } })), "mandatory");
  });

  it("passes where a Deny leaves only the task that looks", async () => {
    const denied = (Condition: unknown) => ({ Effect: "Deny", Action: "sts:AssumeRoot", Resource: "*", Condition });
    const task = "arn:aws:iam::aws:policy/root-task/";
    const notAudit = { StringNotLike: { "sts:TaskPolicyArn": "*/IAMAuditRootUserCredentials" } };
    assert.equal(await told(allow("sts:AssumeRoot"), denied(notAudit)), "passes");
    const three = ["IAMDelete*", "IAMCreate*", "S3Unlock*"].map((each) => task + each);
    assert.equal(await told(allow("sts:*"), denied({ ArnLike: { "sts:TaskPolicyArn": three } })), "mandatory");
    assert.equal(
      await told(allow("sts:*"), denied({ ArnLike: { "sts:TaskPolicyArn": [...three, `${task}SQS*`] } })),
      "passes",
    );
  });

  it("advises where only something wider grants it, unless admin power is said already", async () => {
    const notIam = { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "sts:AssumeRole*"], Resource: "*" };
    assert.equal(await told(notIam), "advisory");
    assert.equal(await told(everything), "passes");
    const admin = [user("alice"), userPolicy("all", "alice", policy(everything))];
    assert.deepEqual(await toldBy(id, admin, { "no-overbroad-user": "disabled" }), ["advisory: alice"]);
  });

  it("blocks what admin power hides", async () => {
    assert.equal(await told(everything, allow("sts:AssumeRoot")), "mandatory");
  });

  it("knows those who are meant for it, by name or ARN", async () => {
    const resources = [user("alice"), userPolicy("work", "alice", policy(allow("sts:AssumeRoot")))];
    assert.deepEqual(await toldBy(id, resources, { [id]: { allowedPrincipals: ["ali*"] } }), []);
    assert.deepEqual(await toldBy(id, resources, { [id]: { allowedPrincipals: ["arn:aws:iam::*:user/alice"] } }), []);
    assert.deepEqual(await toldBy(id, resources, { [id]: { allowedPrincipals: ["bob"] } }), ["mandatory: alice"]);
    assert.deepEqual(await toldBy(id, resources, { [id]: { allowedPrincipals: [] } }), ["mandatory: alice"]);
  });

  it("tells of a user only what its groups do not give it", async () => {
    const member = [group("ops"), user("alice"), membership("in", "alice", ["ops"])];
    const work = groupPolicy("root", "ops", policy(allow("sts:*")));
    assert.deepEqual(await toldBy(id, [...member, work]), ["mandatory: ops"]);
    const own = userPolicy("own", "alice", policy(allow("sts:AssumeRoot")));
    assert.deepEqual(await toldBy(id, [...member, own]), ["mandatory: alice"]);
  });

  it("is bounded by a permissions boundary", async () => {
    const bounded = (boundary: unknown): readonly ExampleResource[] => [
      user("alice", { permissionsBoundary: boundary }),
      userPolicy("work", "alice", policy(allow("sts:*"))),
    ];
    assert.deepEqual(await toldBy(id, bounded("arn:aws:iam::aws:policy/ReadOnlyAccess")), []);
    assert.deepEqual(await toldBy(id, bounded(administratorAccess)), ["mandatory: alice"]);
  });

  it("waits for what is not known, and not where it is known already", async () => {
    const work = userPolicy("work", "alice", unknownFrom("bucket"));
    assert.deepEqual(await toldBy(id, [user("alice"), work]), ["advisory?: alice"]);
    const root = userPolicy("root", "alice", policy(allow("sts:AssumeRoot")));
    assert.deepEqual(await toldBy(id, [user("alice"), work, root]), ["mandatory: alice"]);
  });

  it("sees roles of aws-native, templates, stack sets and CloudControl", async () => {
    const native = {
      type: "aws-native:iam:User",
      name: "native",
      properties: {
        userName: "n",
        policies: [{ policyName: "p", policyDocument: JSON.parse(policy(allow("sts:*"))) }],
      },
    };
    const properties = {
      AssumeRolePolicyDocument: JSON.parse(trust({ Service: "lambda.amazonaws.com" })),
      Policies: [{ PolicyName: "p", PolicyDocument: JSON.parse(policy(allow("sts:AssumeRoot"))) }],
    };
    const templateBody = JSON.stringify({ Resources: { R: { Type: "AWS::IAM::Role", Properties: properties } } });
    const stack = { type: "aws:cloudformation/stack:Stack", name: "a", properties: { templateBody } };
    const set = { type: "aws:cloudformation/stackSet:StackSet", name: "b", properties: { templateBody } };
    const control = {
      type: "aws:cloudcontrol/resource:Resource",
      name: "c",
      properties: { typeName: "AWS::IAM::Role", desiredState: JSON.stringify(properties) },
    };
    assert.deepEqual(await toldBy(id, [native]), ["mandatory: native"]);
    assert.deepEqual(await toldBy(id, [stack]), ["mandatory: a"]);
    assert.deepEqual(await toldBy(id, [set]), ["mandatory: b"]);
    assert.deepEqual(await toldBy(id, [control]), ["mandatory: c"]);
  });

  it("stops the grant before it exists", async () => {
    const resources = [user("alice"), userPolicy("root", "alice", policy(allow("sts:AssumeRoot")))];
    assert.deepEqual(await toldBeforeCreation(resources), [`root: mandatory ${id}`]);
  });

  it("blocks nothing of a power user", async () => {
    const power = { managedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"] };
    assert.deepEqual(await blockedBy([role("dev", trust({ Service: "ec2.amazonaws.com" }), power)]), []);
  });
});
