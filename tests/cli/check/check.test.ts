import assert from "node:assert/strict";
import { join } from "node:path";
import { PACKS, type Ran, run } from "../command";
import type { TemporaryFolder } from "../temporary-folder";
import { temporaryProgram } from "../temporary-program";

const PACK = join(PACKS, "no-user-called-root");
const TWO_USERS = `
  const aws = require("@pulumi/aws");
  new aws.iam.User("alice", { name: "root" });
  new aws.iam.User("bob");
`;

describe("check", function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  /** Takes as long as its timeout, so it begins before the other tests; its own is the last. */
  let endless: { readonly folder: TemporaryFolder; readonly ended: Promise<Ran> };
  before(() => {
    const program = temporaryProgram(`${TWO_USERS}\nsetInterval(() => {}, 1000);\n`);
    endless = {
      folder: program,
      ended: run(["check", program.path, "--policy-pack", PACK, "--timeout", "20"]),
    };
  });
  after(() => endless.folder.remove());

  function check(...flags: string[]): Promise<Ran> {
    return run(["check", folder.path, "--policy-pack", PACK, ...flags]);
  }

  async function report(...flags: string[]) {
    const { stdout, stderr } = await check("--format", "json", ...flags);
    assert.equal(stderr, "");
    return JSON.parse(stdout);
  }

  it("exits 1 with every finding where one is mandatory", async () => {
    folder = temporaryProgram(TWO_USERS);
    const { code, stdout, stderr } = await check();
    assert.equal(code, 1);
    assert.equal(stderr, "");
    assert.match(
      stdout,
      /^BLOCKED {2}no-root-name {2}high\n[\s\S]*? At {4}\S+\/index\.js:\d+:\d+, aws:iam\/user:User "alice"\n/,
    );
    assert.match(stdout, /\nadvice {2}few-users\n/);
    assert.match(stdout, /\nBlocked: 1 blocking finding \(1 high\), 1 advisory, in 4 resources of shop\/dev\.\n$/);
  });

  it("exits 0 where nothing is mandatory", async () => {
    folder = temporaryProgram('const aws = require("@pulumi/aws");\nnew aws.iam.User("alice");\n');
    const { code, stdout } = await check();
    assert.equal(code, 0);
    assert.match(stdout, /Passed: 0 blocking findings, 0 advisory, in 3 resources of shop\/dev\.\n$/);
  });

  it("reports the same as JSON", async () => {
    folder = temporaryProgram(TWO_USERS);
    const { version, outcome, counts, findings, assumptions, notSeen } = await report();
    assert.deepEqual([version, outcome, counts.blocking, counts.advisory], [2, "blocked", 1, 1]);
    assert.deepEqual(
      findings.map(({ rule, level, severity, resource, message }: Record<string, { urn: string }>) => {
        return [rule, level, severity, resource?.urn, message];
      }),
      [
        [
          "no-root-name",
          "mandatory",
          "high",
          "urn:pulumi:dev::shop::aws:iam/user:User::alice",
          "No user may be called root.\nA user is called root.",
        ],
        ["few-users", "advisory", "unspecified", "", "One user is enough.\nThere are 2 users."],
      ],
    );
    assert.deepEqual(assumptions, ["the stack is dev, without configuration of its own (choose one with --stack)"]);
    assert.deepEqual(notSeen, []);
  });

  const USER_THEN_ERROR = `
    const aws = require("@pulumi/aws");
    const alice = new aws.iam.User("alice", { name: "root" });
    module.exports = () => alice.urn.apply(() => { throw new Error("no such shop"); });
  `;

  it("exits 2 with what was found before the program failed, then its error", async () => {
    folder = temporaryProgram(USER_THEN_ERROR);
    const { code, stdout, stderr } = await check();
    assert.equal(code, 2);
    assert.match(
      stdout,
      /^BLOCKED {2}no-root-name {2}high\n[\s\S]*? At {4}\S+\/index\.js:\d+:\d+, aws:iam\/user:User "alice"\n/,
    );
    assert.match(
      stdout,
      /\nFailed, and found before that: 1 blocking finding \(1 high\), 0 advisory, in \d resources of shop\/dev\.\n$/,
    );
    assert.match(stderr, /^error: the program in .* failed \(exit code 32\)\n[\s\S]*Error: no such shop\n/);
  });

  it("has the program's error in the JSON beside the findings", async () => {
    folder = temporaryProgram(USER_THEN_ERROR);
    const { code, stdout } = await check("--format", "json");
    const { outcome, error, findings } = JSON.parse(stdout);
    assert.deepEqual([code, outcome, findings.length, findings[0].rule], [2, "failed", 1, "no-root-name"]);
    assert.match(error.message, /^the program in .* failed \(exit code 32\)$/);
    assert.match(error.details, /Error: no such shop\n/);
  });

  it("gives the policies their configuration", async () => {
    folder = temporaryProgram(TWO_USERS, {
      "policy.json":
        '{"all": "disabled", "no-root-name": {"enforcementLevel": "advisory", "alsoForbidden": ["admin"]}}',
    });
    const { outcome, findings } = await report("--policy-config", join(folder.path, "policy.json"));
    assert.equal(outcome, "passed");
    assert.deepEqual(
      findings.map(({ rule, level }: { rule: string; level: string }) => `${rule} ${level}`),
      ["no-root-name advisory"],
    );
  });

  it("says what a remediation repaired", async () => {
    folder = temporaryProgram('const aws = require("@pulumi/aws");\nnew aws.iam.User("alice");\n', {
      "policy.json": '{"tagged-users": "remediate"}',
    });
    const { outcome, findings } = await report("--policy-config", join(folder.path, "policy.json"));
    assert.equal(outcome, "passed");
    assert.match(findings[0].message, /^Repaired: tags \{"owner":"somebody"\} \(Every user has an owner\.\)$/);
  });

  it("uses the chosen stack's configuration, and the command line's over it", async () => {
    const code = `
      const aws = require("@pulumi/aws");
      const config = new (require("@pulumi/pulumi").Config)();
      new aws.iam.User("alice", { name: config.require("first") + config.require("second") });
    `;
    folder = temporaryProgram(code, {
      "Pulumi.dev.yaml": "config:\n  shop:first: ro\n  shop:second: se\n",
      "Pulumi.prod.yaml": "config:\n  shop:first: ro\n  shop:second: ad\n",
    });
    assert.equal((await report("--stack", "prod")).outcome, "passed");
    assert.equal((await report("--stack", "prod", "--config", "second=ot")).outcome, "blocked");
  });

  it("answers lookups with the given account and region, and says so", async () => {
    const code = `
      const aws = require("@pulumi/aws");
      module.exports = async () => {
        const [caller, region] = await Promise.all([aws.getCallerIdentity(), aws.getRegion()]);
        const isExpected = caller.accountId === "210987654321" && region.region === "eu-north-1";
        new aws.iam.User("alice", { name: isExpected ? "root" : "other" });
      };
    `;
    folder = temporaryProgram(code);
    const { outcome, assumptions } = await report("--account", "210987654321", "--region", "eu-north-1");
    assert.equal(outcome, "blocked");
    assert.deepEqual(assumptions.slice(1).sort(), [
      "the account is 210987654321 (change it with --account)",
      "the region is eu-north-1 (change it with --region)",
    ]);
  });

  it("answers lookups with the given account and region where the stack has others", async () => {
    const code = `
      const aws = require("@pulumi/aws");
      module.exports = async () => {
        const [caller, region] = await Promise.all([aws.getCallerIdentity(), aws.getRegion()]);
        new aws.iam.User("alice", { tags: { seen: caller.accountId + " " + region.region } });
        const isExpected = caller.accountId === "210987654321" && region.region === "eu-north-1";
        new aws.iam.User("bob", { name: isExpected ? "root" : "other" });
      };
    `;
    folder = temporaryProgram(code, {
      "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n  aws:allowedAccountIds: ['111111111111']\n",
    });
    assert.equal((await report("--account", "210987654321", "--region", "eu-north-1")).outcome, "blocked");
    assert.deepEqual((await report()).assumptions, []);
  });

  it("answers other functions from a file", async () => {
    const code = `
      const aws = require("@pulumi/aws");
      module.exports = async () => {
        const user = await aws.iam.getUser({ userName: "old" });
        new aws.iam.User("alice", { name: user.path });
      };
    `;
    folder = temporaryProgram(code, { "answers.json": '{"aws:iam/getUser:getUser": {"path": "root"}}' });
    assert.equal((await report()).outcome, "passed");
    assert.equal((await report("--answers", join(folder.path, "answers.json"))).outcome, "blocked");
  });

  it("names what it could not see", async () => {
    const code = `
      const aws = require("@pulumi/aws");
      const pulumi = require("@pulumi/pulumi");
      new pulumi.StackReference("acme/network/prod");
      class Remote extends pulumi.ComponentResource {
        constructor(name) {
          super("acme:index:Remote", name, {}, {}, true);
        }
      }
      new Remote("box");
    `;
    folder = temporaryProgram(code);
    const { notSeen } = await report();
    assert.deepEqual(notSeen.sort(), [
      'the outputs of stack acme/network/prod, which the program reads as "acme/network/prod": its values count as unknown',
      "what is inside urn:pulumi:dev::shop::acme:index:Remote::box: its package builds it in a process of its own",
    ]);
  });

  it("runs TypeScript, and does not mind what the compiler would", async () => {
    const code =
      'import * as aws from "@pulumi/aws";\nconst name: number = "root";\nnew aws.iam.User("alice", { name });\n';
    folder = temporaryProgram("", {
      "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: program/\n",
      "program/index.ts": code,
    });
    assert.equal((await report()).outcome, "blocked");
  });

  it("shows no secret, wherever it turns up", async () => {
    const code = `
      const aws = require("@pulumi/aws");
      const pulumi = require("@pulumi/pulumi");
      const password = new pulumi.Config().requireSecret("password");
      const other = pulumi.secret("other-planted-secret");
      new aws.iam.User("alice", { name: password, tags: { other } });
      console.log("planted-in-config");
    `;
    folder = temporaryProgram(code, {
      "Pulumi.yaml":
        "name: shop\\nruntime: nodejs\\nconfig:\\n  password: { default: planted-in-config, secret: true }\\n".replaceAll(
          "\\n",
          "\n",
        ),
      "policy.json": '{"no-root-name": {"alsoForbidden": ["planted-in-config"]}}',
    });
    const { code: exit, stdout, stderr } = await check("--policy-config", join(folder.path, "policy.json"));
    assert.equal(exit, 1);
    assert.match(stdout, /A user is called \[secret\]\./);
    assert.doesNotMatch(stdout + stderr, /planted/);
  });

  it("shows what was found in a program that does not end", async () => {
    const { code, stdout, stderr } = await endless.ended;
    assert.equal(code, 2);
    assert.match(stdout, /^BLOCKED {2}no-root-name /);
    assert.match(stderr, /^error: the program in .* did not end within 20 seconds/);
  });
});
