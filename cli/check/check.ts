import { isArtefact } from "../artefact/read-artefact";
import { Observations } from "../pulumi/observations";
import type { CheckResult } from "../report/check-result";
import { Failure } from "../terminal/failure";
import { checkArtefact } from "./artefact-check";
import { masked } from "./masked";
import type { CheckOptions } from "./options";
import { checkProgram } from "./program-check";

export type { CheckOptions } from "./options";

/**
 * Holds what a Pulumi program would create, or the stack in a file of Pulumi's own, to the policy pack: without an engine, a cloud or
 * credentials.
 *
 * A program that fails or does not end, a file that lacks resources, and a policy pack that fails make a failed result, with what was
 * found before.
 *
 * @throws Failure for bad input
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const observations = new Observations(options.secrets);
  try {
    return await (isArtefact(options.path) ? checkArtefact : checkProgram)(options, observations);
  } catch (error) {
    throw error instanceof Failure ? masked(error, observations) : error;
  }
}
