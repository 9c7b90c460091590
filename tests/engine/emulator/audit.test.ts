import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
} from "@aws-sdk/client-iam";
import { TemporaryFolder } from "../../cli/temporary-folder";
import { Moto } from "./moto";
import { needsEmulator } from "./suite";

const COMMAND = join(__dirname, "..", "..", "..", "dist", "cli", "main.js");
const credentials = { accessKeyId: "AKIAENGINETESTS", secretAccessKey: "test" };

/** The command as it is installed: only that has the AWS clients in its one file. */
async function audit(environment: NodeJS.ProcessEnv, ...args: readonly string[]) {
  const child = spawn(process.execPath, [COMMAND, "audit", ...args], {
    env: { PATH: process.env.PATH, HOME: "/nowhere", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, "close");
  return { code: code as number, stdout, stderr };
}

/** Passes calls on to the emulator, but those that `refuse` answers itself. */
async function between(endpoint: string, refuse: (body: string) => Refusal | undefined): Promise<Server> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", async () => {
      const body = Buffer.concat(parts);
      const refusal = refuse(body.toString("utf8"));
      if (refusal !== undefined) {
        response.writeHead(refusal.status, { "content-type": "text/xml" });
        const error = `<Error><Type>Sender</Type><Code>${refusal.code}</Code><Message>no</Message></Error>`;
        response.end(`<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`);
        return;
      }
      const { host: _, connection: __, ...headers } = request.headers;
      const answer = await fetch(`${endpoint}${request.url}`, {
        method: request.method ?? "POST",
        headers: headers as Record<string, string>,
        body,
      });
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/xml" });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("audit of an emulated account", function () {
  this.timeout(120_000);
  needsEmulator(this);
  const keys = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
  let moto: Moto;

  before(async () => {
    moto = await Moto.start();
    const iam = new IAMClient({ endpoint: moto.endpoint, region: "us-east-1", credentials });
    await iam.send(new CreateUserCommand({ UserName: "anna" }));
    await iam.send(new CreateLoginProfileCommand({ UserName: "anna", Password: "not-a-secret-1A" }));
    await iam.send(new CreateGroupCommand({ GroupName: "devs" }));
    await iam.send(new AddUserToGroupCommand({ UserName: "anna", GroupName: "devs" }));
    const statement = { Effect: "Allow", Action: ["iam:AttachGroupPolicy", "s3:GetObject"], Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await iam.send(new PutGroupPolicyCommand({ GroupName: "devs", PolicyName: "work", PolicyDocument }));
  });

  after(async () => {
    await moto?.kill();
  });

  it("says the same live and of what it saved", async () => {
    const folder = new TemporaryFolder();
    const live = await audit(keys, "--endpoint-url", moto.endpoint, "--save", folder.path, "--format", "json");
    const saved = await audit({}, "--from", folder.path, "--format", "json");
    folder.remove();
    assert.deepEqual([live.code, live.stderr, saved.code, saved.stderr], [1, "", 1, ""]);
    const [one, other] = [JSON.parse(live.stdout), JSON.parse(saved.stdout)];
    assert.deepEqual(one.findings, other.findings);
    const rules = one.findings.map(({ rule }: { readonly rule: string }) => rule);
    for (const rule of ["no-overbroad-group", "require-user-mfa", "root-mfa"]) assert.ok(rules.includes(rule), rule);
  });

  it("tries a call again that fails twice, or is throttled", async () => {
    let failures = 0;
    const server = await between(moto.endpoint, (body) => {
      if (!body.includes("Action=GetAccountAuthorizationDetails") || failures >= 2) return undefined;
      failures += 1;
      return failures === 1 ? { status: 500, code: "InternalFailure" } : { status: 400, code: "Throttling" };
    });
    const { code, stdout } = await audit(keys, "--endpoint-url", addressOf(server), "--format", "json");
    server.close();
    assert.equal(failures, 2);
    assert.equal(code, 1);
    assert.match(stdout, /"no-overbroad-group"/);
  });

  it("names the permission that is missing, and passes nothing that it could not ask", async () => {
    const server = await between(moto.endpoint, (body) =>
      body.includes("Action=GenerateCredentialReport") ? { status: 403, code: "AccessDenied" } : undefined,
    );
    const args = ["--endpoint-url", addressOf(server), "--only", "root-access-key", "--only", "unused-credential"];
    const partly = await audit(keys, ...args);
    const whole = await audit(keys, ...args, "--require-complete");
    server.close();
    assert.match(partly.stdout, /Not checked:\n[\s\S]*iam:GenerateCredentialReport/);
    assert.equal(partly.code, 0);
    assert.equal(whole.code, 2);
    assert.match(whole.stderr, /iam:GenerateCredentialReport/);
  });

  it("says in a line that there are no credentials, or none that hold", async () => {
    const none = await audit({ AWS_EC2_METADATA_DISABLED: "true" }, "--endpoint-url", moto.endpoint);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /^error: AWS does not say whose credentials these are: .*\n\nSign in/);
    const server = await between(moto.endpoint, () => ({ status: 403, code: "ExpiredToken" }));
    const expired = await audit(keys, "--endpoint-url", addressOf(server));
    server.close();
    assert.equal(expired.code, 2);
    assert.match(expired.stderr, /^error: AWS does not say whose credentials these are: ExpiredToken/);
  });

  it("reads other accounts by a role, and goes on where one cannot be read", async () => {
    const server = await between(moto.endpoint, (body) =>
      body.includes("Action=AssumeRole") && body.includes("222222222222")
        ? { status: 403, code: "AccessDenied" }
        : undefined,
    );
    const folder = new TemporaryFolder();
    const args = ["--endpoint-url", addressOf(server), "--accounts", "111111111111,222222222222,333333333333"];
    const { code, stdout, stderr } = await audit(
      keys,
      ...args,
      "--assume-role",
      "Audit",
      "--save",
      folder.path,
      "--format",
      "json",
    );
    const resumed = await audit(keys, ...args, "--assume-role", "Audit", "--save", folder.path, "--resume", "--quiet");
    server.close();
    folder.remove();
    assert.equal(code, 2);
    assert.match(stderr, /account 222222222222 cannot be read: AccessDenied/);
    const { stacks } = JSON.parse(stdout);
    assert.deepEqual(
      stacks.map(({ stack, outcome }: { readonly stack: string; readonly outcome: string }) => [stack, outcome]),
      [
        ["111111111111", "blocked"],
        ["222222222222", "failed"],
        ["333333333333", "blocked"],
      ],
    );
    assert.match(resumed.stderr, /account 222222222222 cannot be read/);
  });
});
