import assert from "node:assert/strict";
import { DeploymentInfo, ReadResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { BinaryReader, BinaryWriter } from "google-protobuf";
import { isSupported, MONITOR_SERVICE, MonitorInvokeResponse } from "../../../cli/offline/monitor-service";

function serialized(method: string, response: unknown): Buffer {
  const definition = MONITOR_SERVICE[method];
  assert.ok(definition);
  return definition.responseSerialize(response);
}

/** Text and booleans of a message by field number. */
function fieldsOf(bytes: Buffer): Record<number, string | boolean> {
  const fields: Record<number, string | boolean> = {};
  const reader = new BinaryReader(bytes);
  while (reader.nextField()) {
    const isFlag = reader.getWireType() === 0;
    fields[reader.getFieldNumber()] = isFlag ? reader.readBool() : reader.readString();
  }
  return fields;
}

describe("what the monitor tells programs on any SDK", () => {
  it("is where they run, with which configuration, and what it offers", () => {
    const info = DeploymentInfo.deserializeBinary(
      serialized("getDeploymentInfo", {
        ...{ organization: "acme", project: "shop", stack: "dev" },
        config: new Map([
          ["aws:region", "eu-west-1"],
          ["shop:token", "t"],
        ]),
        secretKeys: new Set(["shop:token"]),
      }),
    );
    assert.deepEqual(info.toObject(), {
      ...{ organization: "acme", project: "shop", stack: "dev", dryrun: true, parallel: 0 },
      configMap: [
        ["aws:region", "eu-west-1"],
        ["shop:token", "t"],
      ],
      configsecretkeysList: ["shop:token"],
      supportedfeaturesList: [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16],
    });
  });

  it("is the same offer to those who ask by name", () => {
    assert.deepEqual(["secrets", "transforms", "errorHooks"].map(isSupported), [true, true, true]);
    assert.deepEqual(["resourceReferences", "registerResourceOutputValues"].map(isSupported), [false, false]);
  });

  it("is the id of what they read, which older SDKs skip", () => {
    const message = new ReadResourceResponse().setUrn("urn:x");
    const bytes = serialized("readResource", { message, id: "alice" });
    assert.deepEqual(fieldsOf(bytes), { 1: "urn:x", 5: "alice" });
    assert.equal(ReadResourceResponse.deserializeBinary(bytes).getUrn(), "urn:x");
  });

  it("is that nobody knows whether something exists", () => {
    const writer = new BinaryWriter();
    writer.writeString(1, "aws:iam/user:User");
    writer.writeString(2, "alice");
    writer.writeBytes(4, Uint8Array.of(1, 2));
    writer.writeString(6, "7.48.0");
    writer.writeBool(99, true);
    const request = MONITOR_SERVICE.existsResource?.requestDeserialize(Buffer.from(writer.getResultBuffer()));
    assert.deepEqual(request, {
      ...{ type: "aws:iam/user:User", id: "alice", provider: "", version: "7.48.0", downloadUrl: "", packageRef: "" },
    });
    assert.deepEqual(fieldsOf(serialized("existsResource", { isUnknown: true })), { 2: true });
  });

  it("is an answer of the class that this SDK's own service writes", () => {
    assert.equal(serialized("invoke", new MonitorInvokeResponse()).length, 0);
  });
});
