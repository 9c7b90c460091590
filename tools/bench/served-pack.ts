import { spawn } from "node:child_process";
import type * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { call, connect } from "../../cli/pulumi/rpc";

/** A policy pack in a process of its own, as the engine starts it. */
export interface ServedPack {
  readonly client: grpc.Client;
  end(): void;
}

export async function serve(directory: string): Promise<ServedPack> {
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const child = spawn(process.execPath, [runner, "127.0.0.1:1", directory], { cwd: directory });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const port = await new Promise<string>((resolve, reject) => {
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      if (printed.includes("\n")) resolve(printed.trim());
    });
    child.once("exit", (code) => reject(new Error(`the pack in ${directory} ended with ${code}\n${errors}`)));
  });
  const client = connect(`127.0.0.1:${port}`);
  await call(client, AnalyzerService.getAnalyzerInfo, new Empty());
  await call(client, AnalyzerService.configure, new ConfigureAnalyzerRequest());
  return {
    client,
    end() {
      client.close();
      child.removeAllListeners("exit");
      child.kill();
    },
  };
}
