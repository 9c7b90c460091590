/** When a program ran, in milliseconds since this process began. */
export interface Timing {
  readonly started: number;
  readonly ended: number;
  /** For how long check worked on answers that the program waited for. */
  readonly answering: number;
}

/**
 * What check itself took beside the bare programs, in lines for people.
 *
 * @param total milliseconds since this process began
 * @param programs one after another; none where a file of what Pulumi printed is checked
 */
export function timingText(total: number, programs: readonly Timing[]): string {
  const [first] = programs;
  if (first === undefined) return `timing: ${seconds(total)}, all of it check itself\n`;
  const inPrograms = sum(programs.map(({ started, ended }) => ended - started));
  const answering = sum(programs.map((program) => program.answering));
  const parts =
    programs.length === 1
      ? `${seconds(first.started)} before the program, ${seconds(inPrograms)} in it, ${seconds(total - first.ended)} after it`
      : `${seconds(inPrograms)} in ${programs.length} programs, ${seconds(total - inPrograms)} beside them`;
  return [
    `timing: ${seconds(total)}: ${parts}\n`,
    `timing: check itself ${seconds(total - inPrograms + answering)}, with ${seconds(answering)} of answers that the program waited for\n`,
  ].join("");
}

function sum(times: readonly number[]): number {
  return times.reduce((all, time) => all + time, 0);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
