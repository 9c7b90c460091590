import { join } from "node:path";
import { build } from "esbuild";
import { licenseComment } from "./build-licenses";
import { bundledFolders, replaceFile } from "./build-pack";

const SOURCES = "cli/report/html/browser";

/** Sources of the page that are no TypeScript. */
export const PAGE_STYLE = `${SOURCES}/style.css`;

/**
 * Bundles the script and the style of the report's page into `dist/page`, from where each report gets them. The script is written to
 * stand in a page: nothing in it ends its element.
 */
export async function buildPage(root: string): Promise<void> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { "page.js": `${SOURCES}/main.ts`, "page.css": PAGE_STYLE },
    entryNames: "[name]",
    outdir: "dist/page",
    bundle: true,
    platform: "browser",
    target: "es2022",
    format: "iife",
    minify: true,
    charset: "ascii",
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const licenses = licenseComment(bundledFolders(metafile).map((folder) => join(root, folder)));
  for (const { path, text } of outputFiles) {
    if (path.endsWith(".js"))
      replaceFile(join(root, "dist/page/page.js"), `${text}${licenses}\n`.replaceAll("</", "<\\/"));
    else replaceFile(join(root, "dist/page/page.css"), text);
  }
}
