import { basename } from "node:path";
import type { GivenAccount } from "../offline/aws/account";
import { disabledDefaultProviders } from "../offline/disabled-providers";
import type { Answers, Invokes } from "../offline/invokes/invokes";
import { PackJudge } from "../pack/judge";
import { endOf, runnableOf } from "../program/program";
import { requireSuccess } from "../program/program-end";
import { listedEnvironment, sensitiveValues, withheldRemarks } from "../program/program-environment";
import { givingKeys } from "../program/program-fix";
import { readProject } from "../project/project";
import { readStackConfig } from "../project/stack-config";
import type { Observations } from "../pulumi/observations";
import type { StackIdentity } from "../pulumi/stack";
import type { CheckResult } from "../report/check-result";
import { Failure } from "../terminal/failure";
import { readAnswers } from "./answers";
import { masked } from "./masked";
import { missingKeys } from "./missing-keys";
import type { CheckOptions } from "./options";
import { ORGANIZATION, PackRun, policiesOf } from "./pack-run";
import { ProgramRun } from "./program-run";

/** Runs a program as the engine does in a preview, and holds what it registers to the policy pack. */
export async function checkProgram(options: CheckOptions, observations: Observations): Promise<CheckResult> {
  const environment = listedEnvironment(process.env, options.environment ?? []);
  observations.keepSecret(sensitiveValues(process.env));
  const project = readProject(options.path);
  const policies = policiesOf(options);
  const answers: Answers = options.answers === undefined ? new Map() : readAnswers(options.answers);
  const place = placeOf(options, answers);
  const stack = await readStackConfig(project, options.stack, options.config, observations);
  const disabledProviders = disabledDefaultProviders(stack.config);
  const identity: StackIdentity = { organization: ORGANIZATION, project: project.name, ...stack, disabledProviders };

  const runnable = await runnableOf(project);
  const { remarks } = runnable;
  for (const remark of remarks) observations.assume(remark);
  const at = { folder: project.root, projectFile: basename(project.file) };
  const { region, unknownOutputs = false, timeoutSeconds } = options;
  const setting = { project, runnable, environment, answers, place, region, unknownOutputs };
  const packRun = new PackRun(options, policies, identity, observations);
  const judge = new PackJudge(packRun.configured, options.onProgress);
  const run = new ProgramRun(setting, identity, judge, observations);
  try {
    const program = await run.start();
    // It takes a while until it asks for anything: time enough to load what judges it.
    packRun.start();
    // Whichever fails first ends the run: there is no use in a program whose resources nobody judges.
    const end = await Promise.race([endOf(program, timeoutSeconds), judge.failed]);
    if (end === "timeout" && judge.isWaiting) throw packRun.unanswered;
    const pack = await packRun.within(packRun.configured);
    const { log, monitor } = run;
    requireSuccess({ end, project, program, log, monitor, observations, timeoutSeconds });
    await packRun.within(pack.reviewStack(run.resources));
    noteUnasked(run.invokes, observations);
    for (const remark of withheldRemarks(run.report, environment)) observations.assume(remark);
    return packRun.result(run.resources, at);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const partial = packRun.result(run.resources, at);
    const explanations = [...remarks, ...withheldRemarks(run.report, environment)];
    const failure = withAllKeys(error, await missingKeys(error.details, setting, identity, timeoutSeconds));
    return { ...partial, outcome: "failed", failure: masked(failure, observations, explanations) };
  } finally {
    options.onTiming?.(run.timing);
    run.close();
    packRun.close();
    runnable.dispose();
  }
}

function withAllKeys(failure: Failure, keys: readonly string[]): Failure {
  return keys.length < 2 ? failure : new Failure(failure.message, givingKeys(keys), failure.details, failure.cures);
}

/** An answer to the caller's identity names the account as well as the option does. */
function placeOf({ account, region }: CheckOptions, answers: Answers): GivenAccount {
  const answered = answers.get("aws:index/getCallerIdentity:getCallerIdentity");
  const inAnswer = answered !== undefined && "accountId" in answered ? String(answered.accountId) : undefined;
  return {
    accountId: account ?? inAnswer,
    region,
    ambientRegion: process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION,
  };
}

function noteUnasked(invokes: Invokes, observations: Observations): void {
  for (const token of invokes.unasked) {
    observations.assume(`nothing asked for ${token}, which --answers has an answer to; is its name right?`);
  }
}
