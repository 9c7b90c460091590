import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import { organizationPolicy } from "../../../policypack/rules/authoring/example-resources";
import { preview, toldBeforeCreation, toldBy } from "../told";

const id = "scp-size";
const frame = '{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Deny","Action":"iam:*","Resource":"*"}]}';

/** A service control policy in compact JSON with just so many characters; the Sid is as long as it takes. */
function scpOf(characters: number, letter = "a"): string {
  return frame.replace('"Sid":""', `"Sid":"${letter.repeat(characters - 97)}"`);
}

function nativePolicy(content: unknown): ExampleResource {
  return {
    type: "aws-native:organizations:Policy",
    name: "scp",
    properties: { name: "scp", type: "SERVICE_CONTROL_POLICY", content },
  };
}

async function messageFor(content: string): Promise<string> {
  const told = (await preview([organizationPolicy("scp", content)])).filter(({ policy }) => policy === id);
  return told.map(({ message }) => message.replace(/\s+/g, " ")).join("\n");
}

describe("scp-size", () => {
  it("counts from texts of known length", () => {
    assert.equal(frame.length, 97);
    assert.equal(scpOf(5120).length, 5120);
  });

  it("advises above 5,120 characters and blocks above 10,240", async () => {
    assert.deepEqual(await toldBy(id, [organizationPolicy("scp", scpOf(5120))]), []);
    assert.deepEqual(await toldBy(id, [organizationPolicy("scp", scpOf(5121))]), ["advisory: scp"]);
    assert.deepEqual(await toldBy(id, [organizationPolicy("scp", scpOf(10240))]), ["advisory: scp"]);
    assert.deepEqual(await toldBy(id, [organizationPolicy("scp", scpOf(10241))]), ["mandatory: scp"]);
  });

  it("counts characters, not the halves that a language makes of some", async () => {
    assert.deepEqual(await toldBy(id, [organizationPolicy("scp", scpOf(5120, "𝒂"))]), []);
  });

  it("takes a lower limit from the configuration", async () => {
    const config = { [id]: { maxCharacters: 5120 } };
    assert.deepEqual(await toldBy(id, [organizationPolicy("scp", scpOf(5120))], config), []);
    assert.deepEqual(await toldBy(id, [organizationPolicy("scp", scpOf(5121))], config), ["mandatory: scp"]);
  });

  it("says who refuses it", async () => {
    assert.match(await messageFor(scpOf(10241)), /Why: AWS refuses it/);
    assert.match(await messageFor(scpOf(5121)), /Why: 5,120 is what every organization takes/);
    const told = await preview([organizationPolicy("scp", scpOf(200))], { [id]: { maxCharacters: 150 } });
    assert.match(
      told.map(({ message }) => message).join("\n"),
      /Why: The option maxCharacters of this rule allows no more\./,
    );
  });

  it("says how long it would be as compact JSON", async () => {
    const indented = `${scpOf(5000).slice(0, -1)}${" ".repeat(1000)}}`;
    assert.match(await messageFor(indented), /has 6000 characters, more than 5120.* it has 5000 characters\./);
    assert.match(await messageFor(scpOf(6000)), /Fix: Shorten its lists/);
    assert.match(await messageFor(`${scpOf(6000)}\n`), /it has 6000 characters, which is still too long/);
  });

  it("counts an object of aws-native as the compact JSON that is sent", async () => {
    assert.deepEqual(await toldBy(id, [nativePolicy(JSON.parse(scpOf(5120)))]), []);
    assert.deepEqual(await toldBy(id, [nativePolicy(JSON.parse(scpOf(10241)))]), ["mandatory: scp"]);
  });

  it("counts those of templates and of CloudControl", async () => {
    const properties = { Name: "scp", Type: "SERVICE_CONTROL_POLICY", Content: JSON.parse(scpOf(10241)) };
    const templateBody = JSON.stringify({
      Resources: { Scp: { Type: "AWS::Organizations::Policy", Properties: properties } },
    });
    const desiredState = JSON.stringify(properties);
    const doors: readonly ExampleResource[] = [
      { type: "aws:cloudformation/stack:Stack", name: "stack", properties: { name: "stack", templateBody } },
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "control",
        properties: { typeName: "AWS::Organizations::Policy", desiredState },
      },
    ];
    assert.deepEqual(await toldBy(id, doors), ["mandatory: stack", "mandatory: control"]);
  });

  it("waits for content and types that are not known yet", async () => {
    assert.deepEqual(await toldBy(id, [organizationPolicy("scp", unknownFrom("bucket"))]), ["advisory?: scp"]);
    const policy = organizationPolicy("scp", scpOf(10241), { type: unknownFrom("settings") });
    assert.deepEqual(await toldBy(id, [policy]), ["advisory?: scp"]);
  });

  it("leaves other types of policies alone", async () => {
    const policy = organizationPolicy("rcp", scpOf(10241), { type: "RESOURCE_CONTROL_POLICY" });
    assert.deepEqual(await toldBy(id, [policy]), []);
  });

  it("stops an update before the policy is made", async () => {
    assert.deepEqual(await toldBeforeCreation([organizationPolicy("scp", scpOf(10241))]), ["scp: mandatory scp-size"]);
  });
});
