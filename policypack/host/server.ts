import { Server, ServerCredentials } from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { PackIdentity } from "./analyzer-info";
import type { Surroundings } from "./inquiry";
import { analyzerService } from "./service";

/** A stack of 20,000 resources is over gRPC's own limit of 4 MB; this is what Pulumi's own server allows. */
const maxMessageBytes = 400 * 1024 * 1024;

/**
 * Serves the pack to the engine. The first line on stdout is the port, which the engine waits for; nothing may be
 * printed before it.
 */
export function serve(pack: PackIdentity, surroundings: Surroundings): void {
  const server = new Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(AnalyzerService, analyzerService(pack, surroundings));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      console.error(`The policy pack cannot listen on 127.0.0.1: ${error.message}`);
      process.exit(1);
    }
    process.stdout.write(`${port}\n`);
  });
}
