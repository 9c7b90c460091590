import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXECUTABLE_PACK } from "../build-pack";

const RUNNER = "@pulumi/pulumi/cmd/run-policy-pack";
const CHECKOUT = join(__dirname, "../..");
const AWSGUARD = { name: "@pulumi/awsguard", version: "0.3.1" };

/** What an engine listens on; packs of the benchmark never call it. */
const ENGINE = "127.0.0.1:1";

/** How a pack is started. */
export interface BenchPack {
  readonly name: string;
  readonly command: readonly string[];
  readonly folder: string;
}

/** A pack in its folder, by Pulumi's own runner. */
function inFolder(name: string, folder: string, packages = CHECKOUT): BenchPack {
  const runner = require.resolve(RUNNER, { paths: [packages] });
  return { name, command: [process.execPath, runner, ENGINE, folder], folder };
}

/** This pack as it is published: compiled, in its folder. */
export const ours = inFolder("ours", join(CHECKOUT, "policypack"));

/** This pack as one file that the engine runs by itself. */
export const ourFile: BenchPack = {
  name: "ours, one file",
  command: [join(CHECKOUT, "policypack", EXECUTABLE_PACK), ENGINE],
  folder: join(CHECKOUT, "policypack"),
};

/** A compiled pack of @pulumi/policy without a policy: what any pack costs. */
export const empty = inFolder("empty", join(__dirname, "empty-pack"));

/**
 * AWSGuard with what it depends on, installed into a folder of its own, or why it could not be. Its policies that call AWS are
 * off: there is no account.
 */
export function installAwsGuard(): { pack: BenchPack; remove(): void } | { missing: string } {
  const folder = mkdtempSync(join(tmpdir(), "bench-awsguard-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const manifest = {
    name: "awsguard-pack",
    version: "1.0.0",
    private: true,
    main: "index.js",
    dependencies: { [AWSGUARD.name]: AWSGUARD.version },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(folder, "index.js"),
    `const { AwsGuard } = require("${AWSGUARD.name}");\nnew AwsGuard({ all: "advisory", acmCertificateExpiration: "disabled", iamAccessKeysRotated: "disabled", iamMfaEnabledForConsoleAccess: "disabled" });\n`,
  );
  // Install scripts of its old @pulumi/aws would download a provider.
  const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, stderr } = spawnSync("npm", install, { cwd: folder, encoding: "utf8" });
  if (status === 0) return { pack: inFolder("AWSGuard", folder, folder), remove };
  remove();
  return { missing: `npm could not install ${AWSGUARD.name}: ${stderr.trim().split("\n")[0] ?? ""}` };
}
