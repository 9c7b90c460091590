import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { toldBy } from "../asked";
import { analyzeRequest, type Registered, stackRequest } from "../requests";

const root = join(__dirname, "..", "..", "..");
const group: Registered = { type: "aws:iam/group:Group", name: "admins", inputs: { name: "admins", path: "/" } };

/** The pack as a process, whose engine this test is: it listens at the engine's address and starts the pack. */
class Served {
  private constructor(
    private readonly engine: Server,
    private readonly process: ChildProcess,
    readonly port: string,
  ) {}

  /** @param isKnown whether the pack is told an address at which this test listens */
  static async start(isKnown: boolean): Promise<Served> {
    const engine = createServer();
    await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
    const address = engine.address();
    const port = isKnown && typeof address === "object" && address !== null ? address.port : 1;
    const pack = join(root, "policypack");
    const runner = join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    const process_ = spawn(process.execPath, [runner, `127.0.0.1:${port}`, pack], { cwd: pack });
    const line = await new Promise<string>((resolve, reject) => {
      process_.once("exit", (code) => reject(new Error(`The pack ended with ${code}`)));
      process_.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
    });
    return new Served(engine, process_, line);
  }

  client(): AnalyzerClient {
    return new AnalyzerClient(`127.0.0.1:${this.port}`, credentials.createInsecure(), {
      // A connection of its own for each client.
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  stop(): void {
    this.process.kill();
    this.engine.close();
  }
}

function analyze(client: AnalyzerClient): Promise<AnalyzeResponse> {
  return new Promise((resolve, reject) =>
    client.analyze(analyzeRequest(group), (error, response) => (error ? reject(error) : resolve(response))),
  );
}

function end(client: AnalyzerClient): Promise<AnalyzeResponse> {
  return new Promise((resolve, reject) =>
    client.analyzeStack(stackRequest([group]), (error, response) => (error ? reject(error) : resolve(response))),
  );
}

/** What gRPC answered another process's calls. */
async function stranger(port: string, calls: number): Promise<string> {
  const script = join(__dirname, "stranger.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["-r", "ts-node/register/transpile-only", script, port, String(calls)],
    { cwd: root },
  );
  return stdout;
}

describe("a connection to the pack that is not the engine's", function () {
  if (process.platform !== "linux") return;
  this.timeout(30_000);

  for (const isKnown of [true, false]) {
    describe(
      isKnown ? "where the engine is known by its address" : "where the engine is known by its first connection",
      () => {
        let served: Served;
        before(async () => {
          served = await Served.start(isKnown);
        });
        after(() => served.stop());

        it("is refused, whatever it calls, and named to the engine", async () => {
          const client = served.client();
          assert.deepEqual(toldBy(await analyze(client)), []);
          assert.equal(await stranger(served.port, 3), "7 7 7");
          const told = toldBy(await end(client));
          assert.deepEqual(
            told.map(({ policy, level }) => `${policy} ${level}`),
            ["settings mandatory"],
          );
          assert.match(
            told[0]?.message.replace(/\s+/g, " ") ?? "",
            /Configure came from a process that is not the engine; Analyze came from a process that is not the engine \(2 times\)\./,
          );
          client.close();
        });

        it("keeps the engine from nothing: it connects again, and beside an open connection", async () => {
          const [first, second] = [served.client(), served.client()];
          assert.deepEqual(toldBy(await analyze(first)), []);
          assert.deepEqual(toldBy(await analyze(second)), []);
          first.close();
          second.close();
        });
      },
    );
  }

  it("is refused also before the engine connects, if its address is known", async () => {
    const served = await Served.start(true);
    try {
      assert.equal(await stranger(served.port, 1), "7");
      const client = served.client();
      assert.equal(toldBy(await end(client)).length, 1);
      client.close();
    } finally {
      served.stop();
    }
  });
});
