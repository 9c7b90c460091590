import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest, ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { call, connect } from "../../cli/pulumi/rpc";
import type { BenchPack } from "./packs";

/** Milliseconds from when a pack is configured until a program has registered its first resource: less than any takes. */
const PROGRAM_STARTS = 500;

/** A policy pack in a process of its own, as the engine starts it for one run. */
export interface ServedPack {
  readonly client: grpc.Client;
  /** Milliseconds from the start of its process until it can be asked. */
  readonly boot: number;
  /** MiB of memory that its process had at most; undefined where the system does not tell. */
  peakMemory(): number | undefined;
  end(): void;
}

/** Starts a pack and announces a run to it: a preview, or an update. */
export async function serve({ name, command, folder }: BenchPack, isPreview = true): Promise<ServedPack> {
  const started = performance.now();
  const [file = "", ...args] = command;
  // Its input stays open: a pack that outlives its engine ends when that closes.
  const child = spawn(file, args, { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
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
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the pack ${name} ended with ${code}\n${errors}`)));
  });
  const boot = performance.now() - started;
  const client = connect(`127.0.0.1:${port}`);
  await call(client, AnalyzerService.getAnalyzerInfo, new Empty());
  await call(client, AnalyzerService.configureStack, announcement(isPreview));
  await call(client, AnalyzerService.configure, new ConfigureAnalyzerRequest());
  await setTimeout(PROGRAM_STARTS);
  return {
    client,
    boot,
    peakMemory: () => peakMemoryOf(child.pid),
    end() {
      client.close();
      child.removeAllListeners("exit");
      child.kill();
    },
  };
}

function announcement(isPreview: boolean): AnalyzerStackConfigureRequest {
  const request = new AnalyzerStackConfigureRequest();
  request.setStack("dev");
  request.setProject("shop");
  request.setDryRun(isPreview);
  return request;
}

function peakMemoryOf(pid: number | undefined): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}
