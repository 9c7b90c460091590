import { resolve } from "node:path";
import { isArtefact } from "../artefact/read-artefact";
import { Delivery } from "../delivery/delivery";
import { readProject } from "../project/project";
import { stacksIn } from "../project/stack-config";
import type { CheckResult } from "../report/check-result";
import { Progress } from "../report/progress";
import type { Door } from "../terminal/door";
import { Failure } from "../terminal/failure";
import { check } from "./check";
import type { CheckFlags } from "./flags";
import { type Timing, timingText } from "./timing";

/**
 * Does what the command line asks for: checks one stack or all, writes the reports, and sets the exit code.
 *
 * @throws Failure for bad input, before anything is written
 */
export async function runCheck(
  path: string,
  flags: CheckFlags,
  door: Door,
  fail: (error: unknown, isDebug: boolean) => void,
): Promise<void> {
  const delivery = new Delivery(flags, door, flags.policyPack === undefined ? [] : ["--policy-pack"]);
  const timings: Timing[] = [];
  delivery.deliver(await resultsOf(path, flags, door, (timing) => timings.push(timing)), fail);
  // Counted from the start of this process.
  if (flags.timing === true) door.problem(timingText(performance.now(), timings));
}

async function resultsOf(
  path: string,
  flags: CheckFlags,
  door: Door,
  onTiming: (timing: Timing) => void,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const stack of stacksOf(path, flags)) {
    const progress = new Progress(door.terminal);
    try {
      const { config, policyConfig, base, answers, account, region, only, skip } = flags;
      results.push(
        await check({
          ...{ path, stack, config, policyConfig, base, answers, account, region, only, skip },
          environment: flags.env,
          unknownOutputs: flags.unknownOutputs === true,
          timeoutSeconds: flags.timeout,
          packDirectory: flags.policyPack === undefined ? undefined : resolve(flags.policyPack),
          secrets: door.secrets,
          onProgress: progress.update,
          onTiming,
        }),
      );
    } finally {
      progress.end();
    }
  }
  return results;
}

/** @throws Failure where all stacks are asked for and there are none, or one of them is asked for beside */
function stacksOf(path: string, { stack, allStacks }: CheckFlags): readonly (string | undefined)[] {
  if (allStacks !== true) return [stack];
  if (stack !== undefined) throw new Failure("--stack and --all-stacks exclude each other", "Leave one of them out.");
  if (isArtefact(path)) throw new Failure("--all-stacks: a file holds one stack", "Leave it out.");
  const project = readProject(path);
  const stacks = stacksIn(project);
  if (stacks.length > 0) return stacks;
  throw new Failure(
    `--all-stacks: ${project.configDirectory} has no Pulumi.STACK.yaml`,
    "Leave it out, or make the stacks' files.",
  );
}
