import { existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { bundled } from "./bundle";
import { CHECKOUT } from "./checkout";

/** Packages whose provider the stand-in plays unless a test asks for more. */
export const DEFAULT_PACKAGES: readonly string[] = ["aws", "aws-native"];

/**
 * Writes executables for the engine into `folder`, which then goes in front of PATH: the stand-in provider of each
 * package, the host of dynamic resources and, where no language host is installed, ours.
 */
export function installPlugins(folder: string, packages: readonly string[]): void {
  const provider = bundled("provider/main.ts", ["typescript"]);
  mkdirSync(folder, { recursive: true });
  for (const name of packages)
    script(folder, `pulumi-resource-${name}`, [provider, name, join(CHECKOUT, "node_modules")]);
  script(folder, "pulumi-resource-pulumi-nodejs", [require.resolve("@pulumi/pulumi/cmd/dynamic-provider")]);
  if (hasLanguageHost()) return;
  script(folder, "pulumi-language-nodejs", [bundled("language-host/main.ts")]);
  // What starts a policy pack in place of the language host where the CLI is old.
  script(folder, "pulumi-analyzer-policy", [require.resolve("@pulumi/pulumi/cmd/run-policy-pack")]);
}

/** The engine looks for it on PATH and beside its own executable, where an installation of Pulumi puts it. */
function hasLanguageHost(): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const besidePulumi = folders.map((it) => join(it, "pulumi")).filter(existsSync);
  const searched = [...folders, ...besidePulumi.map((it) => dirname(realpathSync(it)))];
  return searched.some((it) => existsSync(join(it, "pulumi-language-nodejs")));
}

function script(folder: string, name: string, command: string[]): void {
  const words = [process.execPath, ...command].map((it) => `'${it}'`).join(" ");
  writeFileSync(join(folder, name), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
}
