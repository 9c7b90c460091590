import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "../engine/checkout";
import { cached, makeOnce } from "../engine/once";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest: Manifest = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8"));

/** The release of @pulumi/pulumi that this repository is developed with. */
export const PINNED_SDK = manifest.devDependencies["@pulumi/pulumi"] ?? "";

/**
 * The `node_modules` of a project on a release of @pulumi/pulumi, with @pulumi/aws and what this package depends on;
 * installed once and kept in the user's cache directory.
 */
export function installedSdk(release: string): string {
  if (release === PINNED_SDK) return join(CHECKOUT, "node_modules");
  const aws = manifest.devDependencies["@pulumi/aws"] ?? "";
  return installed(`sdk-${release}`, { ...manifest.dependencies, "@pulumi/pulumi": release, "@pulumi/aws": aws });
}

/** The executable of a release of Node.js: the package for this platform that npm's `node` package would install. */
export function installedNode(release: string): string {
  const { platform, arch } = process;
  const prefix = platform === "darwin" && arch === "arm64" ? "node-bin" : "node";
  const name = `${prefix}-${platform === "win32" ? "win" : platform}-${arch}`;
  const modules = installed(`node-${release}`, { [name]: release });
  return join(modules, name, "bin", platform === "win32" ? "node.exe" : "node");
}

function installed(name: string, dependencies: Readonly<Record<string, string>>): string {
  const text = JSON.stringify({ private: true, dependencies });
  const folder = cached(`${name}-${createHash("sha256").update(text).digest("hex").slice(0, 12)}`);
  makeOnce(folder, (unfinished) => {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, "package.json"), text);
    // The newest SDK asks for a newer Node.js than may be running here: it is run with that.
    execFileSync("npm", ["install", "--ignore-scripts", "--prefer-offline", "--no-package-lock", "--force"], {
      cwd: unfinished,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
    });
    renameSync(unfinished, folder);
  });
  return join(folder, "node_modules");
}
