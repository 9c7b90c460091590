import assert from "node:assert/strict";
import type { IdentityOf } from "../../../cli/artefact/artefact";
import { readExport } from "../../../cli/artefact/export";
import { type JsonObject, secret, UNKNOWN } from "../../../cli/pulumi/values";

const USER = "urn:pulumi:dev::shop::aws:iam/user:User::ann";
const PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:aws::main";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const identityOf: IdentityOf = () => ({
  ...{ organization: "o", project: "shop", stack: "dev" },
  ...{ config: new Map(), secretKeys: new Set(), disabledProviders: new Set() },
});

const user = (rest: JsonObject = {}): JsonObject => ({ urn: USER, type: "aws:iam/user:User", custom: true, ...rest });

function read(resources: readonly JsonObject[], rest: JsonObject = {}) {
  return readExport("e.json", { version: 3, deployment: { resources: [...resources], ...rest } }, identityOf);
}

describe("the stack in an export", () => {
  it("has its resources with what they were made from and by", () => {
    const provider = { urn: PROVIDER, type: "pulumi:providers:aws", custom: true, inputs: { region: "eu-west-1" } };
    const ann = user({
      ...{ inputs: { name: "ann" }, outputs: { arn: "a" }, provider: `${PROVIDER}::1`, protect: true },
      ...{ dependencies: [PROVIDER], propertyDependencies: { name: [PROVIDER] }, customTimeouts: { create: 60 } },
    });
    const [, resource] = read([provider, ann]).resources;
    assert.deepEqual(resource?.provider?.inputs, { region: "eu-west-1" });
    assert.deepEqual(resource?.propertyDependencies, new Map([["name", [PROVIDER]]]));
    assert.deepEqual([resource?.options.protect, resource?.options.timeouts.create], [true, 60]);
  });

  it("tells where a resource is made, the innermost place first", () => {
    const stackTrace = [
      { sourcePosition: "project:///node_modules/team/a.js#3,1" },
      {},
      { sourcePosition: "project:///b.ts#4,2" },
    ];
    const [resource] = read([user({ sourcePosition: "project:///node_modules/team/a.js#3,1", stackTrace })]).resources;
    assert.deepEqual(
      resource?.frames?.map(({ uri, line }) => [uri, line]),
      [
        ["project:///node_modules/team/a.js", 3],
        ["project:///node_modules/team/a.js", 3],
        ["project:///b.ts", 4],
      ],
    );
  });

  it("has none that waits for its deletion, is only read, or is a view of another", () => {
    assert.deepEqual(read([user({ delete: true }), user({ external: true }), user({ viewOf: USER })]).resources, []);
    assert.equal(read([user()]).resources.length, 1);
  });

  it("reads secrets that are shown, and counts the others as unknown", () => {
    const inputs = { password: { ...SECRET, plaintext: '"hunter2"' }, token: { ...SECRET, ciphertext: "v1:x" } };
    const { resources, notSeen } = read([user({ inputs })]);
    assert.deepEqual(resources[0]?.inputs, { password: secret("hunter2"), token: UNKNOWN });
    assert.deepEqual(notSeen, [
      "secrets of 1 resource, encrypted in the export: they count as unknown (export with --show-secrets)",
    ]);
  });

  it("is read past fields that newer versions add", () => {
    const { resources } = read([user({ snippetID: "s", extensionRef: { a: 1 } })], { snippets: [{ uuid: "u" }] });
    assert.equal(resources.length, 1);
  });

  it("may be a backend's own file", () => {
    const value = { version: 3, checkpoint: { stack: "dev", latest: { resources: [user()] } } };
    assert.equal(readExport("dev.json", value, identityOf).resources.length, 1);
  });

  it("is not whole where an operation had no known end", () => {
    assert.equal(
      read([user()], { pending_operations: [{ type: "creating" }] }).incomplete?.because,
      "1 operation on the stack had no known end",
    );
  });

  it("is refused in another version, and where a resource is none", () => {
    assert.throws(() => readExport("e.json", { version: 4, deployment: {} }, identityOf), {
      message: "e.json is an export of version 4, where version 3 is read",
    });
    assert.throws(() => read([{ type: "x" }]), { message: "e.json: $.deployment.resources[0] is no resource" });
  });
});
