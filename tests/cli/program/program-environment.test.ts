import assert from "node:assert/strict";
import {
  listedEnvironment,
  packEnvironment,
  sensitiveValues,
  withheldRemarks,
} from "../../../cli/program/program-environment";
import { run } from "../command";
import type { TemporaryFolder } from "../temporary-folder";
import { temporaryProgram } from "../temporary-program";

describe("the environment of a program under check", () => {
  const passed = (own: NodeJS.ProcessEnv, ...named: string[]) => listedEnvironment(own, named).variables;

  it("has what a program needs to start", () => {
    const needed = {
      ...{ PATH: "/bin", HOME: "/home/a", LANG: "C.UTF-8", LC_ALL: "C", TZ: "UTC", TMPDIR: "/tmp", NODE_PATH: "/lib" },
      ...{ AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1", NODE_OPTIONS: "--max-old-space-size=4096" },
      ...{ NODE_EXTRA_CA_CERTS: "/ca.pem", NVM_DIR: "/nvm", VOLTA_HOME: "/volta", VIRTUAL_ENV: "/venv", CI: "true" },
    };
    assert.deepEqual(passed(needed), needed);
  });

  it("has what Windows needs, in its spelling", () => {
    const needed = { Path: "C:\\bin", SystemRoot: "C:\\Windows", "ProgramFiles(x86)": "C:\\P", APPDATA: "C:\\A" };
    assert.deepEqual(passed(needed), needed);
  });

  it("has what npm tells a script of its package", () => {
    assert.deepEqual(passed({ npm_package_name: "shop", npm_package_version: "1.0.0" }), {
      npm_package_name: "shop",
      npm_package_version: "1.0.0",
    });
  });

  it("has no credentials", () => {
    const credentials = {
      ...{ AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_SESSION_TOKEN: "x", AWS_PROFILE: "admin" },
      ...{ AWS_WEB_IDENTITY_TOKEN_FILE: "/t", AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/c", NODE_AUTH_TOKEN: "x" },
      ...{ NPM_TOKEN: "x", npm_config__authToken: "x", "npm_config_//npm.example.com/:_authToken": "x" },
      ...{ GITHUB_TOKEN: "x", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "x", CI_JOB_TOKEN: "x", SSH_AUTH_SOCK: "/s" },
      ...{ GOOGLE_APPLICATION_CREDENTIALS: "/g", AZURE_CLIENT_SECRET: "x", DATABASE_URL: "postgres://u:p@h/d" },
    };
    assert.deepEqual(passed(credentials), {});
    assert.deepEqual(listedEnvironment(credentials, []).withheld, Object.keys(credentials).sort());
  });

  it("has Pulumi's switches, but what opens its state and its secrets", () => {
    const switches = { PULUMI_HOME: "/p", PULUMI_NODEJS_TRANSPILE_ONLY: "false", pulumi_skip_update_check: "1" };
    const secrets = {
      ...{ PULUMI_ACCESS_TOKEN: "x", PULUMI_CONFIG_PASSPHRASE: "x", PULUMI_CONFIG_PASSPHRASE_FILE: "/x" },
      ...{ pulumi_access_token: "x", PULUMI_TEAM_ACCESS_TOKEN: "x", PULUMI_CONFIG: "{}" },
    };
    assert.deepEqual(passed({ ...switches, ...secrets }), switches);
  });

  it("has addresses without user names and passwords", () => {
    assert.deepEqual(
      passed({
        https_proxy: "http://user:pa@ss@proxy.example.com:8080",
        HTTP_PROXY: "user:pass@proxy.example.com:8080",
        NO_PROXY: "localhost,.example.com",
        PULUMI_BACKEND_URL: "postgres://user:pass@db.example.com/state?sslmode=require",
      }),
      {
        https_proxy: "http://proxy.example.com:8080",
        HTTP_PROXY: "proxy.example.com:8080",
        NO_PROXY: "localhost,.example.com",
        PULUMI_BACKEND_URL: "postgres://db.example.com/state?sslmode=require",
      },
    );
  });

  it("has what --env names, as it is", () => {
    assert.deepEqual(passed({ DATABASE_URL: "postgres://u:p@h/d", OTHER: "x" }, "DATABASE_URL"), {
      DATABASE_URL: "postgres://u:p@h/d",
    });
    assert.throws(() => listedEnvironment({}, ["DATABASE_URL"]), { message: /^--env DATABASE_URL: .* is not set$/ });
  });

  it("hides in reports the values whose names say that they are secret, and passwords in addresses", () => {
    const own = {
      ...{ API_TOKEN: "t-1234567", DB_PASSWORD: "p-1234567", npm_config__authToken: "n-1234567", APIKEYS: "k-1234567" },
      ...{ STAGE: "production", GIT_AUTHOR_NAME: "jonathan", KEYBOARD: "swiss", TOKENIZER: "fast" },
      ...{ DATABASE_URL: "postgres://shop:d-1234567@db.example.com/shop", HOME_PAGE: "https://example.com/a:b@c" },
    };
    assert.deepEqual(sensitiveValues(own), ["t-1234567", "p-1234567", "n-1234567", "k-1234567", "d-1234567"]);
  });

  it("is the policy pack's too, beside the id of the ambient key", () => {
    const own = { PATH: "/bin", AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "x", PULUMI_ACCESS_TOKEN: "x" };
    assert.deepEqual(packEnvironment(own), { PATH: "/bin", AWS_ACCESS_KEY_ID: "AKIA" });
    assert.deepEqual(packEnvironment({ PATH: "/bin" }), { PATH: "/bin" });
  });

  it("is told apart where a program asks for more", () => {
    const environment = listedEnvironment({ STAGE: "x", OTHER: "x" }, []);
    assert.deepEqual(withheldRemarks("STAGE\nPATH\n\u001b[31m\nSTAGE\n", environment), [
      "the program asked for STAGE, set here and withheld from it (--env STAGE passes it on)",
    ]);
    assert.deepEqual(withheldRemarks("", environment), []);
  });
});

describe("check with an environment full of secrets", function () {
  this.timeout(120_000);
  const keyId = ["AKIA", "QWERTYUIOPASDF23"].join("");
  const planted: Record<string, string> = {
    AWS_ACCESS_KEY_ID: keyId,
    AWS_SECRET_ACCESS_KEY: "planted-secret-key",
    PULUMI_ACCESS_TOKEN: "planted-access-token",
    STAGE_TOKEN: "planted-stage-token",
  };
  const before: Record<string, string | undefined> = {};
  let folder: TemporaryFolder;

  beforeEach(() => {
    for (const [name, value] of Object.entries(planted)) {
      before[name] = process.env[name];
      process.env[name] = value;
    }
  });
  afterEach(() => {
    folder.remove();
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it("gives a program none of them, in itself or in what it starts, and the pack the key's id", async () => {
    folder = temporaryProgram(`
      const aws = require("@pulumi/aws");
      const { execFileSync } = require("node:child_process");
      const inChild = execFileSync(process.execPath, ["-p", "JSON.stringify(process.env)"]).toString();
      process.env.OWN = "set by the program";
      const text = JSON.stringify(process.env) + inChild + JSON.stringify({ ...process.env }) + process.env.OWN;
      if (!text.includes("set by the program") || !process.env.PATH) throw new Error("no ordinary environment");
      if (/planted|${keyId}/.test(text)) throw new Error("credentials in the environment");
      new aws.s3.Bucket("assets");
    `);
    const { code, stdout, stderr } = await run(["check", folder.path]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /works with the long-lived key \(AKIA…\) of the\s+environment/);
  });

  it("names the variable that a failing program asked for, and passes it with --env without showing it", async () => {
    folder = temporaryProgram('throw new Error(`the token is ${process.env.STAGE_TOKEN ?? "missing"}`);\n');
    const failed = await run(["check", folder.path]);
    assert.equal(failed.code, 2);
    assert.match(failed.stderr, /the token is missing/);
    assert.match(failed.stderr, /The program asked for STAGE_TOKEN, .* \(--env STAGE_TOKEN passes it on\)\.\n$/);
    const passed = await run(["check", folder.path, "--env", "STAGE_TOKEN"]);
    assert.match(passed.stderr, /the token is \[secret\]/);
    assert.doesNotMatch(passed.stdout + passed.stderr, /planted/);
  });

  it("says so where a program goes another way without a variable", async () => {
    folder = temporaryProgram('if ("STAGE_TOKEN" in process.env) throw new Error("there is one");\n');
    const { code, stdout } = await run(["check", folder.path]);
    assert.equal(code, 0);
    assert.match(stdout, /Assumed:[\s\S]*- the program asked for STAGE_TOKEN, set here and withheld from it/);
  });
});
