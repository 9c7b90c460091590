import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { CHECKOUT } from "./checkout";

/**
 * An entry point of this folder as one JavaScript file, made once for each state of its sources: the engine starts
 * plugins several times in each run, and loading them through a TypeScript compiler, or file by file, costs more than
 * everything they do. `outside` names packages that the file resolves when it runs; `*` all of them.
 */
export function bundled(entry: string, outside: readonly string[] = []): string {
  const [output] = buildSync({
    entryPoints: [join(__dirname, entry)],
    bundle: true,
    platform: "node",
    target: "node20",
    ...(outside.includes("*") ? { packages: "external" } : { external: [...outside] }),
    write: false,
    logLevel: "error",
  }).outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of tests/engine/${entry}`);
  const hash = createHash("sha256").update(output.contents).digest("hex").slice(0, 12);
  const file = join(CHECKOUT, "node_modules", ".cache", "aws-identity-guardrails", `engine-${hash}`, "main.js");
  if (!existsSync(file)) {
    const unfinished = `${file}.${process.pid}`;
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(unfinished, output.contents);
    renameSync(unfinished, file);
  }
  return file;
}
