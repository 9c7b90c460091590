import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  administratorAccess,
  everything,
  inlinePolicyOfSet,
  permissionSet,
  policy,
  policyOfSet,
} from "../../../policypack/rules/authoring/example-resources";
import { blockedBy, toldBeforeCreation, toldBy } from "../told";

const id = "no-overbroad-permission-set";
const sanctioned = { [id]: { sanctionedPermissionSets: ["admin*"] } };
const none = { [id]: { sanctionedPermissionSets: [] } };

const arn = "arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-aaaabbbbccccdddd";
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

function boundedBy(managedPolicyArn: string, permissionSetArn: unknown): ExampleResource {
  return {
    type: "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
    name: "limit",
    properties: {
      instanceArn: "arn:aws:sso:::instance/ssoins-1111222233334444",
      permissionSetArn,
      permissionsBoundary: { managedPolicyArn },
    },
  };
}

function admin(name: string, more: Readonly<Record<string, unknown>> = {}): readonly ExampleResource[] {
  return [permissionSet(name, more), policyOfSet(`${name}-all`, unknownFrom(name), administratorAccess)];
}

describe("no-overbroad-permission-set", () => {
  it("advises until a list is set, whatever level is configured", async () => {
    assert.deepEqual(await toldBy(id, admin("ops")), ["advisory: ops"]);
    assert.deepEqual(await toldBy(id, admin("ops"), { [id]: "mandatory" }), ["advisory: ops"]);
  });

  it("blocks what is not on the list, and everything when the list is empty", async () => {
    assert.deepEqual(await toldBy(id, admin("ops"), sanctioned), ["mandatory: ops"]);
    assert.deepEqual(await toldBy(id, admin("admins"), sanctioned), []);
    assert.deepEqual(await toldBy(id, admin("admins"), none), ["mandatory: admins"]);
  });

  it("holds sanctioned sets to the session that the settings allow", async () => {
    const set = admin("admins", { sessionDuration: "PT2H" });
    assert.deepEqual(await toldBy(id, set, sanctioned), ["mandatory: admins"]);
    assert.deepEqual(await toldBy(id, set, { ...sanctioned, settings: { maxSessionSeconds: 7200 } }), []);
    assert.deepEqual(await toldBy(id, set), ["advisory: admins", "advisory: admins"]);
  });

  it("waits for a session whose length is not known yet", async () => {
    const set = admin("admins", { sessionDuration: unknownFrom("config") });
    assert.deepEqual(await toldBy(id, set, sanctioned), ["advisory?: admins"]);
  });

  it("waits for a name that may be on the list", async () => {
    const set = admin("ops", { name: unknownFrom("pet") });
    assert.deepEqual(await toldBy(id, set, sanctioned), ["advisory?: ops"]);
    assert.deepEqual(await toldBy(id, set, none), ["mandatory: ops"]);
  });

  it("passes power that a Deny or a boundary takes away", async () => {
    const denied = policy(everything, { Effect: "Deny", Action: "*", Resource: "*" });
    const suspended = [permissionSet("off"), inlinePolicyOfSet("none", unknownFrom("off"), denied)];
    assert.deepEqual(await toldBy(id, suspended, none), []);
    assert.deepEqual(await toldBy(id, [...admin("ops"), boundedBy(readOnly, unknownFrom("ops"))], none), []);
  });

  it("is still a yes beside a policy that is not known yet", async () => {
    const beside = inlinePolicyOfSet("more", unknownFrom("ops"), unknownFrom("bucket"));
    assert.deepEqual(await toldBy(id, [...admin("ops"), beside], none), ["mandatory: ops"]);
  });

  it("judges a set kept elsewhere, which can be listed by its ARN", async () => {
    const stray = [policyOfSet("all", arn, administratorAccess)];
    assert.deepEqual(await toldBy(id, stray, sanctioned), ["mandatory: all"]);
    assert.deepEqual(await toldBy(id, stray, { [id]: { sanctionedPermissionSets: [arn] } }), []);
  });

  it("sees the sets of aws-native, templates, stack sets and CloudControl", async () => {
    const native = {
      type: "aws-native:sso:PermissionSet",
      name: "ops",
      properties: { name: "ops", managedPolicies: [administratorAccess] },
    };
    const properties = { Name: "ops", InlinePolicy: JSON.parse(policy(everything)) };
    const templateBody = JSON.stringify({
      Resources: { Ops: { Type: "AWS::SSO::PermissionSet", Properties: properties } },
    });
    const template = { type: "aws:cloudformation/stack:Stack", name: "sso", properties: { templateBody } };
    const stackSet = { type: "aws:cloudformation/stackSet:StackSet", name: "sets", properties: { templateBody } };
    const control = {
      type: "aws:cloudcontrol/resource:Resource",
      name: "cc",
      properties: { typeName: "AWS::SSO::PermissionSet", desiredState: JSON.stringify(properties) },
    };
    assert.deepEqual(await toldBy(id, [native], none), ["mandatory: ops"]);
    assert.deepEqual(await toldBy(id, [template], none), ["mandatory: sso"]);
    assert.deepEqual(await toldBy(id, [stackSet], none), ["mandatory: sets"]);
    assert.deepEqual(await toldBy(id, [control], none), ["mandatory: cc"]);
  });

  it("leaves a set to the end whose boundary may be attached yet", async () => {
    const made = [permissionSet("admins"), policyOfSet("all", arn, administratorAccess)];
    assert.deepEqual(await toldBeforeCreation([...made, boundedBy(readOnly, arn)], none), []);
    assert.deepEqual(await toldBy(id, [...made, boundedBy(readOnly, arn)], none), []);
    assert.deepEqual(await toldBeforeCreation(made, none), []);
    assert.deepEqual(await toldBy(id, made, none), ["mandatory: all"]);
  });

  it("stops the grant before it exists, where its boundary came first and takes nothing away", async () => {
    const wide = [permissionSet("admins"), boundedBy(administratorAccess, arn)];
    const bound = [permissionSet("admins"), boundedBy(readOnly, arn)];
    const grant = policyOfSet("all", arn, administratorAccess);
    assert.deepEqual(await toldBeforeCreation([...wide, grant], none), [`all: mandatory ${id}`]);
    assert.deepEqual(await toldBeforeCreation([...bound, grant], none), []);
    assert.deepEqual(await toldBeforeCreation([...wide, grant], sanctioned), []);
    assert.deepEqual(await toldBeforeCreation([...wide, grant]), []);
  });

  it("stops a set before it exists that comes with its policies, and so with its boundary", async () => {
    const properties = { name: "ops", managedPolicies: [administratorAccess] };
    const whole = { type: "aws-native:sso:PermissionSet", name: "ops", properties };
    const bound = { ...whole, properties: { ...properties, permissionsBoundary: { managedPolicyArn: readOnly } } };
    assert.deepEqual(await toldBeforeCreation([whole], none), [`ops: mandatory ${id}`]);
    assert.deepEqual(await toldBeforeCreation([bound], none), []);
  });

  it("blocks nothing of an ordinary set", async () => {
    const power = "arn:aws:iam::aws:policy/PowerUserAccess";
    const set = [permissionSet("dev", { sessionDuration: "PT8H" }), policyOfSet("power", unknownFrom("dev"), power)];
    assert.deepEqual(await blockedBy(set, none), []);
  });
});
