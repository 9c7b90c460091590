import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import { organizationPolicy, policy, policyTarget } from "../../../policypack/rules/authoring/example-resources";
import { toldBy } from "../told";

const id = "scp-attached";
const stay = organizationPolicy(
  "stay",
  policy({ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }),
);

function native(name: string, more: Readonly<Record<string, unknown>>): ExampleResource {
  const properties = {
    name,
    type: "SERVICE_CONTROL_POLICY",
    content: { Version: "2012-10-17", Statement: [] },
    ...more,
  };
  return { type: "aws-native:organizations:Policy", name, properties };
}

function template(more: Readonly<Record<string, unknown>>): ExampleResource {
  const Properties = { Name: "stay", Type: "SERVICE_CONTROL_POLICY", Content: { Statement: [] }, ...more };
  const templateBody = JSON.stringify({ Resources: { Stay: { Type: "AWS::Organizations::Policy", Properties } } });
  return { type: "aws:cloudformation/stack:Stack", name: "stack", properties: { name: "stack", templateBody } };
}

describe("scp-attached", () => {
  it("passes a policy with an attachment, wherever that stands in the stack", async () => {
    const attachment = policyTarget("there", unknownFrom("stay"), "ou-a1b2-c3d4e5f6");
    assert.deepEqual(await toldBy(id, [stay, attachment]), []);
    assert.deepEqual(await toldBy(id, [attachment, stay]), []);
    assert.deepEqual(await toldBy(id, [stay]), ["advisory: stay"]);
  });

  it("passes one whose id is known, as after an update", async () => {
    const made = {
      ...stay,
      outputs: { arn: "arn:aws:organizations::111122223333:policy/o-a1/service_control_policy/p-9f8e7d" },
    };
    assert.deepEqual(await toldBy(id, [made, policyTarget("there", "p-9f8e7d", "r-a1b2")]), []);
    assert.deepEqual(await toldBy(id, [made, policyTarget("there", "p-FullAWSAccess", "r-a1b2")]), ["advisory: stay"]);
  });

  it("reads the targets that a policy of aws-native and of a template names itself", async () => {
    assert.deepEqual(await toldBy(id, [native("one", { targetIds: ["r-a1b2"] })]), []);
    assert.deepEqual(await toldBy(id, [native("one", { targetIds: unknownFrom("root") })]), []);
    assert.deepEqual(await toldBy(id, [native("one", { targetIds: [] })]), ["advisory: one"]);
    assert.deepEqual(await toldBy(id, [native("one", {})]), ["advisory: one"]);
    assert.deepEqual(await toldBy(id, [template({ TargetIds: ["r-a1b2"] })]), []);
    assert.deepEqual(await toldBy(id, [template({})]), ["advisory: stack"]);
  });

  it("waits where an attachment may be meant for it", async () => {
    const other = policyTarget("there", unknownFrom("lookup"), "r-a1b2");
    assert.deepEqual(await toldBy(id, [stay, other]), ["unsaid?: stay"]);
  });

  it("waits for a type that is not known yet, and leaves other types alone", async () => {
    const open = organizationPolicy("open", "{}", { type: unknownFrom("settings") });
    assert.deepEqual(await toldBy(id, [open]), ["unsaid?: open"]);
    assert.deepEqual(await toldBy(id, [organizationPolicy("tags", "{}", { type: "TAG_POLICY" })]), []);
  });

  it("blocks when it is raised", async () => {
    assert.deepEqual(await toldBy(id, [stay], { [id]: "mandatory" }), ["mandatory: stay"]);
  });
});
