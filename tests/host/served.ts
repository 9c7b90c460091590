import type { ChildProcess } from "node:child_process";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";

/** Most bytes of a message; the same both ways. */
const limit = 400 * 1024 * 1024;

/** A pack that serves as a process of its own. */
export interface Served {
  readonly client: AnalyzerClient;
  /** What it has written until now. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  stop(): void;
}

/** Waits until the process has said at which port it serves. */
export async function served(child: ChildProcess): Promise<Served> {
  let [stdout, stderr] = ["", ""];
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The pack ended with ${code}: ${stderr}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes("\n")) resolve(stdout.split("\n", 1)[0] ?? "");
    });
  });
  const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
    "grpc.max_receive_message_length": limit,
    "grpc.max_send_message_length": limit,
  });
  return {
    client,
    stdout: () => stdout,
    stderr: () => stderr,
    stop: () => {
      client.close();
      child.kill();
    },
  };
}
