import { Server } from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { loadTables } from "../../iam";
import { listen } from "../engine/gate";
import { Refusals } from "../engine/refusals";
import type { Environment } from "../evaluation/evaluate";
import type { PackIdentity } from "./analyzer-info";
import { analyzer, analyzerService, refusingService } from "./service";

/** A stack of 20,000 resources is over gRPC's own limit of 4 MB; this is what Pulumi's own server allows. */
const maxMessageBytes = 400 * 1024 * 1024;

/** Enough to hear what a stranger wants. */
const maxStrangerBytes = 1024 * 1024;

/**
 * Serves the pack to the engine. The first line on stdout is the port, which the engine waits for; nothing may be
 * printed before it.
 */
export function serve(pack: PackIdentity, environment: Environment): void {
  const refusals = new Refusals();
  const engine = new Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
    // Statistics of every call, which nobody here asks for.
    "grpc.enable_channelz": 0,
  });
  const service = analyzerService(pack, environment, refusals);
  engine.addService(analyzer, {
    ...service,
    configure: (call, callback) => {
      service.configure(call, callback);
      // The engine starts the program now, and asks for nothing before that has registered its first resource.
      setImmediate(loadTables);
    },
  } satisfies typeof service);
  const strangers = new Server({
    "grpc.max_receive_message_length": maxStrangerBytes,
    "grpc.max_concurrent_streams": 1,
  });
  strangers.addService(AnalyzerService, refusingService(refusals));
  listen(
    { engine, strangers },
    (port) => process.stdout.write(`${port}\n`),
    (error) => {
      console.error(`The policy pack cannot listen on 127.0.0.1: ${error.message}`);
      process.exit(1);
    },
  );
}
