import assert from "node:assert/strict";
import type { IdentityOf } from "../../../cli/artefact/artefact";
import { readPreview } from "../../../cli/artefact/preview";
import { type JsonObject, UNKNOWN } from "../../../cli/pulumi/values";

const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const USER = "urn:pulumi:dev::shop::aws:iam/user:User::ann";
const PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:aws::default_7_48_0";

const identityOf: IdentityOf = () => ({
  ...{ organization: "o", project: "shop", stack: "dev" },
  ...{ config: new Map(), secretKeys: new Set(), disabledProviders: new Set() },
});
const sdks = { propertiesOf: () => ({ inputs: new Set<string>(), outputs: ["arn", "name"] }) };

const user = (inputs: JsonObject, rest: JsonObject = {}): JsonObject => ({
  ...{ urn: USER, type: "aws:iam/user:User", custom: true, inputs, provider: `${PROVIDER}::${UNKNOWN}` },
  ...rest,
});

function read(steps: readonly JsonObject[], rest: JsonObject = { changeSummary: {} }) {
  return readPreview("preview.json", { steps: [...steps], ...rest }, identityOf, sdks);
}

describe("the stack in a preview", () => {
  it("has the new state of what is made, with outputs that are not known", () => {
    const { resources } = read([{ op: "create", urn: USER, newState: user({ name: "ann" }) }]);
    const { inputs, outputs } = resources.find(({ urn }) => urn === USER) ?? assert.fail();
    assert.deepEqual([inputs, outputs], [{ name: "ann" }, { name: "ann", arn: UNKNOWN }]);
  });

  it("has the old outputs of what stays, and of an update those that nothing changes", () => {
    const oldState = user(
      { name: "ann", path: "/a/" },
      { outputs: { name: "ann", path: "/a/", arn: "arn:aws:iam::1:user/ann" } },
    );
    const outputsAfter = (op: string) => {
      const { resources } = read([{ op, urn: USER, oldState, newState: user({ name: "ann" }) }]);
      return resources.find(({ urn }) => urn === USER)?.outputs;
    };
    assert.deepEqual(outputsAfter("same"), { name: "ann", arn: "arn:aws:iam::1:user/ann" });
    assert.deepEqual(outputsAfter("update"), { name: "ann", arn: "arn:aws:iam::1:user/ann" });
    assert.deepEqual(outputsAfter("create-replacement"), { name: "ann", arn: UNKNOWN });
  });

  it("has what replaces a resource, whatever the order of the steps", () => {
    const made = { op: "create-replacement", urn: USER, oldState: user({ name: "a" }), newState: user({ name: "b" }) };
    const gone = { op: "delete-replaced", urn: USER, oldState: user({ name: "a" }) };
    const named = (steps: JsonObject[]) => read(steps).resources.map(({ inputs }) => inputs.name);
    assert.deepEqual(named([made, gone]), [undefined, "b"]);
    assert.deepEqual(named([gone, made]), [undefined, "b"]);
  });

  it("has nothing of what is deleted or only read", () => {
    const steps = [
      { op: "delete", urn: USER, oldState: user({ name: "ann" }) },
      { op: "read", urn: USER, newState: user({ name: "ann" }, { external: true }) },
    ];
    assert.deepEqual(read(steps).resources, []);
  });

  it("counts secrets as unknown, and says so", () => {
    const { resources, notSeen } = read([{ op: "create", urn: USER, newState: user({ tags: { key: "[secret]" } }) }]);
    assert.deepEqual(resources.at(-1)?.inputs, { tags: { key: UNKNOWN } });
    assert.deepEqual(notSeen, ["secrets of 1 resource, which the preview shows as [secret]: they count as unknown"]);
  });

  it("has the default provider with what the stack configures", () => {
    const config = { "aws:region": "eu-west-1", "aws:profile": "[secret]", "shop:owner": "ann" };
    const { resources } = read([{ op: "create", urn: USER, newState: user({}) }], { config, changeSummary: {} });
    assert.deepEqual(resources[0]?.urn, PROVIDER);
    assert.deepEqual(resources[1]?.provider?.inputs, { region: "eu-west-1", profile: UNKNOWN });
  });

  it("is whole where every unchanged resource is shown", () => {
    const same = { op: "same", urn: STACK, newState: { urn: STACK, type: "pulumi:pulumi:Stack", custom: false } };
    assert.equal(read([same], { changeSummary: { same: 1 } }).incomplete, undefined);
    assert.equal(
      read([same], { changeSummary: { same: 3 } }).incomplete?.because,
      "2 unchanged resources of the stack are left out",
    );
  });

  it("is not whole where the preview failed, or came to no end", () => {
    const diagnostics = [{ severity: "error", message: "error: no such region\nstack" }];
    assert.equal(read([], { changeSummary: {}, diagnostics }).incomplete?.because, "it failed: error: no such region");
    assert.equal(read([], {}).incomplete?.because, "it was ended before its summary");
  });

  it("is refused where a step is none", () => {
    assert.throws(() => read([{ urn: USER }]), { message: "preview.json: $.steps[0] is no step" });
    assert.throws(() => read([{ op: "create", urn: USER }]), { message: /\$\.steps\[0\]\.newState is no resource$/ });
  });
});
