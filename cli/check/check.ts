import { isArtefact } from "../artefact/read-artefact";
import { Observations } from "../pulumi/observations";
import type { CheckResult } from "../report/check-result";
import { Failure } from "../terminal/failure";
import { masked } from "./masked";
import type { CheckOptions } from "./options";

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
    if (isArtefact(options.path)) {
      const { checkArtefact }: typeof import("./artefact-check") = require("./artefact-check");
      return await checkArtefact(options, observations);
    }
    const { checkProgram }: typeof import("./program-check") = require("./program-check");
    return await checkProgram(options, observations);
  } catch (error) {
    throw error instanceof Failure ? masked(error, observations) : error;
  }
}
