import { resolve } from "node:path";
import { isArtefact } from "../artefact/read-artefact";
import { readProject } from "../project/project";
import { stacksIn } from "../project/stack-config";
import { annotations } from "../report/annotations";
import { baselineOf, judgedBy, NO_BASELINE, readBaseline } from "../report/baseline";
import type { CheckResult } from "../report/check-result";
import { type Output, outputsIn, rendered } from "../report/formats";
import { Progress } from "../report/progress";
import { outcomeOf } from "../report/summary";
import type { TextOptions } from "../report/text";
import type { Door } from "../terminal/door";
import { Failure } from "../terminal/failure";
import { requireWritable, writeWhole } from "../terminal/output-file";
import { check } from "./check";
import type { CheckFlags } from "./flags";

const BLOCKED = 1;

const WIDTH_OF_FILES = 100;

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
  const outputs = outputsIn(flags.reports);
  for (const { file } of outputs) if (file !== undefined) requireWritable(file);
  if (flags.updateBaseline === true && flags.baseline === undefined) {
    throw new Failure("--update-baseline: which file?", "Name it: --baseline FILE --update-baseline");
  }
  if (flags.base !== undefined) requireNothingChosen(flags);
  else if (flags.baseline !== undefined) requireWritable(flags.baseline);
  const isUpdate = flags.updateBaseline === true;
  const baseline = flags.baseline === undefined || isUpdate ? NO_BASELINE : readBaseline(flags.baseline, flags.base);
  const found = await resultsOf(path, flags, door);
  // What is known from now on does not block this run either.
  const known = isUpdate
    ? new Set(found.flatMap(({ findings }) => findings.map((each) => each.fingerprint)))
    : baseline;
  const results = found.map((result) => judgedBy(result, known, flags.failOn));
  if (flags.baseline !== undefined && isUpdate && outcomeOf(found) !== "failed") {
    writeWhole(flags.baseline, door.jsonText(baselineOf(found)));
  }
  report(results, outputs, flags, door);
  for (const { failure } of results) if (failure !== undefined) fail(failure, flags.debug === true);
  if (outcomeOf(results) === "blocked") process.exitCode = BLOCKED;
}

/** @throws Failure for what would let a change that is to be judged choose what judges it */
function requireNothingChosen({ skip, only, failOn, updateBaseline, policyPack }: CheckFlags): void {
  const chosen = [
    ...(skip.length > 0 ? ["--skip"] : []),
    ...(only.length > 0 ? ["--only"] : []),
    ...(failOn === "never" ? ["--fail-on never"] : []),
    ...(updateBaseline === true ? ["--update-baseline"] : []),
    ...(policyPack === undefined ? [] : ["--policy-pack"]),
  ];
  if (chosen.length === 0) return;
  throw new Failure(
    `--base and ${chosen.join(", ")} exclude each other: with --base only what is merged decides what is asked`,
    `Leave ${chosen.join(", ")} out. What is to be excused stands in the file of --policy-config, or in the baseline.`,
  );
}

async function resultsOf(path: string, flags: CheckFlags, door: Door): Promise<readonly CheckResult[]> {
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

function report(
  results: readonly CheckResult[],
  outputs: readonly Output[],
  { failOn, quiet, summary }: CheckFlags,
  door: Door,
): void {
  const only = quiet === true ? "quiet" : summary === true ? "summary" : undefined;
  const options = (width: number): TextOptions => ({ width, failOn, ...(only === undefined ? {} : { only }) });
  for (const { format, file } of outputs) {
    const text = rendered(results, format, options(file === undefined ? door.width : WIDTH_OF_FILES), door);
    if (file !== undefined) writeWhole(file, format === "text" ? door.plainText(text) : text);
    else if (format === "text") door.report(text);
    else door.data(text);
  }
  if (process.env.GITHUB_ACTIONS === "true") {
    const isBesideData = outputs.some(({ format, file }) => file === undefined && format !== "text");
    door.commands(annotations(results, failOn), isBesideData);
  }
}
