import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeResponse, AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { build } from "esbuild";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Config, reconciled, type Told, toldBy } from "../asked";
import { analyzeRequest, type Registered, stackRequest, unknownText } from "../requests";

const root = join(__dirname, "..", "..", "..");

const pack = `
const { PolicyPack } = require("@pulumi/policy");
const { policies } = require("./policies");
const ours = {
  name: "ours", description: "Ours.", enforcementLevel: "mandatory",
  validateResource: (args, report) => { if (args.type === "test:index:Lamp") report("a lamp"); },
};
new PolicyPack("acme", { policies: [...policies, ours] });
`;

const group: Registered = { type: "aws:iam/group:Group", name: "admins", inputs: { name: "admins", path: "/" } };
const grant: Registered = {
  type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  name: "all",
  inputs: { group: "admins", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
};
const passwordPolicy = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";
const strong = {
  maxPasswordAge: 90,
  minimumPasswordLength: 14,
  passwordReusePrevention: 24,
  requireLowercaseCharacters: true,
  requireUppercaseCharacters: true,
  requireNumbers: true,
  requireSymbols: true,
};

describe("a pack of others that has our rules among its own", () => {
  let folder: string;
  const processes: ChildProcess[] = [];
  const clients: AnalyzerClient[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "composed-"));
    writeFileSync(join(folder, "package.json"), '{ "name": "acme", "version": "1.0.0", "main": "index.js" }');
    writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(join(folder, "index.js"), pack);
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    await build({
      entryPoints: [join(root, "policypack", "policies.ts")],
      outfile: join(folder, "policies.js"),
      bundle: true,
      packages: "external",
      platform: "node",
      format: "cjs",
      logLevel: "silent",
    });
  });

  after(() => {
    for (const client of clients) client.close();
    for (const served of processes) served.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function preview(config: Config, resources: readonly Registered[]): Promise<string[]> {
    const client = await started();
    const info = await new Promise<AnalyzerInfo>((resolve, reject) =>
      client.getAnalyzerInfo(new Empty(), (error, response) => (error ? reject(error) : resolve(response))),
    );
    await new Promise<void>((resolve, reject) =>
      client.configure(reconciled(info, config), (error) => (error ? reject(error) : resolve())),
    );
    const told: Told[] = [];
    for (const resource of resources) {
      const response = await new Promise<AnalyzeResponse>((resolve, reject) =>
        client.analyze(analyzeRequest(resource), (error, answer) => (error ? reject(error) : resolve(answer))),
      );
      told.push(...toldBy(response));
    }
    const response = await new Promise<AnalyzeResponse>((resolve, reject) =>
      client.analyzeStack(stackRequest(resources), (error, answer) => (error ? reject(error) : resolve(answer))),
    );
    return [...told, ...toldBy(response)].map(
      ({ policy, level, urn }) => `${policy} ${level} ${urn.split("::").pop()}`,
    );
  }

  async function started(): Promise<AnalyzerClient> {
    const runner = join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    const served = spawn(process.execPath, [runner, "127.0.0.1:1", folder], { cwd: folder });
    processes.push(served);
    const port = await new Promise<string>((resolve, reject) => {
      let stderr = "";
      served.stderr?.on("data", (chunk: Buffer) => {
        stderr += chunk.toString();
      });
      served.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
      served.once("exit", () => reject(new Error(stderr)));
    });
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    clients.push(client);
    return client;
  }

  it("finds with both, at their own levels, also beside an unknown value", async () => {
    const lamp = { type: "test:index:Lamp", name: "desk", inputs: {} };
    const unread = { ...grant, name: "unread", inputs: { group: "admins", policyArn: unknownText } };
    assert.deepEqual(await preview({}, [lamp, group, grant, unread]), [
      "ours mandatory ",
      "no-overbroad-group mandatory admins",
    ]);
  });

  it("takes levels and options from Pulumi's configuration", async () => {
    const weak = { type: passwordPolicy, name: "policy", inputs: { ...strong, maxPasswordAge: 120 } };
    assert.deepEqual(await preview({}, [weak]), ["password-policy-strength mandatory policy"]);
    assert.deepEqual(await preview({ all: "advisory" }, [weak]), ["password-policy-strength advisory policy"]);
    assert.deepEqual(await preview({ "password-policy-strength": { maxAgeDays: 120 } }, [weak]), []);
    assert.deepEqual(await preview({ "password-policy-strength": "disabled" }, [weak]), []);
  });

  it("keeps what only advises advisory, and blocks on an unknown value where told to", async () => {
    const advised = { type: passwordPolicy, name: "hard", inputs: { ...strong, hardExpiry: true } };
    const unknown = { type: passwordPolicy, name: "unknown", inputs: { ...strong, maxPasswordAge: unknownText } };
    assert.deepEqual(await preview({ all: "mandatory", undecided: "advisory" }, [advised, unknown]), [
      "password-policy-strength advisory hard",
      "undecided advisory shop-dev",
    ]);
    assert.deepEqual(await preview({ undecided: "mandatory" }, [unknown]), ["undecided mandatory shop-dev"]);
    assert.deepEqual(await preview({ undecided: "disabled" }, [unknown]), []);
    assert.deepEqual(await preview({ "password-policy-strength": { onUnknown: "enforce" } }, [unknown]), [
      "password-policy-strength mandatory unknown",
    ]);
  });
});
