import type { Project } from "../project/project";
import { Failure } from "../terminal/failure";
import { type Exit, ProcessGroup } from "../terminal/process";
import { within } from "../terminal/within";
import { goProgram } from "./go-program";
import { javaProgram } from "./java-program";
import { nodeProgram } from "./node-program";
import { pythonProgram } from "./python-program";
import type { Runnable, RunSettings } from "./runnable";

/**
 * Finds what runs a program, and builds it where its language wants that.
 *
 * @throws Failure with what is missing
 */
export async function runnableOf(project: Project): Promise<Runnable> {
  switch (project.runtime) {
    case "nodejs":
      return nodeProgram(project);
    case "python":
      return pythonProgram(project);
    case "go":
      return goProgram(project);
    case "java":
      return javaProgram(project);
  }
}

/** Starts a program as the engine's language host does, as a preview. */
export function startProgram(project: Project, runnable: Runnable, settings: RunSettings): ProcessGroup {
  const { command, env } = runnable.start(settings);
  try {
    return new ProcessGroup([...command], { cwd: project.programDirectory, env: { ...settings.variables, ...env } });
  } catch (error) {
    // Systems bound what a process is started with; configuration travels in its environment, under the engine too.
    if (!(error instanceof Error && "code" in error && error.code === "E2BIG")) throw error;
    throw new Failure(
      "the program cannot be started: its configuration, or the environment, is too large",
      "Keep large values in files of the program.",
    );
  }
}

/** How the run of a program ended, or `timeout` where it had to be ended. */
export async function endOf(program: ProcessGroup, timeoutSeconds: number): Promise<Exit | "timeout"> {
  try {
    return await within(timeoutSeconds, program.exit, () => "timeout" as const);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ENOENT") throw error;
    throw new Failure(
      `${"path" in (error as object) ? (error as { path: string }).path : "the program"} is not on PATH`,
      "Install it, and run check again.",
    );
  } finally {
    program.kill();
  }
}
