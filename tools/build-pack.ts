import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { hashOfPack } from "./sources-hash";

/** Path of the built pack in the pack's folder: the `main` of its package.json. */
export const BUILT_PACK = "dist/index.js";

/** The sources a built pack says that it was made from; undefined when there is no such file or it says nothing. */
export function hashInBuild(packFolder: string): string | undefined {
  const file = join(packFolder, BUILT_PACK);
  return existsSync(file) ? /^\/\/ sources sha256:([0-9a-f]{64})$/m.exec(readFileSync(file, "utf8"))?.[1] : undefined;
}

/** Names of the packages that a build holds, and of those that it still wants to find at run time. */
export interface PackageUse {
  readonly bundled: readonly string[];
  readonly required: readonly string[];
}

/**
 * Bundles `pack.ts` with everything that the pack's package.json does not list as a dependency into one CommonJS file.
 * The file starts with a comparison of its sources, so that in a checkout it never serves old rules.
 */
export async function buildPack(packFolder: string): Promise<PackageUse> {
  const manifest: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(packFolder, "package.json"), "utf8"),
  );
  const hash = hashOfPack(packFolder);
  const outfile = join(packFolder, BUILT_PACK);
  const result = await build({
    stdin: { contents: entry(hash), resolveDir: packFolder, sourcefile: "entry.ts", loader: "ts" },
    absWorkingDir: packFolder,
    outfile,
    banner: { js: `// sources sha256:${hash}` },
    external: Object.keys(manifest.dependencies),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "inline",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  for (const file of result.outputFiles) replaceFile(file.path, file.contents);
  return packagesIn(result.metafile);
}

/** Replaces a file in one step: a process that starts meanwhile reads the old one or the new one, never half of it. */
export function replaceFile(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.tmp`;
  writeFileSync(next, contents);
  renameSync(next, path);
}

function entry(hash: string): string {
  return [
    `import { dirname } from "node:path";`,
    `import { stalenessOf } from ${JSON.stringify(join(__dirname, "sources-hash"))};`,
    `const stale = stalenessOf(dirname(__dirname), ${JSON.stringify(hash)});`,
    "if (stale !== undefined) {",
    "  console.error(stale);",
    "  process.exit(1);",
    "}",
    // Not an import: those run before anything else in the file.
    `require("./pack");`,
  ].join("\n");
}

function packagesIn(metafile: Metafile): PackageUse {
  const bundled = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const inModules = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
    if (inModules !== undefined) bundled.add(inModules);
  }
  const required = new Set<string>();
  for (const output of Object.values(metafile.outputs)) {
    for (const { path, external } of output.imports) {
      if (external && !isBuiltin(path)) required.add(/^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
    }
  }
  return { bundled: [...bundled].sort(), required: [...required].sort() };
}
