import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cached, makeOnce } from "./once";

/** The CLI that the engine tests drive: where it is, what `pulumi version` says and where it came from. */
export interface PulumiCli {
  path: string;
  version: string;
  origin: "from PATH" | "built from its Go modules";
}

/** Why there is no CLI to drive, in words for the test report. */
export interface NoPulumiCli {
  reason: string;
}

/** The first release with everything these tests rely on: policy exceptions are the newest of it. */
const OLDEST = { major: 3, minor: 271 };
/** Modules of the newest release that the Go module proxy serves. */
const NEWEST = join(__dirname, "cli");
const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

let found: PulumiCli | NoPulumiCli | undefined;

/**
 * Finds the Pulumi CLI: the one on PATH when it is recent enough, else one built once from the modules that
 * cli/go.mod pins and kept in the user's cache directory. The build takes some minutes; later calls are instant.
 * Without either, the answer says why. A build that fails throws with the output of `go`.
 */
export function pulumiCli(): PulumiCli | NoPulumiCli {
  found ??= onPath() ?? builtCli(NEWEST);
  return found;
}

/** Reads `v3.248.0`, `3.250.1-alpha.1` …; undefined where the text is no version. */
export function isRecentEnough(version: string): boolean {
  const parts = /^v?(\d+)\.(\d+)\./.exec(version.trim());
  if (parts === null) return false;
  const [major, minor] = [Number(parts[1]), Number(parts[2])];
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}

function onPath(): PulumiCli | undefined {
  const answer = spawnSync("pulumi", ["version"], { encoding: "utf8", env: quietEnvironment() });
  if (answer.status !== 0 || !isRecentEnough(answer.stdout)) return undefined;
  return { path: "pulumi", version: answer.stdout.trim(), origin: "from PATH" };
}

/**
 * The CLI that the go.mod and go.sum in a folder pin, built once and kept in the user's cache directory; or, without `go`, why
 * there is none. A build that fails throws with the output of `go`.
 */
export function builtCli(modules: string): PulumiCli | NoPulumiCli {
  const version = pinnedVersion(modules);
  const path = cached(`pulumi-${version}-${sumHash(modules)}`, "pulumi");
  if (!existsSync(path)) {
    if (spawnSync("go", ["version"]).status !== 0) {
      return { reason: `no pulumi ${OLDEST.major}.${OLDEST.minor}.0 or later on PATH, and no go to build one with` };
    }
    makeOnce(path, (unfinished) => build(modules, path, unfinished, version));
  }
  return { path, version, origin: "built from its Go modules" };
}

function pinnedVersion(modules: string): string {
  const file = join(modules, "go.mod");
  const pinned = /github\.com\/pulumi\/pulumi\/pkg\/v3 (v\S+)/.exec(readFileSync(file, "utf8"))?.[1];
  if (pinned === undefined) throw new Error(`${file} does not pin github.com/pulumi/pulumi/pkg/v3`);
  return pinned;
}

function sumHash(modules: string): string {
  return createHash("sha256")
    .update(readFileSync(join(modules, "go.sum")))
    .digest("hex")
    .slice(0, 12);
}

function build(modules: string, path: string, unfinished: string, version: string): void {
  console.log(`building pulumi ${version} from its Go modules, once; this takes some minutes`);
  const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
  const args = ["build", "-tags", "osusergo,grpcnotrace", "-trimpath", "-ldflags", `-s -w ${stamp}`];
  try {
    execFileSync("go", [...args, "-o", unfinished, PACKAGE], {
      cwd: modules,
      env: { ...process.env, CGO_ENABLED: "0" },
      stdio: ["ignore", "inherit", "pipe"],
    });
  } catch (error) {
    rmSync(unfinished, { force: true });
    const output = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    throw new Error(`go could not build the Pulumi CLI:\n${output.slice(-4000)}`);
  }
  renameSync(unfinished, path);
}

function quietEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
}
