import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "./build";

const ROOT = join(__dirname, "..");

interface Scene {
  readonly title: string;
  readonly program: string;
  /** What `check` has to answer: 0 nothing mandatory, 1 blocked. */
  readonly expected: number;
}

const SCENES: readonly Scene[] = [
  { title: "A risky program, to be blocked", program: "examples/risky", expected: 1 },
  { title: "The same intent done well, to pass", program: "examples/safe", expected: 0 },
];

/** Shows one program under `check`; whether it ended as expected. */
function play({ title, program, expected }: Scene): boolean {
  console.log(`\n=== ${title}: aws-identity-guardrails check ${program}\n`);
  const { status } = spawnSync(process.execPath, [join(ROOT, "dist/cli/main.js"), "check", program], {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (status !== expected) console.log(`\ncheck ended with ${status}; expected was ${expected}.`);
  return status === expected;
}

async function main(): Promise<void> {
  await build(ROOT);
  const asExpected = SCENES.map(play).every(Boolean);
  if (asExpected) console.log("\nAs expected: the risky program was blocked, the safe one passed.");
  process.exitCode = asExpected ? 0 : 1;
}

main().catch((error: Error) => {
  console.error(`The demo failed.\n${error.message}`);
  process.exitCode = 1;
});
