import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeResponse,
  AnalyzerHandshakeRequest,
  type AnalyzerInfo,
  AnalyzerStackConfigureRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { rules } from "../../../policypack/rules";
import { buildExecutable, buildPack, EXECUTABLE_PACK } from "../../../tools/build-pack";
import { reconciled, toldBy } from "../asked";
import { deepAnalyzeRequest } from "../deep";
import { analyzeRequest, type Registered, stackRequest, urnOf } from "../requests";
import { type Served, served } from "../served";

const root = join(__dirname, "..", "..", "..");
const pack = join(root, "policypack");
const manifest: { version: string; description: string } = createRequire(__filename)(join(pack, "package.json"));

const group: Registered = { type: "aws:iam/group:Group", name: "admins", inputs: { name: "admins", path: "/" } };
const attachment: Registered = {
  type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  name: "all",
  inputs: { group: "admins", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
};

/** A way to start the pack. */
interface Start {
  readonly name: string;
  /** Starts the process in or with a folder of its own, which is removed at the end. */
  run(folder: string): Promise<ChildProcess>;
}

const starts: readonly Start[] = [
  {
    name: "the pack as a process",
    async run() {
      await buildPack(pack);
      const runner = join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
      // As the engine starts it, for `pulumi policy publish` too: without a stack, its config or its tags.
      return spawn(process.execPath, [runner, "127.0.0.1:1", pack], { cwd: pack });
    },
  },
  {
    name: "the pack as one file, far from its packages",
    run: (folder) => runExecutable(folder, "commonjs"),
  },
  {
    name: "the pack as one file, below a package of modules",
    run: (folder) => runExecutable(folder, "module"),
  },
];

async function runExecutable(folder: string, type: string): Promise<ChildProcess> {
  await buildExecutable(pack);
  const executable = join(folder, "guardrails");
  copyFileSync(join(pack, EXECUTABLE_PACK), executable);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
  return spawn(executable, ["-v=3", "127.0.0.1:1"], { cwd: tmpdir() });
}

for (const { name, run } of starts)
  describe(name, () => {
    let folder: string;
    let pack: Served;
    let client: AnalyzerClient;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), "served-"));
      pack = await served(await run(folder));
      client = pack.client;
    });

    after(() => {
      pack?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const info = (): Promise<AnalyzerInfo> =>
      new Promise((resolve, reject) =>
        client.getAnalyzerInfo(new Empty(), (error, response) => (error ? reject(error) : resolve(response))),
      );

    const analyze = (resource: Registered): Promise<AnalyzeResponse> =>
      new Promise((resolve, reject) =>
        client.analyze(analyzeRequest(resource), (error, response) => (error ? reject(error) : resolve(response))),
      );

    const analyzeStack = (resources: readonly Registered[]): Promise<AnalyzeResponse> =>
      new Promise((resolve, reject) =>
        client.analyzeStack(stackRequest(resources), (error, response) => (error ? reject(error) : resolve(response))),
      );

    it("prints its port and nothing else", () => {
      assert.match(pack.stdout(), /^\d+\n$/);
      assert.equal(pack.stderr(), "");
    });

    it("answers the engine's first calls in the engine's order", async () => {
      await new Promise<void>((resolve, reject) =>
        client.handshake(new AnalyzerHandshakeRequest(), (error) => (error ? reject(error) : resolve())),
      );
      const preview = new AnalyzerStackConfigureRequest();
      preview.setDryRun(true);
      await new Promise<void>((resolve, reject) =>
        client.configureStack(preview, (error) => (error ? reject(error) : resolve())),
      );
      const plugin = await new Promise<PluginInfo>((resolve, reject) =>
        client.getPluginInfo(new Empty(), (error, response) => (error ? reject(error) : resolve(response))),
      );
      assert.equal(plugin.getVersion(), manifest.version);
      const about = await info();
      assert.equal(about.getName(), "aws-identity-guardrails");
      assert.equal(about.getVersion(), manifest.version);
      assert.deepEqual(
        about.getPoliciesList().map((policy) => policy.getName()),
        [...rules.map(({ id }) => id), "undecided", "settings"],
      );
      await new Promise<void>((resolve, reject) =>
        client.configure(reconciled(about, {}), (error) => (error ? reject(error) : resolve())),
      );
    });

    it("finds an admin group at the end of a preview", async () => {
      assert.deepEqual(toldBy(await analyze(group)), []);
      assert.deepEqual(toldBy(await analyze(attachment)), []);
      const told = toldBy(await analyzeStack([group, attachment]));
      assert.deepEqual(
        told.map(({ policy, level, severity, urn }) => `${policy} ${level} ${severity} ${urn}`),
        [`no-overbroad-group mandatory critical ${urnOf(group.type, "admins")}`],
      );
    });

    it("takes a stack that is far over gRPC's own limit of 4 MB", async () => {
      const description = "x".repeat(2000);
      const many = Array.from({ length: 5000 }, (_, index) => ({
        type: "aws:s3/bucket:Bucket",
        name: `bucket-${index}`,
        inputs: { description },
      }));
      assert.deepEqual(toldBy(await analyzeStack(many)), []);
    });

    it("answers a resource that is nested deeper than a call stack reaches", async () => {
      const { path, responseDeserialize } = AnalyzerService.analyze;
      const bytes = deepAnalyzeRequest(group, { property: "tags", levels: 3_000, as: "objects" });
      const response = await new Promise<AnalyzeResponse | undefined>((resolve, reject) =>
        client.makeUnaryRequest(
          path,
          (given: Buffer) => given,
          responseDeserialize,
          bytes,
          (error, answer) => (error ? reject(error) : resolve(answer)),
        ),
      );
      assert.deepEqual(
        (response === undefined ? [] : toldBy(response)).map(({ policy, level }) => `${policy} ${level}`),
        ["settings mandatory"],
      );
    });

    it("answers Cancel and goes on serving until the engine ends it", async () => {
      await new Promise<void>((resolve, reject) =>
        client.cancel(new Empty(), (error) => (error ? reject(error) : resolve())),
      );
      assert.equal((await info()).getSupportsconfig(), true);
    });
  });

describe("the pack as one file", () => {
  const executable = join(pack, EXECUTABLE_PACK);
  before(() => buildExecutable(pack));

  it("ends with the engine that started it, however that ended", async () => {
    const served = spawn(executable, ["127.0.0.1:1"]);
    await once(served.stdout, "data");
    served.stdin.destroy();
    assert.deepEqual(await once(served, "exit"), [0, null]);
  });

  it("serves on where standard input tells nothing of the engine", async () => {
    const served = spawn(executable, ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
    await once(served.stdout, "data");
    await setTimeout(200);
    assert.equal(served.exitCode, null);
    served.kill();
  });

  it("started by a person says what it is for", () => {
    for (const args of [[], ["--help"], ["./program"]]) {
      const { status, stdout, stderr } = spawnSync(executable, args, { encoding: "utf8" });
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, /^This is a Pulumi policy pack in one file: pulumi preview --policy-pack FILE /);
    }
  });
});
