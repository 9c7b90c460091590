import { deepEqual, equal, throws } from "node:assert/strict";
import { AnalyzeRequest, AnalyzerResource, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { readAnalyzeRequest, readAnalyzeStackRequest } from "../../../policypack/host/protocol/requests";
import { readStruct } from "../../../policypack/host/protocol/wire";
import { analyzeRequest, type Fields, stackRequest, urnOf } from "../requests";

const bytesOf = (fields: Fields) => Buffer.from(Struct.fromJavaScript(fields).serializeBinary());

/** A field with a length ("Encoding", Protocol Buffers documentation), of less than 128 bytes. */
const field = (number: number, ...content: Buffer[]) => {
  const bytes = Buffer.concat(content);
  return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
};
const text = (value: string) => field(3, Buffer.from(value));
const entry = (key: string, value: Buffer) => field(1, field(1, Buffer.from(key)), field(2, value));

describe("a struct read from its bytes", () => {
  it("says what was written into it, whatever that is", () => {
    const { value } = fc.letrec<{ value: Fields[string] }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: "grapheme" }),
        fc.double({ noNaN: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value, { noNullPrototype: true }), (fields) => {
        // The generated classes lose a field of this name.
        fc.pre(!JSON.stringify(fields).includes("__proto__"));
        deepEqual(readStruct(bytesOf(fields)), { fields, unread: [] });
      }),
    );
  });

  it("keeps texts of more bytes than one byte counts, and of letters of more than one byte", () => {
    const fields = { long: "x".repeat(70_000), wide: "Prüfung 検査 🔑" };
    deepEqual(readStruct(bytesOf(fields)).fields, fields);
  });

  it("gives a field that is there twice its last value", () => {
    deepEqual(readStruct(Buffer.concat([entry("a", text("1")), entry("a", text("2"))])).fields, { a: "2" });
  });

  it("takes a field that is called like the prototype for a field", () => {
    const { fields } = readStruct(entry("__proto__", text("x")));
    deepEqual(Object.entries(fields), [["__proto__", "x"]]);
    equal(Object.getPrototypeOf(fields), Object.prototype);
  });

  it("passes over what newer protocols may bring", () => {
    const later = Buffer.concat([Buffer.from([0x78, 0x01]), field(14, Buffer.from("new")), entry("a", text("1"))]);
    deepEqual(readStruct(later).fields, { a: "1" });
  });

  it("is an error where the bytes are broken off, at every place but between two fields", () => {
    const bytes = bytesOf({ a: { b: ["c", 1, true] } });
    for (let length = 1; length < bytes.length; length++) {
      throws(() => readStruct(bytes.subarray(0, length)), /^Error: a message of the engine is broken/);
    }
  });
});

describe("requests read from their bytes", () => {
  const provider = {
    urn: urnOf("pulumi:providers:aws", "p"),
    type: "pulumi:providers:aws",
    name: "p",
    inputs: { region: "eu-west-1" },
  };
  const role = { type: "aws:iam/role:Role", name: "worker", inputs: { name: "worker" }, provider };

  it("say of a resource what the generated classes say", () => {
    const message = analyzeRequest(role);
    const read = readAnalyzeRequest(Buffer.from(message.serializeBinary()));
    deepEqual([read.urn, read.type, read.name], [message.getUrn(), message.getType(), message.getName()]);
    equal(read.parent, message.getOptions()?.getParent());
    deepEqual(read.properties && readStruct(read.properties).fields, role.inputs);
    equal(read.provider?.urn, provider.urn);
    deepEqual(read.provider?.properties && readStruct(read.provider.properties).fields, provider.inputs);
  });

  it("say of a stack's resources what the generated classes say", () => {
    const message = stackRequest([{ ...role, from: { name: [provider.urn, "urn:b"] } }]);
    const read = readAnalyzeStackRequest(Buffer.from(message.serializeBinary()));
    deepEqual(
      read.map(({ urn, parent, dependencies }) => ({ urn, parent, dependencies })),
      message.getResourcesList().map((each) => ({
        urn: each.getUrn(),
        parent: each.getParent(),
        dependencies: each.getDependenciesList(),
      })),
    );
  });

  it("have no properties and no provider where none are sent", () => {
    const bare = readAnalyzeRequest(Buffer.from(new AnalyzeRequest().setUrn("urn:x").serializeBinary()));
    deepEqual([bare.urn, bare.properties, bare.provider, bare.parent], ["urn:x", undefined, undefined, ""]);
    const [first, ...rest] = readAnalyzeStackRequest(
      Buffer.from(new AnalyzeStackRequest().setResourcesList([new AnalyzerResource()]).serializeBinary()),
    );
    equal(first?.urn, "");
    equal(rest.length, 0);
  });
});
