import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../tests/engine/workspace";
import { build } from "./build";
import { consoleSvg, plainText } from "./console-svg";

const ROOT = join(__dirname, "..");
const COLUMNS = 110;

/** What a terminal would have overwritten (progress), and what only the tests' stand-ins for plugins make the engine say. */
const PASSING = /@ previewing|Loading policy packs|using pulumi-(language|resource)-| \d+ errors?; \d+ warnings?/;

/** Draws `docs/blocked-preview.svg`: what the real `pulumi preview` prints about the risky example. */
async function main(): Promise<void> {
  await build(ROOT);
  const workspace = await Workspace.open({
    from: join(ROOT, "examples/risky"),
    files: { "package.json": "{}" },
  });
  try {
    const pack = join(ROOT, "policypack");
    const { code, stdout, stderr } = await workspace.preview("--policy-pack", pack, "--color", "always");
    if (code === 0 || !stdout.includes("[mandatory]")) throw new Error(`The pack did not block:\n${stdout}${stderr}`);
    const lines = stdout.replaceAll(`${ROOT}/`, "").split("\n");
    const output = lines.filter((line) => line.trim() !== "" && !PASSING.test(plainText(line))).join("\n");
    mkdirSync(join(ROOT, "docs"), { recursive: true });
    writeFileSync(
      join(ROOT, "docs/blocked-preview.svg"),
      consoleSvg("pulumi preview --policy-pack policypack", output, COLUMNS),
    );
  } finally {
    workspace.dispose();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
