import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { shownJson, shownLines } from "../../../policypack/host";
import { Failure } from "../../terminal/failure";
import type { CheckResult, FailOn } from "../check-result";
import { pageContent } from "./page-content";

/** Where the build puts the page's script and style, from the package's folder. */
const ASSETS = join("dist", "page");

/**
 * The results as one page for a browser, with nothing to load. Names in it are an attacker's to choose, so three things stand before
 * them: they are embedded as JSON without `<`, the script shows them as text alone, and the page's content security policy knows one
 * script and one style by their hashes and lets nothing be loaded or sent.
 *
 * @param masked takes the secrets out of a text
 */
export function htmlReport(results: readonly CheckResult[], failOn: FailOn, masked: (text: string) => string): string {
  const script = asset("page.js");
  const style = asset("page.css");
  const data = shownJson(
    JSON.stringify(pageContent(results, failOn), (_, value: unknown) =>
      typeof value === "string" ? shownLines(masked(value)) : value,
    ),
  );
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>AWS identity guardrails</title>
<style>${style}</style>
</head>
<body>
<noscript><p>This report is drawn by the script in it, which your browser does not run. The formats text, markdown and json need none.</p></noscript>
<script type="application/json" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** As a content security policy names an inline script or style. */
function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function asset(name: string): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, ASSETS, name);
    if (existsSync(file)) return readFileSync(file, "utf8");
    if (folder === dirname(folder)) break;
  }
  throw new Failure(`the page's ${name} is missing from this installation`, "Install the package again.");
}
