import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXECUTABLE_PACK } from "../build-pack";
import { tarballOf } from "../publish/tarball";
import type { Row } from "./rows";

const CHECKOUT = join(__dirname, "../..");
const PACK = join(CHECKOUT, "policypack");
const KIBIBYTE = 1024;

/** Bytes of what is published, and on disk at a consumer beyond @pulumi/pulumi, which every pack needs. */
export function sizeRows(): Row[] {
  const rows = [
    row("tarball of the pack for Pulumi Cloud", tarballOf(PACK).size, 500),
    row("tarball of the npm package", tarballOf(CHECKOUT).size, 2 * KIBIBYTE),
    row("the pack's compiled file", statSync(join(PACK, "dist/index.js")).size),
    row("the pack as one file", statSync(join(PACK, EXECUTABLE_PACK)).size),
  ];
  const installed = installedBeyondPulumi();
  return installed === undefined ? rows : [...rows, row("installed beyond @pulumi/pulumi", installed, 40 * KIBIBYTE)];
}

function row(what: string, bytes: number, goal?: number): Row {
  const measured = new Map([["bytes", [bytes / KIBIBYTE]]]);
  return { what, unit: "KiB", measured, ...(goal === undefined ? {} : { goal }) };
}

/** What `npm install` of the pack puts on disk beside what `npm install` of its @pulumi/pulumi alone does; undefined where npm fails. */
function installedBeyondPulumi(): number | undefined {
  const { dependencies }: { dependencies: Record<string, string> } = require(join(PACK, "package.json"));
  const pulumi = `@pulumi/pulumi@${dependencies["@pulumi/pulumi"]}`;
  const [whole, base] = [installed(PACK), installed(pulumi)];
  return whole === undefined || base === undefined ? undefined : whole - base;
}

function installed(what: string): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), "bench-install-"));
  try {
    const args = ["install", "--install-links", "--no-audit", "--no-fund", "--prefix", folder, what];
    return spawnSync("npm", args, { cwd: folder }).status === 0 ? sizeOf(folder) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizeOf(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}
