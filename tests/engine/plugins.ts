import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "./bundle";
import { CHECKOUT } from "./checkout";
import type { PulumiCli } from "./pulumi";

/** Packages whose provider the stand-in plays unless a test asks for more. */
export const DEFAULT_PACKAGES: readonly string[] = ["aws", "aws-native"];

/**
 * Writes executables for the engine into `folder`, which then goes in front of PATH: the stand-in provider of each
 * package, the host of dynamic resources and, where the CLI was built without one, the language host.
 */
export function installPlugins(folder: string, cli: PulumiCli, packages: readonly string[]): void {
  const provider = bundled("provider/main.ts", ["typescript"]);
  mkdirSync(folder, { recursive: true });
  for (const name of packages)
    script(folder, `pulumi-resource-${name}`, [provider, name, join(CHECKOUT, "node_modules")]);
  script(folder, "pulumi-resource-pulumi-nodejs", [require.resolve("@pulumi/pulumi/cmd/dynamic-provider")]);
  if (cli.origin !== "PATH") script(folder, "pulumi-language-nodejs", [bundled("language-host/main.ts")]);
}

function script(folder: string, name: string, command: string[]): void {
  const words = [process.execPath, ...command].map((it) => `'${it}'`).join(" ");
  writeFileSync(join(folder, name), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
}
