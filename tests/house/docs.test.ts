import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { readOwnConfig } from "../../cli/policies/own-config";
import { parsedFile } from "../../cli/terminal/json-file";
import { rules } from "../../policypack/rules";
import { filesUnder, jsonOf, ROOT, textOf } from "./sources";

const AT_THE_TOP = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"];
const FOLDERS = ["docs", "stacks", "policypack", "examples"];

function documents(): string[] {
  return [...AT_THE_TOP, ...FOLDERS.flatMap((folder) => filesUnder(folder, ".md"))];
}

/** The text without code blocks, where nothing is a link or a heading. */
function proseOf(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, "");
}

/** Targets of the links and images in a document. */
function linksIn(markdown: string): string[] {
  return [...proseOf(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
}

/** Anchors of a document's headings, as GitHub makes them. */
function anchorsIn(markdown: string): string[] {
  return [...proseOf(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}

function codeBlocksIn(markdown: string): string[] {
  return [...markdown.matchAll(/^```[^\n]*\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
}

function codeIn(markdown: string): string {
  const spans = [...proseOf(markdown).matchAll(/`([^`]+)`/g)].map(([, code]) => code);
  return [...codeBlocksIn(markdown), ...spans].join("\n");
}

/** Links to a file or heading of the repository that is not there. */
function brokenLinks(path: string, markdown: string): string[] {
  return linksIn(markdown).filter((link) => {
    if (/^(https:|mailto:)/.test(link)) return false;
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path : posix.join(posix.dirname(path), file);
    if (file !== "" && !existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsIn(file === "" ? markdown : textOf(target)).includes(anchor);
  });
}

describe("documents", () => {
  for (const path of documents()) {
    it(`${path} links to what is there`, () => {
      assert.deepEqual(brokenLinks(path, textOf(path)), []);
    });

    it(`${path} names npm scripts that exist`, () => {
      const scripts = Object.keys(jsonOf<{ scripts: Record<string, string> }>("package.json").scripts);
      const named = [...codeIn(textOf(path)).matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
      assert.deepEqual(
        named.filter((name) => !scripts.includes(name)),
        [],
      );
    });
  }

  it("give the two commands of the README as lines to copy", () => {
    const lines = codeBlocksIn(textOf("README.md")).join("").split("\n");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("npm ci")),
      ["npm ci && npm run demo", "npm ci && npm test"],
    );
  });

  it("name in the README rules that exist, with their levels", () => {
    const named = [...textOf("README.md").matchAll(/^\| `([a-z-]+)` \| (mandatory|advisory) \|/gm)];
    const wrong = named.filter(([, id, level]) => !rules.some((rule) => rule.id === id && rule.level === level));
    assert.notEqual(named.length, 0);
    assert.deepEqual(
      wrong.map(([row]) => row),
      [],
    );
  });

  for (const [path, count] of [
    ["docs/configuration.md", 2],
    ["docs/findings.md", 2],
    ["docs/rollout.md", 3],
  ] as const) {
    it(`show in ${path} configurations without a mistake`, () => {
      const examples = [...textOf(path).matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
      assert.equal(examples.length, count);
      for (const example of examples) {
        const { mistakes } = readOwnConfig(parsedFile(path, example), new Date("2026-12-01T00:00:00Z"));
        assert.deepEqual(mistakes, []);
      }
    });
  }

  it("keep a list of what is not released yet", () => {
    assert.match(textOf("CHANGELOG.md"), /^## \[Unreleased\]$/m);
  });
});

describe("reading documents", () => {
  it("finds a link to a file that is not there, and one to a heading that is not there", () => {
    assert.deepEqual(brokenLinks("README.md", "# Here\n[a](CHANGELOG.md) [b](nowhere.md) [c](#here) [d](#there)"), [
      "nowhere.md",
      "#there",
    ]);
    assert.deepEqual(brokenLinks("README.md", "[a](CHANGELOG.md#unreleased) [b](CHANGELOG.md#never)"), [
      "CHANGELOG.md#never",
    ]);
  });

  it("leaves other sites and code alone", () => {
    assert.deepEqual(brokenLinks("README.md", "[a](https://example.com)\n```\n[b](nowhere.md)\n```\n"), []);
  });
});
