import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceError } from "@grpc/grpc-js";
import {
  type AnalyzeResponse,
  AnalyzerHandshakeRequest,
  type AnalyzerInfo,
  AnalyzerStackConfigureRequest,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { signatureKey } from "../../../policypack/host/outgoing/secret-envelope";
import { buildExecutable, EXECUTABLE_PACK } from "../../../tools/build-pack";
import { leaksIn } from "../../cli/outgoing/leaks";
import { FORMULA, HOSTILE_NAME, KEY_ID, SECRETS } from "../../cli/outgoing/plants";
import { reconciled, toldBy } from "../asked";
import { analyzeRequest, type Fields, type Registered, stackRequest } from "../requests";
import { type Served, served } from "../served";

const pack = join(__dirname, "..", "..", "..", "policypack");

const wrapped = (value: Fields[string]): Fields => ({ [signatureKey]: "1b47061264138c4ac30d75fd1eb44270", value });
const allows = (action: string) => JSON.stringify({ Statement: { Effect: "Allow", Action: action, Resource: "*" } });
const name = `${HOSTILE_NAME}${FORMULA}`;

/** Each draws at least one finding that quotes what it is given. */
const resources: readonly Registered[] = [
  {
    type: "aws:iam/role:Role",
    name,
    inputs: {
      name,
      assumeRolePolicy: wrapped(
        JSON.stringify({
          Statement: {
            Sid: name,
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: "sts:AssumeRole",
            Condition: { StringLike: { "sts:ExternalId": `*${SECRETS["a secret trust policy"]}*` } },
          },
        }),
      ),
      managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    },
  },
  { type: "aws:iam/group:Group", name, inputs: { name, path: "/" } },
  { type: "aws:iam/groupPolicy:GroupPolicy", name, inputs: { group: name, name, policy: allows("*") } },
  {
    type: "aws:cloudformation/stack:Stack",
    name,
    inputs: { name, templateBody: wrapped(`{"Resources": {"${SECRETS["a secret template"]}`) },
  },
  {
    type: "aws:iam/groupPolicy:GroupPolicy",
    name: "of-the-configuration",
    inputs: { group: name, policy: `{"Statement": ${SECRETS["the stack's configuration"]}` },
  },
  { type: "aws:iam/user:User", name: "odd", inputs: { name: { [name]: wrapped(SECRETS["a secret of the program"]) } } },
  {
    type: "pulumi:providers:aws",
    name,
    inputs: { accessKey: KEY_ID, secretKey: SECRETS["an access key of the stack's configuration"], region: name },
  },
  {
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    name,
    inputs: { maxPasswordAge: 900, [name]: wrapped(SECRETS["a secret of the program"]) },
  },
];

/** Everything that Node.js and gRPC can be asked to write of their work. */
const talkative = {
  NODE_DEBUG: "http2,net,stream",
  GRPC_TRACE: "all",
  GRPC_VERBOSITY: "DEBUG",
  PULUMI_DEBUG_GRPC: "1",
  PULUMI_CONFIG_PASSPHRASE: SECRETS["the passphrase"],
};

describe("what the pack says to the engine", function () {
  this.timeout(120_000);
  let process: Served;
  let messages: readonly string[];

  before(async () => {
    await buildExecutable(pack);
    const env = { ...globalThis.process.env, ...talkative };
    process = await served(spawn(join(pack, EXECUTABLE_PACK), ["-v=9", "127.0.0.1:1"], { cwd: tmpdir(), env }));
    messages = await saidOf(process);
  });
  after(() => process?.stop());

  async function saidOf({ client }: Served): Promise<string[]> {
    await answered((done) => client.handshake(new AnalyzerHandshakeRequest(), done));
    const stack = new AnalyzerStackConfigureRequest();
    stack.setDryRun(true);
    stack.getConfigMap().set(`shop:${name}`, SECRETS["the stack's configuration"]);
    stack.setConfigSecretKeysList([`shop:${name}`]);
    await answered((done) => client.configureStack(stack, done));
    const info = await answered<AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done));
    const waiver = { rule: "no-overbroad-group", target: "urn:pulumi:none::*", reason: name, until: "2020-01-01" };
    const configuration = reconciled(info, {
      settings: { waivers: [waiver] },
      "password-policy-strength": "remediate",
    });
    await answered((done) => client.configure(configuration, done));
    const said: string[] = [];
    for (const resource of resources) {
      const request = analyzeRequest(resource);
      const found = await answered<AnalyzeResponse>((done) => client.analyze(request, done));
      const mended = await answered<RemediateResponse>((done) => client.remediate(request, done));
      said.push(...toldBy(found).map(({ message }) => message));
      said.push(...mended.getRemediationsList().map((each) => `${each.getDescription()} ${each.getDiagnostic()}`));
    }
    const all = await answered<AnalyzeResponse>((done) => client.analyzeStack(stackRequest(resources), done));
    return [...said, ...toldBy(all).map(({ policy, message }) => `${policy}: ${message}`)];
  }

  function answered<T>(call: (done: (error: ServiceError | null, response: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => call((error, response) => (error ? reject(error) : resolve(response))));
  }

  it("quotes every kind of plant somewhere, so that there is something to leak", () => {
    for (const rule of [
      "no-open-admin-role",
      "no-overbroad-group",
      "readable-identity",
      "no-static-provider-credentials",
    ])
      assert.ok(
        messages.some((message) => message.includes(rule)),
        rule,
      );
  });

  it("holds no secret and nothing that a terminal or a CI system acts on", () => {
    assert.deepEqual(
      messages.flatMap((message) => leaksIn("a message", message)),
      [],
    );
  });

  it("and neither does what it writes, however much is asked for", () => {
    assert.match(process.stdout(), /^\d+\n$/);
    assert.deepEqual(leaksIn("stderr", process.stderr()), []);
  });
});
