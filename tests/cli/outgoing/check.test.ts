import assert from "node:assert/strict";
import { run } from "../command";
import type { TemporaryFolder } from "../temporary-folder";
import { temporaryProgram } from "../temporary-program";
import { Passphrase } from "./encrypted";
import { leaksIn, leaksInJson } from "./leaks";
import { FORMULA, HOSTILE_NAME, KEY_ID, SECRETS } from "./plants";
import { ENDS, FAILING_PROGRAM, RISKY_PROGRAM } from "./program";

const passphrase = new Passphrase(SECRETS["the passphrase"]);

/** A text in double quotes, without the characters that Pulumi's files may not hold as they are. */
function inYaml(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const PROJECT = `
name: shop
description: ${inYaml(HOSTILE_NAME)}
runtime: { name: nodejs, options: { typescript: false } }
config:
  declared: { type: string, secret: true, default: ${inYaml(SECRETS["the project's declared configuration"])} }
  ${inYaml(`missing ${HOSTILE_NAME}`.replaceAll(":", "").replaceAll(/[.[\]"]/g, ""))}: { type: string }
`;

const STACK = `
encryptionsalt: ${passphrase.salt}
config:
  token: { secure: ${inYaml(passphrase.encrypted(SECRETS["the stack's configuration"]))} }
  nested: { inner: [{ secure: ${inYaml(passphrase.encrypted(SECRETS["the stack's configuration, inside an object"]))} }] }
  replaced: { secure: ${inYaml(passphrase.encrypted("what --config replaces"))} }
  template: { secure: ${inYaml(passphrase.encrypted(SECRETS["a secret template"]))} }
  trust: { secure: ${inYaml(passphrase.encrypted(SECRETS["a secret trust policy"]))} }
  own: { secure: ${inYaml(passphrase.encrypted(SECRETS["a secret of the program"]))} }
  aws:accessKey: ${KEY_ID}
  aws:secretKey: { secure: ${inYaml(passphrase.encrypted(SECRETS["an access key of the stack's configuration"]))} }
  ${inYaml(`hostile:${HOSTILE_NAME.replaceAll(":", "")}`)}: ${inYaml(HOSTILE_NAME)}
  formula:${FORMULA}: ${inYaml(FORMULA)}
`;

const ANSWERS = JSON.stringify({
  "aws:iam/getUser:getUser": [{ args: { userName: HOSTILE_NAME }, result: { arn: HOSTILE_NAME } }],
  [`odd:index:${HOSTILE_NAME}`]: { value: HOSTILE_NAME },
});

const POLICIES = JSON.stringify({
  version: 2,
  policies: {
    "no-embedded-access-key": "advisory",
    settings: {
      waivers: [{ rule: "no-overbroad-group", resource: `group a script*`, reason: HOSTILE_NAME, expires: soon() }],
    },
  },
  exceptions: {
    "EXC-1": {
      reason: HOSTILE_NAME,
      match: [
        { policies: ["no-static-provider-credentials"], targets: ["urn:pulumi:dev::shop::pulumi:providers:aws::keys"] },
      ],
    },
  },
});

function soon(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}

const ENVIRONMENT = {
  PULUMI_CONFIG_PASSPHRASE: SECRETS["the passphrase"],
  API_TOKEN: SECRETS["a variable that --env passes"],
  AWS_SECRET_ACCESS_KEY: SECRETS["a variable that is withheld"],
  AWS_ACCESS_KEY_ID: KEY_ID,
};

const DEBUGGING = {
  PULUMI_DEBUG_COMMANDS: "true",
  PULUMI_DEBUG_GRPC: "/dev/stderr",
  PULUMI_DEBUG_PROMISE_LEAKS: "true",
  PULUMI_NODEJS_DRY_RUN: "true",
  GRPC_VERBOSITY: "DEBUG",
  GRPC_TRACE: "all",
  NODE_DEBUG: "http2,net,child_process",
};

describe("what check puts out", function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  async function outputOf(code: string, flags: readonly string[], environment = {}) {
    folder = temporaryProgram(code, {
      "Pulumi.yaml": PROJECT,
      "Pulumi.dev.yaml": STACK,
      "answers.json": ANSWERS,
      "policies.json": POLICIES,
    });
    const inputs = ["--answers", `${folder.path}/answers.json`, "--policy-config", `${folder.path}/policies.json`];
    const given = [
      "--env",
      "API_TOKEN",
      "--config",
      `replaced=${SECRETS["the place of an encrypted value, by --config"]}`,
    ];
    return run(["check", folder.path, ...inputs, ...given, ...flags], { ...ENVIRONMENT, ...environment });
  }

  it("of a program that is blocked: text", async () => {
    const { code, stdout, stderr } = await outputOf(RISKY_PROGRAM, []);
    assert.deepEqual([...leaksIn("stdout", stdout), ...leaksIn("stderr", stderr)], []);
    assert.equal(code, 1, stderr);
    assert.match(stdout, /x\\u000aFORGED/);
    assert.match(stdout, /\[secret\]/);
  });

  it("of a program that is blocked: JSON", async () => {
    const { code, stdout, stderr } = await outputOf(RISKY_PROGRAM, ["--format", "json"]);
    assert.deepEqual([...leaksInJson("stdout", stdout), ...leaksIn("stderr", stderr)], []);
    assert.equal(code, 1, stderr);
  });

  it("of a program that is blocked: with all the debugging that there is", async () => {
    const { code, stdout, stderr } = await outputOf(RISKY_PROGRAM, ["--debug"], DEBUGGING);
    assert.deepEqual([...leaksIn("stdout", stdout), ...leaksIn("stderr", stderr)], []);
    assert.equal(code, 1);
    assert.match(stderr, /CHILD_PROCESS \d+: spawn/);
    assert.match(stderr, /PULUMI_CONFIG/);
  });

  for (const [how, end] of Object.entries(ENDS)) {
    it(`of a program that ${how}`, async () => {
      const { code, stdout, stderr } = await outputOf(`${FAILING_PROGRAM}${end}`, ["--debug", "--timeout", "20"]);
      assert.deepEqual([...leaksIn("stdout", stdout), ...leaksIn("stderr", stderr)], []);
      assert.equal(code, 2, stdout);
      assert.match(stderr, /^error: the program in /);
      assert.match(stderr, /\[secret\]/);
    });
  }

  it("of a program that fails: JSON", async () => {
    const { stdout, stderr } = await outputOf(`${FAILING_PROGRAM}${ENDS["throws an error"]}`, ["--format", "json"]);
    assert.deepEqual([...leaksInJson("stdout", stdout), ...leaksIn("stderr", stderr)], []);
    assert.equal(JSON.parse(stdout).outcome, "failed");
  });
});
