import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { bundled } from "../../engine/bundle";
import { type Ran, run } from "../command";

const CLEAN = { password: false, keys: [], certificates: [], devices: [] };
const OLD = {
  password: true,
  keys: ["AKIAIOSFODNN7EXAMPLE"],
  certificates: [],
  devices: ["arn:aws:iam::111122223333:mfa/root"],
};

describe("root-credentials", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "root-credentials-"));
    const program = bundled("../cli/root-credentials/aws-stand-in.ts", []);
    writeFileSync(join(folder, "aws"), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, { mode: 0o755 });
    write("accounts.json", {
      Accounts: [
        { Id: "123456789012", Name: "management", Status: "ACTIVE", State: "ACTIVE" },
        { Id: "111122223333", Name: "shop", Status: "ACTIVE", State: "ACTIVE" },
        { Id: "444455556666", Name: "data", Status: "ACTIVE", State: "ACTIVE" },
        { Id: "777788889999", Name: "gone", Status: "SUSPENDED", State: "SUSPENDED" },
      ],
    });
    write("111122223333.json", OLD);
    write("444455556666.json", CLEAN);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, content: object): void {
    writeFileSync(join(folder, name), JSON.stringify(content));
  }

  function left(account: string): unknown {
    return JSON.parse(readFileSync(join(folder, `${account}.json`), "utf8"));
  }

  function command(...args: readonly string[]): Promise<Ran> {
    const PATH = [folder, process.env.PATH].join(delimiter);
    return run(["root-credentials", ...args], { PATH, STAND_IN_FOLDER: folder, AWS_SESSION_TOKEN: "" });
  }

  it("lists what root users have, changes nothing, and ends with 1", async () => {
    const { code, stdout, stderr } = await command("--region", "us-east-1");
    assert.equal(stderr, "");
    assert.equal(
      stdout,
      "111122223333  shop: a password, 1 access key (AKIAIOSFODNN7EXAMPLE), 1 MFA device (arn:aws:iam::111122223333:mfa/root)\n" +
        "444455556666  data: no root credentials\n\n" +
        "2 accounts: 1 without root credentials, 1 with, 0 cleared, 0 that refused.\n" +
        "To delete what is listed, run the same command with --delete.\n",
    );
    assert.equal(code, 1);
    assert.deepEqual(left("111122223333"), OLD);
  });

  it("deletes them with --delete, the second factor last, and finds none afterwards", async () => {
    const deleted = await command("--region", "us-east-1", "--delete");
    assert.match(deleted.stdout, /^111122223333 {2}shop: deleted a password, 1 access key/);
    assert.equal(deleted.code, 0, deleted.stderr);
    assert.deepEqual(left("111122223333"), CLEAN);
    const again = await command("--region", "us-east-1");
    assert.match(again.stdout, /2 accounts: 2 without root credentials, 0 with/);
    assert.equal(again.code, 0);
  });

  it("does one account alone where one is named", async () => {
    write("444455556666.json", { ...CLEAN, certificates: ["TA7SMP42TDN5Z26OBPJE7EXAMPLE"] });
    const { stdout, code } = await command("--region", "us-east-1", "--account", "444455556666", "--delete");
    assert.match(
      stdout,
      /^444455556666 {2}data: deleted 1 signing certificate \(TA7SMP42TDN5Z26OBPJE7EXAMPLE\)\n\n1 account:/,
    );
    assert.equal(code, 0);
    assert.deepEqual(left("111122223333"), OLD);
  });

  it("goes on where one account refuses, and says why", async () => {
    write("444455556666.json", { ...CLEAN, denies: true });
    const { stdout, code } = await command("--region", "us-east-1", "--delete");
    assert.match(stdout, /444455556666 {2}data: not done: AccessDenied: not authorized to perform: sts:AssumeRoot/);
    assert.equal(code, 1);
    assert.deepEqual(left("111122223333"), CLEAN);
  });

  it("names what is no member account", async () => {
    const { stdout, code } = await command(
      "--region",
      "us-east-1",
      "--account",
      "123456789012",
      "--account",
      "999999999999",
    );
    assert.match(stdout, /123456789012 {2}not done: the management account: no root session can be opened there/);
    assert.match(stdout, /999999999999 {2}not done: no member account/);
    assert.equal(code, 1);
  });

  it("answers in JSON", async () => {
    const { stdout } = await command("--region", "us-east-1", "--account", "111122223333", "--json");
    assert.deepEqual(JSON.parse(stdout), [
      {
        account: "111122223333",
        name: "shop",
        state: "found",
        credentials: {
          hasPassword: true,
          accessKeys: ["AKIAIOSFODNN7EXAMPLE"],
          signingCertificates: [],
          mfaDevices: ["arn:aws:iam::111122223333:mfa/root"],
        },
      },
    ]);
  });

  it("lets no session's credentials out", async () => {
    const { stdout, stderr } = await command("--region", "us-east-1", "--delete", "--debug");
    assert.doesNotMatch(stdout + stderr, /session-secret|IAMAuditRootUserCredentials/);
  });

  it("wants a region, an account's id, and the AWS CLI", async () => {
    const without = await command();
    assert.match(
      without.stderr,
      /^error: no region is named, and AssumeRoot has no global endpoint\n\nName one: --region/,
    );
    assert.equal(without.code, 2);
    const named = await command("--region", "us-east-1", "--account", "shop");
    assert.match(named.stderr, /^error: --account shop is no account's id\n\nGive its twelve digits\.\n/);
    rmSync(join(folder, "aws"));
    const missing = await run(["root-credentials", "--region", "us-east-1"], { PATH: folder });
    assert.match(missing.stderr, /^error: there is no AWS CLI \(aws\) on the PATH\n\nInstall it/);
    assert.equal(missing.code, 2);
  });
});
