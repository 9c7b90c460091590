import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Project } from "../project/project";
import { Failure } from "../terminal/failure";
import { ProcessGroup } from "../terminal/process";
import { requireEntry } from "./entry-point";
import { engineVariables, type Runnable } from "./runnable";

/**
 * A Go program: built by `go build`, whose own cache makes the second time quick, or as its project says where its binary is
 * (Pulumi documentation, "Go", `runtime.options`).
 *
 * @throws Failure where it does not build
 */
export async function goProgram(project: Project): Promise<Runnable> {
  const { binary } = project.options;
  const given = binary === "" ? undefined : resolve(project.root, binary);
  if (given !== undefined && existsSync(given)) return runnable(project, given, () => undefined);
  requireEntry(project);
  const folder = mkdtempSync(join(tmpdir(), "aws-identity-guardrails-"));
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", dispose);
  const built = join(folder, process.platform === "win32" ? "program.exe" : "program");
  try {
    await build(project, built);
  } catch (error) {
    dispose();
    throw error;
  }
  return runnable(project, built, dispose);
}

function runnable(project: Project, binary: string, dispose: () => void): Runnable {
  return {
    remarks: [],
    start: (settings) => ({ command: [binary], env: engineVariables(project.root, settings) }),
    dispose,
  };
}

/** The compiler is the user's own tool and no program under check: it gets the whole environment. */
async function build({ programDirectory }: Project, output: string): Promise<void> {
  const command = ["go", "build", "-o", output, "."] as const;
  const compiler = new ProcessGroup([...command], { cwd: programDirectory, env: process.env });
  let code: number | null;
  try {
    ({ code } = await compiler.exit);
  } catch {
    throw new Failure(
      "go is not on PATH, and the program is written in Go",
      "Install Go, or name a built program under runtime.options.binary.",
    );
  }
  if (code === 0) return;
  throw new Failure(
    `the program in ${programDirectory} does not build`,
    "Mend it until go build succeeds there.",
    compiler.stderr.trim(),
  );
}
