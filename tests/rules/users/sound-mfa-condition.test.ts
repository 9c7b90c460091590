import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  accessKey,
  group,
  groupAttachment,
  groupPolicy,
  managedPolicy,
  membership,
  mfaGate,
  policy,
  role,
  trust,
  user,
  userAttachment,
  userPolicy,
} from "../../../policypack/rules/authoring/example-resources";
import { preview, toldBy } from "../told";

const id = "sound-mfa-condition";

/** A gate that access keys slip through. */
const leaky = { ...mfaGate, Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } };
const elsewhere = "arn:aws:iam::111122223333:policy/mfa";

function withLeak(...more: readonly ExampleResource[]): readonly ExampleResource[] {
  return [group("people"), groupPolicy("gate", "people", policy(leaky)), ...more];
}

describe("sound-mfa-condition", () => {
  it("blocks a leaky gate by any door", async () => {
    const template = JSON.stringify({
      Resources: {
        People: {
          Type: "AWS::IAM::Group",
          Properties: { Policies: [{ PolicyName: "gate", PolicyDocument: JSON.parse(policy(leaky)) }] },
        },
      },
    });
    const doors: readonly ExampleResource[] = [
      groupPolicy("a", "people", policy(leaky)),
      userPolicy("b", "alice", policy(leaky)),
      managedPolicy("c", policy(leaky)),
      {
        type: "aws-native:iam:GroupPolicy",
        name: "e",
        properties: { groupName: "people", policyName: "gate", policyDocument: JSON.parse(policy(leaky)) },
      },
      { type: "aws:cloudformation/stack:Stack", name: "f", properties: { name: "f", templateBody: template } },
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "g",
        properties: {
          typeName: "AWS::IAM::ManagedPolicy",
          desiredState: JSON.stringify({ ManagedPolicyName: "gate", PolicyDocument: JSON.parse(policy(leaky)) }),
        },
      },
    ];
    for (const door of doors) assert.deepEqual(await toldBy(id, [door]), [`mandatory: ${door.name}`]);
  });

  it("advises about roles and permission sets, with no fix that would lock a service out", async () => {
    const doors: readonly ExampleResource[] = [
      role("d", trust({ Service: "ec2.amazonaws.com" }), { inlinePolicies: [{ name: "gate", policy: policy(leaky) }] }),
      { type: "aws:iam/rolePolicy:RolePolicy", name: "g", properties: { role: "worker", policy: policy(leaky) } },
      {
        type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
        name: "h",
        properties: {
          instanceArn: "arn:aws:sso:::instance/ssoins-1111222233334444",
          permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444",
          inlinePolicy: policy(leaky),
        },
      },
    ];
    for (const door of doors) {
      assert.deepEqual(await toldBy(id, [door]), [`advisory: ${door.name}`]);
      const [told] = (await preview([door])).filter((each) => each.policy === id);
      assert.doesNotMatch(told?.message ?? "", /BoolIfExists": /);
    }
  });

  it("blocks a policy that a user has beside a role", async () => {
    const attachment = (kind: "user" | "role", name: string) => ({
      type: `aws:iam/${kind}PolicyAttachment:${kind === "user" ? "User" : "Role"}PolicyAttachment`,
      name: `${name}-gate`,
      properties: { [kind]: name, policyArn: unknownFrom("gate") },
    });
    const gate = managedPolicy("gate", policy(leaky));
    const worker = role("worker", trust({ Service: "ec2.amazonaws.com" }));
    assert.deepEqual(await toldBy(id, [gate, worker, attachment("role", "worker")]), ["advisory: gate"]);
    assert.deepEqual(
      await toldBy(id, [gate, worker, attachment("role", "worker"), user("alice"), attachment("user", "alice")]),
      ["mandatory: gate"],
    );
  });

  it("advises where a gate locks its users out, and not where it only keeps them from the devices of others", async () => {
    const gateWith = (NotAction: readonly string[]) => groupPolicy("gate", "people", policy({ ...mfaGate, NotAction }));
    const rest = ["iam:ListMFADevices", "sts:GetSessionToken"];
    assert.deepEqual(await toldBy(id, [gateWith([...rest, "iam:CreateVirtualMFADevice"])]), ["advisory: gate"]);
    assert.deepEqual(await toldBy(id, [gateWith([...rest, "iam:EnableMFADevice"])]), ["advisory: gate"]);
    assert.deepEqual(await toldBy(id, [gateWith([...rest, "iam:EnableMFADevice", "iam:CreateVirtualMFADevice"])]), []);
    const { NotAction: _, Resource: __, ...deny } = mfaGate;
    const ownOnly = { ...deny, Action: "iam:EnableMFADevice", NotResource: "arn:aws:iam::*:user/${aws:username}" };
    assert.deepEqual(await toldBy(id, [groupPolicy("gate", "people", policy(mfaGate, ownOnly))]), []);
    const onRole = { inlinePolicies: [{ name: "gate", policy: policy({ ...mfaGate, NotAction: rest }) }] };
    assert.deepEqual(await toldBy(id, [role("worker", trust({ Service: "ec2.amazonaws.com" }), onRole)]), []);
  });

  it("leaves trust policies, resource policies and service control policies alone", async () => {
    const anyone = { AWS: "arn:aws:iam::111122223333:root" };
    const Condition = { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } };
    assert.deepEqual(
      await toldBy(id, [
        role("ops", trust(anyone, Condition)),
        { type: "aws:organizations/policy:Policy", name: "scp", properties: { content: policy(leaky) } },
        {
          type: "aws:s3/bucketPolicy:BucketPolicy",
          name: "bucket",
          properties: { bucket: "reports", policy: policy({ ...leaky, Principal: "*" }) },
        },
      ]),
      [],
    );
  });

  it("says who gets by, where, and what to write", async () => {
    const [told] = (await preview(withLeak())).filter((each) => each.policy === id);
    const message = told?.message.replace(/\s+/g, " ") ?? "";
    assert.match(message, /The Deny in the first statement of the group policy "gate"/);
    assert.match(message, /access keys, whose requests carry no MFA key at all/);
    assert.match(message, /Why: Not denied: iam:CreateUser on .* \(an access key, without MFA/);
    assert.match(message, /{ "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } }/);
  });

  it("says of a limit on the age how it holds without any", async () => {
    const stale = { ...mfaGate, Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": "3600" } } };
    const [told] = await preview([groupPolicy("gate", "people", policy(stale))]);
    assert.match(told?.message ?? "", /Fix: Write NumericGreaterThanIfExists, or put a Deny/);
  });

  it("tells a managed policy once, however many have it", async () => {
    const attached = ["alice", "bob"].flatMap((name) => [
      user(name),
      userAttachment(`${name}-gate`, name, unknownFrom("gate")),
    ]);
    assert.deepEqual(await toldBy(id, [managedPolicy("gate", policy(leaky)), ...attached]), ["mandatory: gate"]);
  });

  it("advises where everybody who has it is gated otherwise", async () => {
    const gates = [group("mfa"), groupPolicy("mfa-gate", "mfa", policy(mfaGate))];
    const alice = [user("alice"), membership("alice-groups", "alice", ["people", "mfa"])];
    const bob = [user("bob"), membership("bob-groups", "bob", ["people"])];
    assert.deepEqual(await toldBy(id, withLeak(...gates, ...alice)), ["advisory: gate"]);
    assert.deepEqual(await toldBy(id, withLeak(...gates, ...alice, ...bob)), ["mandatory: gate"]);
    assert.deepEqual(await toldBy(id, withLeak(...gates)), ["mandatory: gate"]);
  });

  it("advises where the boundary closes the hole", async () => {
    const onlyWithMfa = managedPolicy(
      "limit",
      policy({
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      }),
    );
    const limited = user("alice", { permissionsBoundary: unknownFrom("limit") });
    const gate = userPolicy("gate", "alice", policy(leaky));
    assert.deepEqual(await toldBy(id, [onlyWithMfa, limited, gate]), ["advisory: gate"]);
    assert.deepEqual(await toldBy(id, [onlyWithMfa, user("alice"), gate]), ["mandatory: gate"]);
  });

  it("waits where a policy kept elsewhere may close the hole, unless the settings vouch for it", async () => {
    const other = groupAttachment("other", "people", elsewhere);
    assert.deepEqual(await toldBy(id, withLeak(other)), ["advisory?: gate"]);
    assert.deepEqual(await toldBy(id, withLeak(other), { settings: { gatePolicies: [elsewhere] } }), [
      "advisory: gate",
    ]);
    assert.deepEqual(await toldBy(id, withLeak(), { settings: { gatedGroups: ["people"] } }), ["advisory: gate"]);
  });

  it("is not put off by an unread policy where the condition hits those with MFA", async () => {
    const wrong = { ...mfaGate, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
    const gate = groupPolicy("gate", "people", policy(wrong));
    assert.deepEqual(await toldBy(id, [group("people"), gate, groupAttachment("other", "people", elsewhere)]), [
      "mandatory: gate",
    ]);
  });

  it("waits for a policy that is not known yet at whoever has it", async () => {
    const later = managedPolicy("later", unknownFrom("bucket"));
    assert.deepEqual(await toldBy(id, [later]), ["advisory?: later"]);
    assert.deepEqual(await toldBy(id, [later, user("alice"), userAttachment("a", "alice", unknownFrom("later"))]), [
      "advisory?: alice",
    ]);
  });

  it("has nothing against users whose gate is right, with keys and without", async () => {
    const stack = [user("alice"), accessKey("key", "alice"), userPolicy("gate", "alice", policy(mfaGate))];
    assert.deepEqual(await toldBy(id, stack), []);
  });
});
