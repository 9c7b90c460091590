import * as grpc from "@grpc/grpc-js";
import { messageOf } from "../terminal/failure";

/** The limit that the engine and policy packs use for a message; a large stack travels as one. */
const MESSAGE_LIMIT = 400 * 1024 * 1024;

export const CHANNEL_OPTIONS: grpc.ChannelOptions = {
  "grpc.max_receive_message_length": MESSAGE_LIMIT,
  "grpc.max_send_message_length": MESSAGE_LIMIT,
};

/** A server method out of a function; what the function throws reaches the caller as the call's error. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (thrown: unknown) => callback({ code: grpc.status.UNKNOWN, details: messageOf(thrown) }),
      );
  };
}

/** Serves on a free port of the loopback interface and returns its address. */
export function listen(server: grpc.Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(`127.0.0.1:${port}`);
      else reject(error);
    });
  });
}

/**
 * Calls a method by its definition. The clients that @pulumi/pulumi generates refuse credentials made by another copy of
 * the gRPC library, and the program's or the pack's copy is often another one.
 */
export function call<Request, Response>(
  client: grpc.Client,
  method: grpc.MethodDefinition<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      (error, value) => {
        if (error === null && value !== undefined) resolve(value);
        else reject(error ?? new Error(`${method.path} answered nothing`));
      },
    );
  });
}

export function connect(address: string): grpc.Client {
  return new grpc.Client(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
}

/** Whether a call failed because the other side does not know the method. */
export function isUnimplemented(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === grpc.status.UNIMPLEMENTED;
}
