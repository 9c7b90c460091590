import type { EngineLog } from "../offline/engine-log";
import type { Monitor } from "../offline/monitor";
import type { Project } from "../project/project";
import type { Observations } from "../pulumi/observations";
import { Failure } from "../terminal/failure";
import type { Exit, ProcessGroup } from "../terminal/process";

/** What is known of a program's run when it is over. */
export interface ProgramRun {
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
}: ProgramRun): void {
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
    const cures = namedCure(details) === undefined ? observations.curesFor(details) : [];
    throw new Failure(
      `the program in ${project.programDirectory} failed (${end.code === null ? end.signal : `exit code ${end.code}`})`,
      fixOf(details, cures),
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

const MEND = "Mend the program; its own error is shown here.";

/**
 * The SDKs' own words for a value that this command can be given, how the companion stacks begin what they say of one that they refuse,
 * and what to do about it.
 */
function namedCure(error: string): string | undefined {
  const [, key] = /[Mm]issing required configuration variable '([^']+)'/.exec(error) ?? [];
  if (key !== undefined) return `Give it for this run with --config ${key}=VALUE, or in the stack's configuration.`;
  const [, refused] = /(?:^|\s)Configuration key ([\w.-]+:[\w.-]+)/.exec(error) ?? [];
  if (refused !== undefined) {
    return `Give it another value in the stack's configuration, or for this run with --config ${refused}=VALUE.`;
  }
  return error.includes("No AWS region has been configured") ? "Say where it would run: --region NAME." : undefined;
}

/** What the reader can do about a program's error. */
function fixOf(error: string, cures: readonly string[]): string {
  const mend = cures.length === 0 ? MEND : `${MEND} If it failed for a value that check does not have, give it:`;
  return namedCure(error) ?? mend;
}
