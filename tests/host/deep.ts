import { AnalyzeRequest, AnalyzerResource, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { type Registered, urnOf } from "./requests";

/** A field with a length, as it is on the wire ("Encoding", Protocol Buffers documentation). */
function field(number: number, content: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = content.length; ; rest = Math.floor(rest / 128)) {
    length.push((rest % 128) | (rest > 127 ? 128 : 0));
    if (rest <= 127) return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), content]);
  }
}

/** A `Value` of lists or objects within one another around a text, which the generated classes could not write. */
function nestedValue(levels: number, as: "lists" | "objects", innermost: string): Buffer {
  let value = field(3, Buffer.from(innermost));
  for (let level = 0; level < levels; level++) {
    value = as === "lists" ? field(6, field(1, value)) : field(5, field(1, entry("a", value)));
  }
  return value;
}

function entry(key: string, value: Buffer): Buffer {
  return Buffer.concat([field(1, Buffer.from(key)), field(2, value)]);
}

export interface Deep {
  readonly property: string;
  readonly levels: number;
  readonly as: "lists" | "objects";
  readonly innermost?: string;
}

function propertiesWith(inputs: Registered["inputs"], deep: Deep): Buffer {
  const plain = Object.entries(inputs).map(([key, text]) => field(1, entry(key, field(3, Buffer.from(String(text))))));
  return Buffer.concat([
    ...plain,
    field(1, entry(deep.property, nestedValue(deep.levels, deep.as, deep.innermost ?? "x"))),
  ]);
}

/** The bytes of what the engine sends before it makes a resource, whose inputs are texts, with one more that is nested. */
export function deepAnalyzeRequest({ type, name, inputs }: Registered, deep: Deep): Buffer {
  const message = new AnalyzeRequest().setType(type).setName(name).setUrn(urnOf(type, name));
  return Buffer.concat([message.serializeBinary(), field(2, propertiesWith(inputs, deep))]);
}

/** The same at the end of a run, for a stack of this one resource. */
export function deepStackRequest({ type, name, inputs }: Registered, deep: Deep): Buffer {
  const message = new AnalyzerResource().setType(type).setName(name).setUrn(urnOf(type, name));
  const resource = Buffer.concat([message.serializeBinary(), field(2, propertiesWith(inputs, deep))]);
  return Buffer.concat([new AnalyzeStackRequest().serializeBinary(), field(1, resource)]);
}
