import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { npmEnvironment } from "./npm-environment";
import { SHRINKWRAP } from "./shrinkwrap";

/** What npm would pack. Sizes in bytes. */
export interface Tarball {
  readonly size: number;
  /** Paths in the pack's folder. */
  readonly files: readonly string[];
}

/** The parts of the pack's package.json that decide what consumers run. */
export interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const MOST_BYTES = 500 * 1024;
/** The only files there may be; without one of the first four no consumer can load the pack as it was tested. */
const NEEDED = ["PulumiPolicy.yaml", "dist/index.js", "package.json", SHRINKWRAP];
const ALLOWED = new Set([...NEEDED, "RULES.md"]);

/**
 * Why these contents must not be published, one sentence each; empty where they may.
 * "The tarball" is what `npm pack` makes, which is what `pulumi policy publish` sends.
 */
export function faultsOf({ size, files }: Tarball, manifest: Manifest): string[] {
  const faults: string[] = [];
  if (size > MOST_BYTES) faults.push(`the tarball has ${size} bytes; ${MOST_BYTES} are the most`);
  for (const path of NEEDED) if (!files.includes(path)) faults.push(`the tarball lacks ${path}`);
  for (const path of files)
    if (!ALLOWED.has(path)) faults.push(`the tarball holds ${path}, which the pack does not need`);
  for (const script of Object.keys(manifest.scripts ?? {})) {
    faults.push(`package.json has the script ${script}: what npm prints for it breaks publishing or runs at consumers`);
  }
  if (Object.keys(manifest.devDependencies ?? {}).length > 0) faults.push("package.json has devDependencies");
  for (const [name, version] of Object.entries(manifest.dependencies ?? {})) {
    if (!/^\d+\.\d+\.\d+$/.test(version))
      faults.push(`package.json asks for ${name}@${version}, which is no exact version`);
  }
  return faults;
}

/** What npm would pack of a folder now. Throws with npm's words where it cannot. */
export function tarballOf(folder: string): Tarball {
  const { status, stdout, stderr, error } = spawnSync("npm", ["pack", "--dry-run", "--json"], {
    cwd: folder,
    encoding: "utf8",
    env: npmEnvironment(),
  });
  if (status !== 0) throw new Error(`npm cannot pack ${folder}: ${error?.message ?? stderr}`);
  const [packed]: [{ size: number; files: { path: string }[] }] = JSON.parse(stdout);
  return { size: packed.size, files: packed.files.map(({ path }) => path) };
}

export function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
