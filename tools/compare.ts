import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build";
import { cases } from "./comparison/cases";
import { installedIn } from "./comparison/tools";

/** Prints, as a table, what Checkov, AWSGuard, cdk-nag and these guardrails say to the same few things: docs/comparison.md has it. */
async function main(): Promise<void> {
  await build(join(__dirname, ".."));
  const folder = mkdtempSync(join(tmpdir(), "comparison-"));
  try {
    console.error("Installing Checkov, AWSGuard and cdk-nag: a few minutes.");
    const tools = installedIn(folder);
    console.log(row("", ...tools.map(({ name }) => name)));
    console.log(row(...["---", ...tools.map(() => "---")]));
    for (const it of cases) {
      const answers = tools.map((tool) => tool.findingsIn(it).join(", ") || "nothing");
      console.log(row(`${it.risky ? "Risky" : "Harmless"}: ${it.title}`, ...answers));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
