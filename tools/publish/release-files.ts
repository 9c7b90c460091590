import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm } from "./npm";
import { packageLockOf, SHRINKWRAP, shrinkwrapOf } from "./shrinkwrap";
import { faultsOf, manifestOf, tarballOf } from "./tarball";

/** The file with the checksums of all others, in the form of `sha256sum`. */
export const CHECKSUMS = "SHA256SUMS";

/**
 * Makes what stands beside a release: the tarballs of the package and of the policy pack, a CycloneDX list of what each
 * brings along (npm documentation, "npm sbom"), and their checksums. The checkout has to be built.
 *
 * @param folder where to put them; made if it is not there
 * @returns the names of the files
 * @throws Error with npm's words, or with what is wrong with the pack
 */
export function makeReleaseFiles(root: string, folder: string): string[] {
  const pack = join(root, "policypack");
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  mkdirSync(folder, { recursive: true });
  const files = {
    package: `${name}-${version}.tgz`,
    packageList: `${name}-${version}.cdx.json`,
    pack: `${name}-policy-pack-${version}.tgz`,
    packList: `${name}-policy-pack-${version}.cdx.json`,
  };
  try {
    writeFileSync(join(pack, SHRINKWRAP), shrinkwrapOf(root));
    const faults = faultsOf(tarballOf(pack), manifestOf(pack));
    if (faults.length > 0) throw new Error(`the pack must not be published so:\n${faults.join("\n")}`);
    // Both have the package's name: the pack's is packed first and renamed.
    npm(pack, "pack", "--ignore-scripts", "--pack-destination", folder);
    renameSync(join(folder, files.package), join(folder, files.pack));
    writeFileSync(join(folder, files.packList), contentsOf(name, readFileSync(join(pack, SHRINKWRAP), "utf8")));
  } finally {
    rmSync(join(pack, SHRINKWRAP), { force: true });
  }
  npm(root, "pack", "--ignore-scripts", "--pack-destination", folder);
  writeFileSync(join(folder, files.packageList), contentsOf(name, packageLockOf(root)));
  const names = Object.values(files).sort();
  const sums = names.map((file) => `${sha256(join(folder, file))}  ${file}\n`);
  writeFileSync(join(folder, CHECKSUMS), sums.join(""));
  return [...names, CHECKSUMS];
}

/** What a package brings along to whoever installs it, by its lock file. */
function contentsOf(name: string, lock: string): string {
  const folder = mkdtempSync(join(tmpdir(), "contents-"));
  try {
    writeFileSync(join(folder, "package.json"), JSON.stringify(JSON.parse(lock).packages[""]));
    writeFileSync(join(folder, "package-lock.json"), lock);
    const list = JSON.parse(npm(folder, "sbom", "--package-lock-only", "--sbom-format=cyclonedx"));
    // npm names the folder here.
    list.metadata.component.name = name;
    return `${JSON.stringify(list, undefined, 2)}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/**
 * Why a tag does not release this checkout, one sentence each; empty where it does.
 *
 * @param tag such as `v1.2.3`
 * @param repository the repository on GitHub that the release is made in, `owner/name`
 */
export function releaseFaults(
  manifest: { version: string; repository?: { url?: string } | string },
  tag: string,
  repository: string,
): string[] {
  const faults: string[] = [];
  if (tag !== `v${manifest.version}`)
    faults.push(`the tag is ${tag}, and package.json has version ${manifest.version}`);
  const url = typeof manifest.repository === "string" ? manifest.repository : manifest.repository?.url;
  // npm's provenance is refused where they differ.
  if (!url?.replace(/\.git$/, "").endsWith(`/${repository}`)) {
    faults.push(`"repository" in package.json is ${url ?? "missing"}, and this is ${repository}`);
  }
  return faults;
}
