import { endOf } from "../program/program";
import { missingKeyIn } from "../program/program-fix";
import { Observations } from "../pulumi/observations";
import type { StackIdentity } from "../pulumi/stack";
import { markerFor } from "../pulumi/unknown-markers";
import { ProgramRun, type ProgramSetting } from "./program-run";

/** A program that stops at each of them asks for that many; a second run, and a third, costs seconds. */
const MOST_RUNS = 8;

/**
 * The keys of the configuration that a program asks for and does not get, found by running it again with a stand-in for each that it
 * stopped at: its SDK names one at a time.
 *
 * @param error that the program ended with
 * @param timeoutSeconds for all runs together
 */
export async function missingKeys(
  error: string,
  setting: ProgramSetting,
  identity: StackIdentity,
  timeoutSeconds: number,
): Promise<readonly string[]> {
  const until = Date.now() + timeoutSeconds * 1000;
  const config = new Map(identity.config);
  const missing: string[] = [];
  for (let found = missingKeyIn(error); found !== undefined && !missing.includes(found); ) {
    missing.push(found);
    config.set(found, markerFor("config", found));
    const left = (until - Date.now()) / 1000;
    if (missing.length > MOST_RUNS || left <= 0) break;
    found = missingKeyIn(await errorOf(setting, { ...identity, config }, left));
  }
  return missing;
}

async function errorOf(setting: ProgramSetting, identity: StackIdentity, timeoutSeconds: number): Promise<string> {
  const run = new ProgramRun(setting, identity, { review: async ({ inputs }) => inputs }, new Observations());
  try {
    const program = await run.start();
    await endOf(program, timeoutSeconds);
    return [...run.log.errors, program.stderr, program.stdout].join("\n");
  } finally {
    run.close();
  }
}
