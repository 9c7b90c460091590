import type { EngineLog } from "../offline/engine-log";
import type { Monitor } from "../offline/monitor";
import type { Project } from "../project/project";
import type { Observations } from "../pulumi/observations";
import { Failure } from "../terminal/failure";
import type { Exit, ProcessGroup } from "../terminal/process";
import { fixOf, namedCure } from "./program-fix";

/** What is known of a program's run when it is over. */
export interface EndedProgram {
  readonly end: Exit | "timeout";
  readonly project: Project;
  readonly program: ProcessGroup;
  readonly log: EngineLog;
  readonly monitor: Monitor;
  readonly observations: Observations;
  readonly timeoutSeconds: number;
}

/**
 * Makes sure that a program ran to its end, so that what it registered is all that it would create.
 *
 * @throws Failure with the program's own error
 */
export function requireSuccess({
  end,
  project,
  program,
  log,
  monitor,
  observations,
  timeoutSeconds,
}: EndedProgram): void {
  const output = [...log.errors, program.stderr, program.stdout].map((text) => text.trim()).filter(Boolean);
  if (end === "timeout") {
    const state = monitor.bodyEnded
      ? "its body has ended, but something keeps it alive (a timer, a server)"
      : "it is still running";
    throw new Failure(
      `the program in ${project.programDirectory} did not end within ${timeoutSeconds} seconds: ${state}`,
      "End what keeps it waiting, or give it more time with --timeout.",
      output.join("\n"),
    );
  }
  if (end.code !== 0 || log.errors.length > 0) {
    // What the program logged as an error explains its end; only without it do the streams.
    const details = log.errors.length > 0 ? log.errors.join("\n") : output.join("\n");
    const cures = namedCure(details, project) === undefined ? observations.curesFor(details) : [];
    throw new Failure(
      `the program in ${project.programDirectory} failed (${end.code === null ? end.signal : `exit code ${end.code}`})`,
      fixOf(details, project, cures),
      details,
      cures,
    );
  }
  if (!monitor.bodyEnded) {
    throw new Failure(
      `the program in ${project.programDirectory} stopped before its end: it waits for a promise that never resolves`,
      "Look for an await on something that nobody completes.",
      output.join("\n"),
    );
  }
}
