import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cached, makeOnce } from "./once";

/** A Python with pinned packages in it. */
export interface PythonEnvironment {
  python: string;
  /** What it is, for the test report: `moto 5.2.5, Python 3.11`. */
  version: string;
}

/** Why there is none, in words for the test report. */
export interface NoPython {
  reason: string;
}

/** The oldest Python that the pinned packages run on. */
const OLDEST_MINOR = 10;

/**
 * The Python virtual environment that a file of requirements describes, made once and kept in the user's cache directory. Where no
 * Python can make one, the answer says why. An installation that fails throws with the output of pip.
 *
 * @param name of the package that it is for
 */
export function pythonEnvironment(name: string, file: string): PythonEnvironment | NoPython {
  const asked = spawnSync("python3", ["-c", "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"], {
    encoding: "utf8",
  });
  if (asked.status !== 0) return { reason: "no python3 with the modules venv and ensurepip on PATH" };
  const python = asked.stdout.trim();
  const [major, minor] = python.split(".").map(Number);
  if (major !== 3 || minor === undefined || minor < OLDEST_MINOR) {
    return { reason: `python3 is ${python}, and ${name} needs 3.${OLDEST_MINOR} or later` };
  }
  const requirements = readFileSync(file, "utf8");
  const pinned = requirements.split("\n").find((line) => line.startsWith(`${name}==`)) ?? "";
  const version = pinned.split(/==| /)[1] ?? "";
  const hash = createHash("sha256").update(requirements).digest("hex").slice(0, 12);
  const folder = cached(`${name}-${version}-python${python}-${hash}`);
  const inside = join(folder, "bin", "python");
  // The link to the Python that made it decides: with that one gone, the environment is made anew.
  makeOnce(folder, (unfinished) => install(folder, unfinished, `${name} ${version}`, file), inside);
  return { python: inside, version: `${name} ${version}, Python ${python}` };
}

function install(folder: string, unfinished: string, what: string, requirements: string): void {
  console.log(`installing ${what} into a Python virtual environment, once`);
  try {
    run("python3", ["-m", "venv", "--clear", unfinished]);
    const hashed = ["--require-hashes", "--only-binary=:all:", "--no-deps", "--disable-pip-version-check", "--quiet"];
    run(join(unfinished, "bin", "python"), ["-m", "pip", "install", ...hashed, "--requirement", requirements]);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return;
  const output = error === undefined ? `${stdout}${stderr}` : error.message;
  throw new Error(`could not make the Python environment:\n${output.slice(-4000)}`);
}
