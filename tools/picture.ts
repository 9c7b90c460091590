import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build";
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

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
