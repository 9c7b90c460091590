import { basename } from "node:path";
import type { GivenAccount } from "../offline/aws/account";
import { disabledDefaultProviders } from "../offline/disabled-providers";
import { EngineLog } from "../offline/engine-log";
import { type Answers, Invokes } from "../offline/invokes/invokes";
import { Monitor } from "../offline/monitor";
import { Packages } from "../offline/packages";
import { Registrar } from "../offline/registrar";
import { Transforms } from "../offline/transforms";
import { PackJudge } from "../pack/judge";
import { endOf, runnableOf, startProgram } from "../program/program";
import { requireSuccess } from "../program/program-end";
import { listedEnvironment, sensitiveValues, withheldRemarks } from "../program/program-environment";
import { readProject } from "../project/project";
import { readStackConfig } from "../project/stack-config";
import { InstalledSdks } from "../pulumi/installed-sdks";
import type { Observations } from "../pulumi/observations";
import type { StackIdentity } from "../pulumi/stack";
import type { CheckResult } from "../report/check-result";
import { Failure } from "../terminal/failure";
import type { ProcessGroup } from "../terminal/process";
import { readAnswers } from "./answers";
import { masked } from "./masked";
import type { CheckOptions } from "./options";
import { ORGANIZATION, PackRun, policiesOf } from "./pack-run";

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
  const sdks = new InstalledSdks(project.programDirectory);
  const invokes = new Invokes(place, answers, sdks, observations);
  const at = { folder: project.root, projectFile: basename(project.file) };
  const programLog = new EngineLog();
  const run = await PackRun.start(options, policies, identity, observations);
  const judge = new PackJudge(run.pack, run.configured, options.onProgress);
  const packages = new Packages();
  const transforms = new Transforms();
  const registrar = new Registrar(
    identity,
    sdks,
    packages,
    transforms,
    judge,
    observations,
    options.unknownOutputs ? undefined : place,
  );
  const monitor = new Monitor(identity, registrar, packages, transforms, invokes, sdks, observations);
  let program: ProcessGroup | undefined;
  try {
    const addresses = { monitor: await monitor.listen(), engine: await programLog.listen() };
    const settings = { identity, at: addresses, region: options.region, ...environment };
    program = startProgram(project, runnable, settings);
    // Whichever fails first ends the run: there is no use in a program whose resources nobody judges.
    const end = await Promise.race([endOf(program, options.timeoutSeconds), judge.failed]);
    if (end === "timeout" && judge.isWaiting) throw run.unanswered;
    await run.within(run.configured);
    const { timeoutSeconds } = options;
    requireSuccess({ end, project, program, log: programLog, monitor, observations, timeoutSeconds });
    await run.within(run.pack.reviewStack(registrar.resources));
    noteUnasked(invokes, observations);
    for (const remark of withheldRemarks(program.report, environment)) observations.assume(remark);
    return run.result(registrar.resources, at);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const partial = run.result(registrar.resources, at);
    const explanations = [...remarks, ...withheldRemarks(program?.report ?? "", environment)];
    return { ...partial, outcome: "failed", failure: masked(error, observations, explanations) };
  } finally {
    program?.kill();
    runnable.dispose();
    run.close();
    monitor.close();
    programLog.close();
  }
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
