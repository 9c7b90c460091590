import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeResponse,
  AnalyzerHandshakeRequest,
  type AnalyzerInfo,
  AnalyzerStackConfigureRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { rules } from "../../policypack/rules";
import { buildPack } from "../../tools/build-pack";
import { reconciled, toldBy } from "./engine";
import { analyzeRequest, type Registered, stackRequest, urnOf } from "./requests";

const root = join(__dirname, "..", "..");
const pack = join(root, "policypack");
const manifest: { version: string; description: string } = createRequire(__filename)(join(pack, "package.json"));

/** Most bytes of a message; the same both ways. */
const limit = 400 * 1024 * 1024;

const group: Registered = { type: "aws:iam/group:Group", name: "admins", inputs: { name: "admins", path: "/" } };
const attachment: Registered = {
  type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  name: "all",
  inputs: { group: "admins", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
};

describe("the pack as a process", () => {
  let served: ChildProcess;
  let stdout = "";
  let stderr = "";
  let client: AnalyzerClient;

  before(async () => {
    await buildPack(pack);
    const runner = join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    // As the engine starts it, for `pulumi policy publish` too: without a stack, its config or its tags.
    served = spawn(process.execPath, [runner, "127.0.0.1:1", pack], { cwd: pack });
    served.stderr?.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const port = await new Promise<string>((resolve, reject) => {
      served.once("exit", (code) => reject(new Error(`The pack ended with ${code}: ${stderr}`)));
      served.stdout?.on("data", (chunk: Buffer) => {
        stdout += chunk.toString();
        if (stdout.includes("\n")) resolve(stdout.trim());
      });
    });
    client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": limit,
      "grpc.max_send_message_length": limit,
    });
  });

  after(() => {
    client?.close();
    served?.kill();
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
    assert.match(stdout, /^\d+\n$/);
    assert.equal(stderr, "");
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

  it("answers Cancel and goes on serving until the engine ends it", async () => {
    await new Promise<void>((resolve, reject) =>
      client.cancel(new Empty(), (error) => (error ? reject(error) : resolve())),
    );
    assert.equal((await info()).getSupportsconfig(), true);
  });
});
