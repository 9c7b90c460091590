import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "../../tools/build";

const ROOT = join(__dirname, "..", "..");

interface Manifest {
  readonly version: string;
  readonly peerDependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** The oldest @pulumi/pulumi that the package says it works with: the lower end of its peer range. */
const OLDEST_PULUMI = manifest.peerDependencies["@pulumi/pulumi"]?.replace(/^\^/, "") ?? "";

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

function run(cwd: string, command: string, ...args: string[]): Ended {
  // npm tells the scripts that it starts how it was started; this one has to start from nothing.
  const clean = Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|command|execpath)/.test(name));
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: Object.fromEntries(clean),
  });
  return { status, output: error === undefined ? stdout + stderr : error.message };
}

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function packed(destination: string): { tarball: string; files: string[]; size: number } {
  // The build is fresh already, and prepare's words would stand before the answer.
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", destination];
  const { stdout } = spawnSync("npm", args, { cwd: ROOT, encoding: "utf8" });
  const [answer]: [{ filename: string; size: number; files: { path: string }[] }] = JSON.parse(stdout);
  return {
    tarball: join(destination, answer.filename),
    files: answer.files.map(({ path }) => path),
    size: answer.size,
  };
}

describe("the npm package", function () {
  // An installation of the AWS SDK is thousands of files.
  this.timeout(600_000);
  let folder: string;
  let consumer: string;
  let pack: ReturnType<typeof packed>;

  before(async () => {
    await build(ROOT);
    folder = mkdtempSync(join(tmpdir(), "package-"));
    pack = packed(folder);
    consumer = join(folder, "consumer");
    const { "@pulumi/aws": aws, "@pulumi/policy": policy } = manifest.devDependencies;
    write(consumer, {
      "package.json": JSON.stringify({
        private: true,
        dependencies: {
          "@pulumi/aws": aws,
          "@pulumi/policy": policy,
          "@pulumi/pulumi": OLDEST_PULUMI,
          "aws-identity-guardrails": `file:${pack.tarball}`,
        },
      }),
    });
    const { status, output } = run(consumer, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund");
    assert.equal(status, 0, output);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("holds what runs, its types and its documents, and nothing else", () => {
    const kinds = new Set(
      pack.files.map((path) =>
        path
          .replace(/^dist\/(cli|policypack|stacks\/components)\/.*\.(js|d\.ts)$/, "dist/$1/….$2")
          .replace(/^docs\/.*\.(md|svg)$/, "docs/….$1"),
      ),
    );
    assert.deepEqual([...kinds].sort(), [
      "LICENSE",
      "NOTICE",
      "README.md",
      "cli/report/report.schema.json",
      "dist/cli/….d.ts",
      "dist/cli/….js",
      "dist/page/page.css",
      "dist/page/page.js",
      "dist/policypack/….d.ts",
      "dist/policypack/….js",
      "dist/stacks/components/….d.ts",
      "dist/stacks/components/….js",
      "docs/….md",
      "docs/….svg",
      "package.json",
      "policypack/PulumiPolicy.yaml",
      "policypack/RULES.md",
      "policypack/dist/aws-identity-guardrails",
      "policypack/dist/index.js",
      "policypack/package.json",
    ]);
  });

  it("installs beside the oldest @pulumi/pulumi that it names, and brings none of its own", () => {
    const version = (name: string): string =>
      JSON.parse(readFileSync(join(consumer, "node_modules", name, "package.json"), "utf8")).version;
    assert.equal(version("@pulumi/pulumi"), OLDEST_PULUMI);
    assert.notEqual(OLDEST_PULUMI, manifest.devDependencies["@pulumi/pulumi"]);
    assert.equal(existsSync(join(consumer, "node_modules/aws-identity-guardrails/node_modules/@pulumi")), false);
  });

  it("blocks a risky program with check, and lets a safe one pass", () => {
    const project = "name: consumer\nruntime: nodejs\n";
    write(consumer, {
      "risky/Pulumi.yaml": project,
      "risky/index.js": [
        'const aws = require("@pulumi/aws");',
        'const admins = new aws.iam.Group("admins");',
        'const policyArn = "arn:aws:iam::aws:policy/AdministratorAccess";',
        'new aws.iam.GroupPolicyAttachment("everything", { group: admins.name, policyArn });',
      ].join("\n"),
      "safe/Pulumi.yaml": project,
      "safe/index.js": [
        'const aws = require("@pulumi/aws");',
        'const readers = new aws.iam.Group("readers");',
        'const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";',
        'new aws.iam.GroupPolicyAttachment("reading", { group: readers.name, policyArn });',
      ].join("\n"),
    });
    const command = join(consumer, "node_modules/.bin/aws-identity-guardrails");
    const risky = run(consumer, command, "check", "risky");
    assert.match(risky.output, /no-overbroad-group/);
    assert.equal(risky.status, 1, risky.output);
    const safe = run(consumer, command, "check", "safe");
    assert.equal(safe.status, 0, safe.output);
  });

  it("is called by other programs' tests, typed under each way of finding modules", () => {
    write(consumer, {
      "called/Pulumi.yaml": "name: consumer\nruntime: nodejs\n",
      "called/index.js": [
        'const aws = require("@pulumi/aws");',
        'const policyArn = "arn:aws:iam::aws:policy/AdministratorAccess";',
        'new aws.iam.GroupPolicyAttachment("everything", { group: new aws.iam.Group("admins").name, policyArn });',
      ].join("\n"),
      "called.ts": [
        'import { type CheckResult, check } from "aws-identity-guardrails";',
        'check({ path: "called" }).then(({ outcome, findings }: CheckResult) =>',
        '  console.log(outcome, findings.some(({ rule, witness }) => rule === "no-overbroad-group" && witness.length > 0)));',
        "// @ts-expect-error a path is a text, so the types have arrived",
        "export const wrong = () => check({ path: 1 });",
      ].join("\n"),
    });
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    const types = join(ROOT, "node_modules/@types/node");
    const common = ["--strict", "--skipLibCheck", "--target", "es2022", "--types", types, "called.ts"];
    for (const [module, resolution] of [
      ["commonjs", "node"],
      ["es2022", "bundler"],
      ["node16", "node16"],
    ] as const) {
      const how = ["--module", module, "--moduleResolution", resolution];
      assert.equal(run(consumer, process.execPath, compiler, ...how, ...common).output, "", resolution);
    }
    // The last of them has left what Node.js runs.
    assert.equal(run(consumer, process.execPath, "called.js").output, "blocked true\n");
  });

  it("brings the pack as a file that can be run", () => {
    const { status, output } = run(
      consumer,
      join(consumer, "node_modules/aws-identity-guardrails/policypack/dist/aws-identity-guardrails"),
    );
    assert.match(output, /^This is a Pulumi policy pack in one file/);
    assert.equal(status, 2);
  });

  it("gives its components and its rules to other programs", () => {
    write(consumer, {
      "imports.js": [
        'const { AdminGroup, PasswordPolicy, RootScp } = require("aws-identity-guardrails/stacks");',
        'const { policies } = require("aws-identity-guardrails/policies");',
        "console.log([AdminGroup, PasswordPolicy, RootScp].map(({ name }) => name).join());",
        'console.log(policies.map(({ name }) => name).includes("no-overbroad-group"));',
      ].join("\n"),
    });
    const { status, output } = run(consumer, process.execPath, "imports.js");
    assert.deepEqual({ status, output }, { status: 0, output: "AdminGroup,PasswordPolicy,RootScp\ntrue\n" });
  });

  it("answers questions about policies, as docs/library.md shows", () => {
    const page = readFileSync(join(ROOT, "docs/library.md"), "utf8");
    const example = /```ts\n(import \{[^}]*\} from "aws-identity-guardrails\/iam";[\s\S]*?)```/.exec(page)?.[1] ?? "";
    write(consumer, { "questions.ts": example });
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    const options = [
      "--strict",
      "--skipLibCheck",
      "--module",
      "node16",
      "--moduleResolution",
      "node16",
      "--target",
      "es2022",
    ];
    const types = join(ROOT, "node_modules/@types/node");
    assert.equal(run(consumer, process.execPath, compiler, ...options, "--types", types, "questions.ts").output, "");
    const { status, output } = run(consumer, process.execPath, "questions.js");
    assert.equal(status, 0, output);
    assert.match(output, /^yes\n/);
    assert.match(output, /iam:AttachUserPolicy/);
    assert.match(output, /\nno\n$/);
  });

  it("composes into a pack of somebody's own, which Pulumi's own server describes", () => {
    write(consumer, {
      "acme/PulumiPolicy.yaml": "runtime: nodejs\n",
      "acme/package.json": '{ "name": "acme", "version": "1.0.0" }',
      "acme/index.js": [
        'const { policies } = require("aws-identity-guardrails/policies");',
        'const { PolicyPack } = require("@pulumi/policy");',
        'const ours = { name: "ours", description: "Ours.", enforcementLevel: "advisory", validateResource: () => {} };',
        'new PolicyPack("acme", { policies: [...policies, ours] });',
        "setTimeout(() => process.exit(0), 500);",
      ].join("\n"),
    });
    const server = join(consumer, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    const { status, output } = run(join(consumer, "acme"), process.execPath, server, "127.0.0.1:1", ".");
    assert.match(output, /^\d+\n$/);
    assert.equal(status, 0);
  });

  it("type-checks for those who use it", () => {
    write(consumer, {
      "typed.ts": [
        'import { PolicyPack } from "@pulumi/policy";',
        'import { policies } from "aws-identity-guardrails/policies";',
        'import { AdminGroup, PasswordPolicy, type PasswordPolicyArgs, RootScp } from "aws-identity-guardrails/stacks";',
        "const args: PasswordPolicyArgs = { maxPasswordAge: 60 };",
        'new PasswordPolicy("strict", args);',
        'new AdminGroup("admins", { members: ["alice"] });',
        'new RootScp("root", { targets: ["r-ab12"] });',
        'new PolicyPack("acme", { policies: [...policies] });',
        "// @ts-expect-error the days are a number, so the types have arrived",
        'export const wrong: PasswordPolicyArgs = { maxPasswordAge: "60" };',
      ].join("\n"),
    });
    const options =
      "--noEmit --strict --skipLibCheck --module node16 --moduleResolution node16 --target es2022 --types";
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    const types = join(ROOT, "node_modules/@types/node");
    const { status, output } = run(consumer, process.execPath, compiler, ...options.split(" "), types, "typed.ts");
    assert.equal(output, "");
    assert.equal(status, 0);
  });

  it("installs beside @pulumi/aws 6, and judges a program that uses it", () => {
    const six = join(folder, "six");
    write(six, {
      "package.json": JSON.stringify({
        private: true,
        dependencies: {
          "@pulumi/aws": "6.83.4",
          "@pulumi/pulumi": manifest.devDependencies["@pulumi/pulumi"],
          "aws-identity-guardrails": `file:${pack.tarball}`,
        },
      }),
      "Pulumi.yaml": "name: six\nruntime: nodejs\n",
      "index.js": [
        'const aws = require("@pulumi/aws");',
        'const github = new aws.iam.OpenIdConnectProvider("github", {',
        '  url: "https://token.actions.githubusercontent.com",',
        '  clientIdLists: ["sts.amazonaws.com"],',
        "});",
        "const trust = (Federated) => JSON.stringify({",
        '  Version: "2012-10-17",',
        '  Statement: [{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated } }],',
        "});",
        'new aws.iam.Role("deploy", { assumeRolePolicy: github.arn.apply(trust) });',
      ].join("\n"),
    });
    const installed = run(six, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund");
    assert.equal(installed.status, 0, installed.output);
    assert.doesNotMatch(installed.output, /ERESOLVE|peer/);
    const { status, output } = run(six, "npx", "aws-identity-guardrails", "check");
    assert.equal(status, 1, output);
    assert.match(output, /^BLOCKED {2}sound-federated-trust/m);
  });
});
