import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Bytes on disk of the packages that these names bring along in a checkout, and that `@pulumi/pulumi` does not. */
export function bytesBeyondPulumi(root: string, names: readonly string[]): number {
  const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8"),
  );
  const there = reachedFrom(packages, ["@pulumi/pulumi"]);
  const brought = [...reachedFrom(packages, names)].filter((path) => !there.has(path));
  return brought.reduce((sum, path) => sum + bytesOf(join(root, path)), 0);
}

/** Paths of the packages that are found from the root by these names, and of all that they depend on. */
function reachedFrom(packages: Readonly<Record<string, Locked>>, names: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = names.map((name) => `node_modules/${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    const entry = packages[path];
    if (entry === undefined) throw new Error(`package-lock.json has no ${path}`);
    reached.add(path);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const found = placesFor(name, path).find((place) => place in packages);
      if (found !== undefined) waiting.push(found);
    }
  }
  return reached;
}

/** Where Node.js looks for a package that one at this path asks for, nearest first. */
function placesFor(name: string, path: string): string[] {
  const parts = path.split("/node_modules/");
  return parts
    .map((_, i) => `${parts.slice(0, parts.length - i).join("/node_modules/")}/node_modules/${name}`)
    .concat(`node_modules/${name}`);
}

/** Without the packages within, which are others. */
function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .map((entry) => join(folder, entry.name))
    .reduce((sum, path) => sum + (statSync(path).isDirectory() ? bytesOf(path) : statSync(path).size), 0);
}
