import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { PulumiCli } from "./pulumi";

const CHECKOUT = join(__dirname, "..", "..");
const NODE_MODULES = join(CHECKOUT, "node_modules");

/** Packages whose provider the stand-in plays unless a test asks for more. */
export const DEFAULT_PACKAGES: readonly string[] = ["aws", "aws-native"];

/**
 * Writes executables for the engine into `folder`, which then goes in front of PATH: the stand-in provider of each
 * package, the host of dynamic resources and, where the CLI was built without one, the language host.
 */
export function installPlugins(folder: string, cli: PulumiCli, packages: readonly string[]): void {
  const provider = bundled("provider/main.ts");
  mkdirSync(folder, { recursive: true });
  for (const name of packages) script(folder, `pulumi-resource-${name}`, [provider, name, NODE_MODULES]);
  script(folder, "pulumi-resource-pulumi-nodejs", [require.resolve("@pulumi/pulumi/cmd/dynamic-provider")]);
  if (cli.origin !== "PATH") script(folder, "pulumi-language-nodejs", [bundled("language-host/main.ts")]);
}

function script(folder: string, name: string, command: string[]): void {
  const words = [process.execPath, ...command].map((it) => `'${it}'`).join(" ");
  writeFileSync(join(folder, name), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
}

/**
 * The entry point as one JavaScript file: the engine starts a provider several times in each run, and loading it
 * through a TypeScript compiler, or file by file, costs more than everything it does.
 */
function bundled(entry: string): string {
  const [output] = buildSync({
    entryPoints: [join(__dirname, entry)],
    bundle: true,
    platform: "node",
    target: "node20",
    external: ["typescript"],
    write: false,
    logLevel: "error",
  }).outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of tests/engine/${entry}`);
  const hash = createHash("sha256").update(output.contents).digest("hex").slice(0, 12);
  const file = join(NODE_MODULES, ".cache", "aws-identity-guardrails", `engine-${hash}`, "main.js");
  if (!existsSync(file)) {
    const unfinished = `${file}.${process.pid}`;
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(unfinished, output.contents);
    renameSync(unfinished, file);
  }
  return file;
}
