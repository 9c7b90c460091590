import { createServer, type Server as NetServer, type Socket } from "node:net";
import { type Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineProcess, type Peers } from "./engine-process";

/** Strangers are heard so that what they want can be named, but few at a time and not for long. */
const strangersAtOnce = 4;
const strangerMilliseconds = 5_000;

export interface Servers {
  /** Serves the engine. */
  readonly engine: Server;
  /** Answers everybody else. */
  readonly strangers: Server;
}

/**
 * Listens on a free port of the loopback interface, which any process of the machine can find. A connection goes to the pack's
 * service only if it is the engine's: where the machine tells, by the process that holds it; elsewhere the first one is the
 * engine's, as it connects before it starts a program, and while that lasts no other is.
 *
 * @param peers what the machine tells
 * @returns what listens, for whoever wants to end it
 */
export function listen(
  servers: Servers,
  onPort: (port: number) => void,
  onError: (error: Error) => void,
  peers: Peers = new EngineProcess(),
): NetServer {
  const credentials = ServerCredentials.createInsecure();
  const forEngine = servers.engine.createConnectionInjector(credentials);
  const forStrangers = servers.strangers.createConnectionInjector(credentials);
  const admitted = new Set<Socket>();
  const strangers = new Set<Socket>();
  let port = 0;

  const listener = createServer({ noDelay: true }, (socket) => {
    const peer = peers.peerAt(socket.remotePort ?? 0, port);
    if (peer === "engine" || (peer === "unknown" && admitted.size === 0)) {
      admit(socket, admitted);
      forEngine.injectConnection(socket);
    } else if (strangers.size < strangersAtOnce) {
      admit(socket, strangers);
      const timer = setTimeout(() => socket.destroy(), strangerMilliseconds);
      socket.once("close", () => clearTimeout(timer));
      forStrangers.injectConnection(socket);
    } else {
      socket.destroy();
    }
  });
  listener.once("error", onError);
  listener.listen({ host: "127.0.0.1", port: 0 }, () => {
    const address = listener.address();
    if (address === null || typeof address === "string") return onError(new Error("it has no port"));
    port = address.port;
    onPort(port);
  });
  return listener;
}

function admit(socket: Socket, into: Set<Socket>): void {
  into.add(socket);
  socket.once("close", () => into.delete(socket));
}
