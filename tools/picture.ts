import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../tests/engine/workspace";
import { build } from "./build";
import { consoleSvg } from "./console-svg";

const ROOT = join(__dirname, "..");
const COLUMNS = 110;

/** Draws `docs/blocked-preview.svg`: what the real `pulumi preview` prints about the risky example. */
async function main(): Promise<void> {
  await build(ROOT);
  const workspace = await Workspace.open({ from: join(ROOT, "examples/risky") });
  try {
    const pack = join(ROOT, "policypack");
    const { code, stdout, stderr } = await workspace.preview("--policy-pack", pack, "--color", "always");
    if (code === 0) throw new Error(`The preview was not blocked:\n${stdout}${stderr}`);
    const output = stdout.replaceAll(`${ROOT}/`, "");
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
