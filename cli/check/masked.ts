import type { Observations } from "../pulumi/observations";
import { Failure } from "../terminal/failure";

/**
 * A failure with every secret in it masked.
 *
 * @param remarks what may have to do with it
 */
export function masked(failure: Failure, observations: Observations, remarks: readonly string[] = []): Failure {
  const sentences = remarks.map((remark) => `${remark.charAt(0).toUpperCase()}${remark.slice(1)}.`);
  const shown = new Failure(
    observations.masked(failure.message),
    observations.masked(failure.fix),
    observations.masked(failure.details),
    [...failure.cures, ...sentences].map((cure) => observations.masked(cure)),
  );
  if (failure.stack !== undefined) shown.stack = observations.masked(failure.stack);
  return shown;
}
