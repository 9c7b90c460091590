import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { version as esbuildVersion } from "esbuild";
import { buildLive, LIVE_BUNDLE } from "./build-live";
import { BUILT_PACK, buildExecutable, buildPack, EXECUTABLE_PACK, hashInBuild, replaceFile } from "./build-pack";
import { buildPackage } from "./build-package";
import { buildPage, PAGE_STYLE } from "./build-page";
import { hashOfFiles, hashOfPack, sourcesIn } from "./sources-hash";

const SOURCE_FOLDERS = ["cli", "policypack", "stacks"];
const CONFIGURATION = [
  "package.json",
  "policypack/package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
  PAGE_STYLE,
];

/** Hash of everything that a build of the repository depends on, the builder included. */
function hashOfBuild(root: string): string {
  const inFolders = SOURCE_FOLDERS.flatMap((folder) =>
    sourcesIn(join(root, folder)).map((path) => `${folder}/${path}`),
  );
  const builder = sourcesIn(__dirname).filter((path) => /^(build|sources-hash)/.test(path));
  return hashOfFiles(root, [...inFolders, ...CONFIGURATION], hashOfFiles(__dirname, builder, esbuildVersion));
}

/**
 * Brings `policypack/dist` (the pack that Pulumi loads, as the entry point of its folder and as one file) and `dist` (the
 * npm package's command, components and policies) up to date with their sources.
 *
 * @returns whether there was anything to do
 * @throws Error with the compilers' message when a source cannot be built
 */
export async function build(root: string): Promise<boolean> {
  const stamp = join(root, "dist", ".build");
  const pack = join(root, "policypack");
  const hash = hashOfBuild(root);
  const sources = hashOfPack(pack);
  const isBuilt = [BUILT_PACK, EXECUTABLE_PACK].every((path) => hashInBuild(pack, path) === sources);
  if (isBuilt && existsSync(join(root, LIVE_BUNDLE)) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash)
    return false;
  await buildPack(pack);
  await buildExecutable(pack);
  buildPackage(root);
  await buildLive(root);
  await buildPage(root);
  replaceFile(stamp, hash);
  return true;
}

if (require.main === module) {
  build(join(__dirname, "..")).then(
    (built) => console.error(built ? "Built policypack/dist and dist." : "policypack/dist and dist are up to date."),
    (error: Error) => {
      console.error(`The build failed.\n${error.message}`);
      process.exitCode = 1;
    },
  );
}
