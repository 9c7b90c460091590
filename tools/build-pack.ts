import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { type BuildOptions, build, type Metafile, type StdinOptions } from "esbuild";
import { licenseComment } from "./build-licenses";
import { hashOfPack } from "./sources-hash";

/** Path of the built pack in the pack's folder: the `main` of its package.json. */
export const BUILT_PACK = "dist/index.js";

/** Path of the pack as one file that the engine runs as it is, beside the other. */
export const EXECUTABLE_PACK = "dist/aws-identity-guardrails";

/**
 * Parts of the pack that the package's command, components and doors use: they take them from the built pack, so that its code and
 * AWS's tables are shipped once. Paths of modules in the pack's folder, `/index` left out.
 */
export const PARTS = ["host", "host/protocol", "host/protocol/pulumi-policies", "iam", "model", "rules"] as const;

/** What a module puts on `globalThis` while it loads the built pack for its parts: then it exports them and serves nothing. */
export const PARTS_ALONE = "aws-identity-guardrails.parts-alone";

/** Only what describes a gRPC server to others loads it, which nobody asks of a pack. */
const NEVER_LOADED = "@grpc/proto-loader";

/** The sources a built pack says that it was made from; undefined when there is no such file or it says nothing. */
export function hashInBuild(packFolder: string, path: string): string | undefined {
  const file = join(packFolder, path);
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
  return await bundle(packFolder, BUILT_PACK, 0o644, {
    stdin: entry(packFolder, [...exportsOf(packFolder), ...startOf(hash, "./pack", `!globalThis[${PARTS_ALONE_KEY}]`)]),
    banner: { js: sourcesLine(hash) },
    external: Object.keys(manifest.dependencies),
  });
}

/**
 * Bundles `executable.ts` with all that it needs but Node itself into one file with a first line that runs it. It may be
 * copied anywhere, so it is written to be read as CommonJS and as an ECMAScript module: a file without an extension is
 * whatever the package.json above it says.
 */
export async function buildExecutable(packFolder: string): Promise<PackageUse> {
  const hash = hashOfPack(packFolder);
  return await bundle(packFolder, EXECUTABLE_PACK, 0o755, {
    stdin: entry(packFolder, startOf(hash, "./executable")),
    banner: { js: `#!/usr/bin/env node\n${sourcesLine(hash)}\n${BEFORE}` },
    footer: { js: AFTER },
    external: [NEVER_LOADED],
  });
}

/** What CommonJS has and a module has not, made from what both have. An old Node says so before it meets what it cannot read. */
const BEFORE = [
  "if (parseInt(process.versions.node, 10) < 20) {",
  '  console.error("aws-identity-guardrails needs Node 20 or later, and this is " + process.version + ".");',
  "  process.exit(1);",
  "}",
  'Promise.all([import("node:fs"), import("node:module"), import("node:path")]).then(([fs, node, path]) => {',
  "const __filename = fs.realpathSync(process.argv[1]);",
  "const __dirname = path.dirname(__filename);",
  "const require = node.createRequire(__filename);",
  "const module = { exports: {} };",
].join("\n");
const AFTER = "});";

function sourcesLine(hash: string): string {
  return `// sources sha256:${hash}`;
}

async function bundle(
  packFolder: string,
  path: string,
  mode: number,
  options: Pick<BuildOptions, "stdin" | "banner" | "footer" | "external">,
): Promise<PackageUse> {
  const { outputFiles, metafile } = await build({
    ...options,
    absWorkingDir: packFolder,
    outfile: join(packFolder, path),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Names stay, for the frames of an error; Pulumi Cloud takes half a megabyte.
    minifyWhitespace: true,
    lineLimit: 160,
    legalComments: "inline",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const licenses = licenseComment(bundledFolders(metafile).map((folder) => join(packFolder, folder)));
  for (const file of outputFiles) replaceFile(file.path, `${file.text}${licenses}${licenses && "\n"}`, mode);
  return packagesIn(metafile);
}

/** Replaces a file in one step: a process that starts meanwhile reads the old one or the new one, never half of it. */
export function replaceFile(path: string, contents: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.tmp`;
  writeFileSync(next, contents, { mode });
  renameSync(next, path);
}

const PARTS_ALONE_KEY = `Symbol.for(${JSON.stringify(PARTS_ALONE)})`;

function entry(packFolder: string, lines: readonly string[]): StdinOptions {
  return { contents: lines.join("\n"), resolveDir: packFolder, sourcefile: "entry.js", loader: "js" };
}

/** Exports each part as a function, so that nothing of it runs before somebody asks for it. */
function exportsOf(packFolder: string): string[] {
  return partsOf(packFolder).map((part) => `exports[${JSON.stringify(part)}] = () => require("./${part}");`);
}

/** The parts that there are in a pack's folder. */
export function partsOf(packFolder: string): string[] {
  return PARTS.filter((part) => ["", "/index"].some((end) => existsSync(join(packFolder, `${part}${end}.ts`))));
}

/** Starts a module, unless its sources say that they have changed. */
function startOf(hash: string, starts: string, when = "true"): string[] {
  return [
    `if (${when}) {`,
    `  const { stalenessOf } = require(${JSON.stringify(join(__dirname, "sources-hash"))});`,
    `  const stale = stalenessOf(require("node:path").dirname(__dirname), ${JSON.stringify(hash)});`,
    "  if (stale !== undefined) {",
    "    console.error(stale);",
    "    process.exit(1);",
    "  }",
    `  require(${JSON.stringify(starts)});`,
    "}",
  ];
}

/** Folders of the packages that a build holds, relative to the folder that it was made in. */
export function bundledFolders({ outputs }: Metafile): string[] {
  const folders = new Set<string>();
  for (const { inputs } of Object.values(outputs)) {
    for (const input of Object.keys(inputs)) {
      const folder = /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder !== undefined) folders.add(folder);
    }
  }
  return [...folders];
}

function packagesIn(metafile: Metafile): PackageUse {
  const bundled = bundledFolders(metafile).map((folder) => folder.replace(/.*node_modules\//, ""));
  const required = new Set<string>();
  for (const output of Object.values(metafile.outputs)) {
    for (const { path, external } of output.imports) {
      if (external && !isBuiltin(path)) required.add(/^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
    }
  }
  return { bundled: bundled.sort(), required: [...required].sort() };
}
