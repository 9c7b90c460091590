import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKSUMS, makeReleaseFiles, releaseFaults } from "../../tools/publish/release-files";

const ROOT = join(__dirname, "..", "..");

describe("the files of a release", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  let names: string[];
  before(() => {
    names = makeReleaseFiles(ROOT, folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are two tarballs, two lists of contents and the sums of all four", () => {
    const shown = names.map((name) => name.replace(/\d+\.\d+\.\d+/, "VERSION"));
    assert.deepEqual(shown, [
      "aws-identity-guardrails-VERSION.cdx.json",
      "aws-identity-guardrails-VERSION.tgz",
      "aws-identity-guardrails-policy-pack-VERSION.cdx.json",
      "aws-identity-guardrails-policy-pack-VERSION.tgz",
      "SHA256SUMS",
    ]);
    assert.deepEqual(readdirSync(folder).sort(), [...names].sort());
  });

  it("have the sums that are written down", () => {
    const lines = readFileSync(join(folder, CHECKSUMS), "utf8").trimEnd().split("\n");
    const sums = names
      .filter((name) => name !== CHECKSUMS)
      .map(
        (name) =>
          `${createHash("sha256")
            .update(readFileSync(join(folder, name)))
            .digest("hex")}  ${name}`,
      );
    assert.deepEqual(lines, sums);
  });

  /** Names and versions of what a list says that a package brings along. */
  function components(name: string): string[] {
    const list = JSON.parse(readFileSync(join(folder, name), "utf8"));
    assert.deepEqual([list.bomFormat, list.metadata.component.name], ["CycloneDX", "aws-identity-guardrails"]);
    return list.components.map((it: { name: string; version: string }) => `${it.name}@${it.version}`);
  }

  for (const [index, manifest] of [
    [0, "package.json"],
    [2, "policypack/package.json"],
  ] as const) {
    it(`list what ${manifest} pins and what comes with that, and nothing that only tests need`, () => {
      const listed = components(names[index] ?? "");
      const pinned: Record<string, string> = JSON.parse(readFileSync(join(ROOT, manifest), "utf8")).dependencies;
      for (const [name, version] of Object.entries(pinned)) assert.ok(listed.includes(`${name}@${version}`), name);
      assert.ok(listed.some((it) => it.startsWith("@grpc/proto-loader@")));
      assert.equal(
        listed.some((it) => it.startsWith("mocha@")),
        false,
      );
    });
  }
});

describe("a tag", () => {
  const manifest = { version: "1.2.3", repository: { url: "git+https://github.com/acme/guardrails.git" } };

  it("releases the version and the repository that package.json names", () =>
    assert.deepEqual(releaseFaults(manifest, "v1.2.3", "acme/guardrails"), []));

  it("releases no other version", () =>
    assert.deepEqual(releaseFaults(manifest, "v1.2.4", "acme/guardrails"), [
      "the tag is v1.2.4, and package.json has version 1.2.3",
    ]));

  it("releases from no other repository, and from none that package.json does not name", () => {
    assert.deepEqual(releaseFaults(manifest, "v1.2.3", "evil/guardrails"), [
      '"repository" in package.json is git+https://github.com/acme/guardrails.git, and this is evil/guardrails',
    ]);
    assert.deepEqual(releaseFaults({ version: "1.2.3" }, "v1.2.3", "acme/guardrails"), [
      '"repository" in package.json is missing, and this is acme/guardrails',
    ]);
  });
});
