import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { readArtefact } from "../artefact/read-artefact";
import { withAccount } from "../offline/providers";
import type { Observations } from "../pulumi/observations";
import type { CheckResult } from "../report/check-result";
import { Failure } from "../terminal/failure";
import { masked } from "./masked";
import type { CheckOptions } from "./options";
import { ORGANIZATION, PackRun, policiesOf } from "./pack-run";
import type { Place } from "./result";

/**
 * Holds the stack in a file of Pulumi's own to the policy pack. Resources are judged as they are: nobody repairs a file.
 *
 * @throws Failure for bad input
 */
export async function checkArtefact(options: CheckOptions, observations: Observations): Promise<CheckResult> {
  requireNothingForPrograms(options);
  const policies = policiesOf(options);
  const { what, identity, resources, notSeen, incomplete } = readArtefact(options.path, ORGANIZATION);
  const place = placeOf(options.path);
  const given = { accountId: options.account, region: options.region };
  for (const provider of resources) {
    const isDefault = provider.name.startsWith("default");
    provider.inputs = withAccount(provider.type, provider.inputs, given, isDefault);
  }
  for (const text of notSeen) observations.couldNotSee(text);
  if (incomplete !== undefined) observations.couldNotSee(`the whole stack: ${incomplete.because}`);
  const run = new PackRun(options, policies, identity, observations);
  run.start();
  try {
    const pack = await run.within(run.configured);
    for (const [index, resource] of resources.entries()) {
      options.onProgress?.(index + 1);
      await run.within(pack.analyze(resource));
    }
    await run.within(pack.reviewStack(resources));
    const result = run.result(resources, place);
    if (incomplete === undefined || result.outcome === "blocked") return result;
    const failure = new Failure(`${what} does not hold the whole stack: ${incomplete.because}`, incomplete.fix);
    return { ...result, outcome: "failed", failure };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...run.result(resources, place), outcome: "failed", failure: masked(error, observations) };
  } finally {
    run.close();
  }
}

/** A file does not say where its project is: here, where there is one, and else nowhere but in the file. */
function placeOf(path: string): Place {
  const folder = process.cwd();
  const isFile = path !== "-" && !existsSync(join(folder, "Pulumi.yaml"));
  return { folder, projectFile: isFile ? relative(folder, path) : "Pulumi.yaml" };
}

/** A file holds what a program would have made of these. */
function requireNothingForPrograms({ stack, config, answers, environment = [] }: CheckOptions): void {
  const given = Object.entries({
    "--stack": stack !== undefined,
    "--config": config.length > 0,
    "--answers": answers !== undefined,
    "--env": environment.length > 0,
  }).filter(([, isGiven]) => isGiven);
  if (given.length === 0) return;
  throw new Failure(
    `${given.map(([name]) => name).join(" and ")}: only a program can be given that, and this is a file`,
    "Leave it out, or name the folder of the program.",
  );
}
