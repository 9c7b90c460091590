import type { MethodDefinition } from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { deepestRead } from "../outgoing/nesting";

/** The fields of a message in which values lie, by their numbers (`analyzer.proto` of Pulumi, `struct.proto` of Protocol Buffers). */
const messages = {
  stack: { 1: "resource" },
  // An AnalyzeRequest and an AnalyzerResource have their properties and their provider at the same numbers.
  resource: { 2: "struct", 6: "provider" },
  provider: { 2: "struct" },
  struct: { 1: "entry" },
  entry: { 2: "value" },
  value: { 5: "struct", 6: "list" },
  list: { 1: "value" },
} as const satisfies Readonly<Record<string, Readonly<Record<number, string>>>>;

export type MessageKind = keyof typeof messages;

/** Deep enough that what is left is seen to be too deep, and not so deep that the generated classes, which call themselves, fail. */
const deepestKept = deepestRead + 20;

/** A list in a list takes at least so many bytes for each level. */
const leastBytesOfLevel = 4;

/** The mark of a value that is not known, as the one value of a `Value`. */
const unknownValue = Buffer.concat([Buffer.from([0x1a, 36]), Buffer.from("04da6b54-80e4-46f7-96ec-b56ff0331ba9")]);

/** A field of no message, whose length is written with as many bytes as it may have. */
const paddingHead = 6;

/**
 * Replaces what lies deeper in a message than can be read by the mark of a value that is not known, in place: the generated classes
 * call themselves for each level, and the engine's own limit is six times as far as the stack of a process reaches.
 *
 * @returns whether anything in the message is deeper than is read
 */
export function cutDeepValues(bytes: Uint8Array, kind: MessageKind): boolean {
  let isDeep = false;
  const rest: { kind: MessageKind; start: number; end: number; depth: number }[] = [
    { kind, start: 0, end: bytes.length, depth: 0 },
  ];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { start, end, depth } = next;
    if (depth > deepestRead) isDeep = true;
    if (depth > deepestKept && next.kind === "value" && end - start >= unknownValue.length + paddingHead) {
      overwrite(bytes, start, end);
      continue;
    }
    // So short a message cannot reach that far; nearly all of a stack's are.
    if (end - start < (deepestRead - depth) * leastBytesOfLevel) continue;
    const kinds: Readonly<Record<number, MessageKind>> = messages[next.kind];
    for (const field of fieldsOf(bytes, start, end)) {
      const inside = kinds[field.number];
      if (inside === undefined) continue;
      const isLevel = inside === "struct" || inside === "list";
      rest.push({ kind: inside, start: field.start, end: field.end, depth: isLevel ? depth + 1 : depth });
    }
  }
  return isDeep;
}

function overwrite(bytes: Uint8Array, start: number, end: number): void {
  bytes.set(unknownValue, start);
  const at = start + unknownValue.length;
  const length = end - at - paddingHead;
  // Field 15 of wire type 2.
  bytes[at] = 0x7a;
  for (const place of [0, 1, 2, 3, 4])
    bytes[at + 1 + place] = ((length >>> (7 * place)) & 0x7f) | (place < 4 ? 0x80 : 0);
  bytes.fill(0, at + paddingHead, end);
}

interface Field {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** The fields of a message that have a length ("Encoding", Protocol Buffers documentation); none behind one that is broken. */
function* fieldsOf(bytes: Uint8Array, start: number, end: number): Iterable<Field> {
  let at = start;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; at < end; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < end) {
    const tag = varint();
    switch (tag % 8) {
      case 0:
        varint();
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        if (at + length > end) return;
        yield { number: Math.floor(tag / 8), start: at, end: at + length };
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        return;
    }
  }
}

const deepRequests = new WeakSet<object>();

/** Whether a request came with values that lie deeper than is read. */
export function hasDeepValues(request: object): boolean {
  return deepRequests.has(request);
}

/** A method whose requests may be as deep as they like: what cannot be read is cut, and remembered. */
function deepSafe<Request extends object, Response>(
  method: MethodDefinition<Request, Response>,
  kind: MessageKind,
): MethodDefinition<Request, Response> {
  return {
    ...method,
    requestDeserialize: (bytes) => {
      const isDeep = cutDeepValues(bytes, kind);
      const request = method.requestDeserialize(bytes);
      if (isDeep) deepRequests.add(request);
      return request;
    },
  };
}

/** `pulumirpc.Analyzer`, for requests however deep. */
export const deepSafeAnalyzer = {
  ...AnalyzerService,
  analyze: deepSafe(AnalyzerService.analyze, "resource"),
  remediate: deepSafe(AnalyzerService.remediate, "resource"),
  analyzeStack: deepSafe(AnalyzerService.analyzeStack, "stack"),
};
