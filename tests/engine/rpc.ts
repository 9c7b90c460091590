import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A value as it crosses the wire in a google.protobuf.Struct. */
export type Wire = null | boolean | number | string | Wire[] | { [key: string]: Wire };
export type WireMap = { [key: string]: Wire };

/** What stands for "not known yet": one sentinel for each type (Pulumi, sdk/go/common/resource/plugin/rpc.go). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS = new Set<Wire>([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Whether the value is a sentinel, or holds one anywhere inside. */
export function holdsUnknown(value: Wire): boolean {
  if (UNKNOWNS.has(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

export function isUnknown(value: Wire): boolean {
  return UNKNOWNS.has(value);
}

export function isMap(value: Wire | undefined): value is WireMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function fromStruct(struct: Struct | undefined): WireMap {
  return (struct?.toJavaScript() ?? {}) as WireMap;
}

export function toStruct(values: WireMap): Struct {
  return Struct.fromJavaScript(values);
}

/** An answer to one request; what it throws reaches the engine as the message of the error. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return async (call, callback) => {
    try {
      callback(null, await answer(call.request));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      callback({ code: grpc.status.UNKNOWN, message });
    }
  };
}

/** Serves a plugin the way the engine expects it: on a free port of this host, which is the first line on stdout. */
export async function servePlugin(
  service: grpc.ServiceDefinition,
  handlers: grpc.UntypedServiceImplementation,
): Promise<void> {
  const megabytes400 = 400 * 1024 * 1024;
  const server = new grpc.Server({
    "grpc.max_receive_message_length": megabytes400,
    "grpc.max_send_message_length": megabytes400,
  });
  server.addService(service, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  console.log(port);
  endWithParent();
}

/** A killed engine cannot stop its plugins. */
function endWithParent(): void {
  const parent = process.ppid;
  // One that was killed before this line ran has left this process to the first of all.
  setInterval(() => (process.ppid !== parent || process.ppid === 1) && process.exit(1), 2000).unref();
}
