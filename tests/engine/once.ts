import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const LOCK_POLL_MS = 500;

/** Where in the user's cache the tests keep what takes long to make: a Pulumi CLI, an AWS emulator. */
export function cached(...path: string[]): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "aws-identity-guardrails", ...path);
}

/**
 * Makes `path` unless it is there. Of several processes that want it at once one makes it and the others wait. `make` gets a
 * name beside it that nobody else uses, and moves what it made to `path` at its end; what it throws goes to the caller.
 * `proof`, `path` itself or something in it, is what has to exist.
 */
export function makeOnce(path: string, make: (unfinished: string) => void, proof = path): void {
  if (existsSync(proof)) return;
  mkdirSync(dirname(path), { recursive: true });
  const lock = `${path}.lock`;
  while (!takeLock(lock)) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_POLL_MS);
  }
  try {
    if (!existsSync(proof)) make(`${path}.${process.pid}`);
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** The holder writes its id just after it made the file: an empty lock is dead only when it has stayed so. */
function isAbandoned(lock: string): boolean {
  try {
    return !isAlive(Number(readFileSync(lock, "utf8"))) && Date.now() - statSync(lock).mtimeMs > LOCK_POLL_MS;
  } catch {
    // Gone in the meantime.
    return false;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
