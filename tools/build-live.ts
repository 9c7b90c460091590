import { join } from "node:path";
import { build } from "esbuild";
import { licenseComment } from "./build-licenses";
import { bundledFolders, replaceFile } from "./build-pack";

/** Where the command looks for it: cli/audit/live/live-reader.ts. */
export const LIVE_BUNDLE = "dist/cli/audit/live/read-account.bundle.js";

/**
 * Bundles the AWS clients that a live audit needs into one file, which nothing else loads: who installs the package installs no client of AWS.
 *
 * @throws Error with the compiler's message
 */
export async function buildLive(root: string): Promise<void> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["cli/audit/live/read-account.ts"],
    outfile: LIVE_BUNDLE,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const licenses = licenseComment(bundledFolders(metafile).map((folder) => join(root, folder)));
  for (const { text } of outputFiles) replaceFile(join(root, LIVE_BUNDLE), `${text}${licenses}\n`);
}
