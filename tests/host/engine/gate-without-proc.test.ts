import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server as NetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { credentials, Server, status } from "@grpc/grpc-js";
import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineProcess } from "../../../policypack/host/engine/engine-process";
import { listen } from "../../../policypack/host/engine/gate";
import { Refusals } from "../../../policypack/host/engine/refusals";
import { analyzerService, refusingService } from "../../../policypack/host/protocol/service";

/** The pack's own servers behind the gate, on a machine that tells of its processes in this folder. */
class Gate {
  private constructor(
    private readonly listener: NetServer,
    private readonly servers: readonly Server[],
    private readonly port: number,
    readonly refusals: Refusals,
  ) {}

  static open(proc: string): Promise<Gate> {
    const refusals = new Refusals();
    const pack = { name: "pack", version: "1.2.3", description: "A pack.", readme: () => "" };
    const [engine, strangers] = [new Server(), new Server()];
    engine.addService(
      AnalyzerService,
      analyzerService(pack, { rules: [], now: () => new Date(0), ambientKeyId: undefined }, refusals),
    );
    strangers.addService(AnalyzerService, refusingService(refusals));
    return new Promise((resolve, reject) => {
      const listener = listen(
        { engine, strangers },
        (port) => resolve(new Gate(listener, [engine, strangers], port, refusals)),
        reject,
        new EngineProcess(proc),
      );
    });
  }

  /** A client with a connection of its own. */
  client(): AnalyzerClient {
    const options = { "grpc.use_local_subchannel_pool": 1 };
    return new AnalyzerClient(`127.0.0.1:${this.port}`, credentials.createInsecure(), options);
  }

  close(): void {
    this.listener.close();
    for (const server of this.servers) server.forceShutdown();
  }
}

/** What a call is answered: the pack's version, or gRPC's code. */
function answered(client: AnalyzerClient): Promise<string> {
  return new Promise((resolve) =>
    client.getPluginInfo(new Empty(), (error, info) => {
      resolve(error === null ? info.getVersion() : (status[error.code] ?? "no code"));
    }),
  );
}

describe("connections where the machine does not tell whose they are", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "proc-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are the engine's if they are the first, and while that lasts no other is", async () => {
    const gate = await Gate.open(join(folder, "none"));
    const [engine, stranger] = [gate.client(), gate.client()];
    assert.equal(await answered(engine), "1.2.3");
    assert.equal(await answered(stranger), "PERMISSION_DENIED");
    assert.equal(await answered(engine), "1.2.3");
    assert.deepEqual(gate.refusals.all(), ["GetPluginInfo came from a process that is not the engine"]);
    for (const client of [engine, stranger]) client.close();
    gate.close();
  });

  it("are the engine's again when it comes back after its first one ended", async () => {
    const gate = await Gate.open(join(folder, "none"));
    const first = gate.client();
    assert.equal(await answered(first), "1.2.3");
    first.close();
    await pause(200);
    const second = gate.client();
    assert.equal(await answered(second), "1.2.3");
    second.close();
    gate.close();
  });

  it("are judged the same where sockets are told and who holds them is hidden", async () => {
    // This process is started by the engine's address; that its parent holds the socket of it cannot be seen.
    mkdirSync(join(folder, "self"));
    mkdirSync(join(folder, "net"));
    writeFileSync(join(folder, "self/cmdline"), "node\0pack\x00127.0.0.1:50000\0");
    writeFileSync(join(folder, "self/stat"), "2 (node) S 1 2 2 0");
    writeFileSync(join(folder, "net/tcp"), "sl local\n 0: 0100007F:C350 00000000:0000 0A 0:0 0:0 0 0 0 777\n");
    const gate = await Gate.open(folder);
    const [engine, stranger] = [gate.client(), gate.client()];
    assert.equal(await answered(engine), "1.2.3");
    assert.equal(await answered(stranger), "PERMISSION_DENIED");
    for (const client of [engine, stranger]) client.close();
    gate.close();
  });
});
