import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { build } from "./build";
import { CHROMIUM } from "./chromium";
import { consoleSvg } from "./console-svg";

const ROOT = join(__dirname, "..");
const COLUMNS = 116;
const ARGUMENTS = [
  ...["check", "examples/risky"],
  ...["--only", "no-overbroad-group", "--only", "no-static-provider-credentials"],
];

/** Draws `docs/check.svg`: what `check` prints about the risky example, of two rules so that it fits a screen. */
async function main(): Promise<void> {
  await build(ROOT);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "dist/cli/main.js"), ...ARGUMENTS], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "1", COLUMNS: String(COLUMNS) },
  });
  if (status !== 1) throw new Error(`check did not block:\n${stdout}${stderr}`);
  const command = `npx aws-identity-guardrails ${ARGUMENTS.join(" ")}`;
  writeFileSync(join(ROOT, "docs/check.svg"), consoleSvg(command, stdout.trimEnd(), COLUMNS));
}

/** Draws `docs/account-page.png`: the ways of one identity on the page about the example of an account. */
async function drawPage(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  const file = join(folder, "account.html");
  const from = ["audit", "--from", "examples/account", "--policy-config", "examples/guardrails-of-account.json"];
  spawnSync(process.execPath, [join(ROOT, "dist/cli/main.js"), ...from, "--output", file], { cwd: ROOT });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1180, height: 720 }, colorScheme: "light" });
    await page.goto(pathToFileURL(file).href);
    await page.getByText("Ways to administrator").first().click();
    await page
      .getByRole("link", { name: /developer-01/ })
      .first()
      .click();
    await page.screenshot({ path: join(ROOT, "docs/account-page.png") });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

main()
  .then(drawPage)
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
