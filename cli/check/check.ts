import type { Secrets } from "../../policypack/host";
import { stackUrn } from "../../policypack/model";
import type { GivenAccount } from "../offline/aws/account";
import { disabledDefaultProviders } from "../offline/disabled-providers";
import { EngineLog } from "../offline/engine-log";
import { type Answers, Invokes } from "../offline/invokes/invokes";
import { Monitor } from "../offline/monitor";
import { Packages } from "../offline/packages";
import { Registrar } from "../offline/registrar";
import { Transforms } from "../offline/transforms";
import {
  NO_CONFIGURATION,
  type PolicyConfiguration,
  policyConfiguration,
  readPolicySettings,
  requireKnown,
} from "../pack/configuration";
import { withExceptions } from "../pack/exceptions";
import { blocks, inReadingOrder } from "../pack/finding";
import { PackJudge } from "../pack/judge";
import { ownPackDirectory, requireBuilt } from "../pack/location";
import { readOwnConfig, requireSound } from "../pack/own-config";
import { Pack } from "../pack/pack";
import { readPolicyFile } from "../pack/policy-file";
import { stoppedAt, stoppingRules } from "../pack/stopping";
import { endOf, programRunner, startProgram } from "../program/program";
import { requireSuccess } from "../program/program-end";
import { listedEnvironment, sensitiveValues, withheldRemarks } from "../program/program-environment";
import { sdkRemarks } from "../program/sdk-release";
import { readProject } from "../project/project";
import { readStackConfig } from "../project/stack-config";
import { InstalledSdks } from "../pulumi/installed-sdks";
import { Observations } from "../pulumi/observations";
import type { StackIdentity } from "../pulumi/stack";
import type { CheckResult } from "../report/check-result";
import { Failure } from "../terminal/failure";
import type { ProcessGroup } from "../terminal/process";
import { within } from "../terminal/within";
import { readAnswers } from "./answers";

export interface CheckOptions {
  /** The folder of a Pulumi program. */
  readonly path: string;
  readonly stack: string | undefined;
  /** `key=value` settings that replace the stack's. */
  readonly config: readonly string[];
  readonly policyConfig: string | undefined;
  readonly answers: string | undefined;
  /** What lookups answer with; undefined for what the stack says, or else an assumed one. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Whether outputs stay unknown that could be predicted, as in the engine's own preview. */
  readonly unknownOutputs?: boolean;
  readonly timeoutSeconds: number;
  readonly packDirectory: string;
  /** Takes down what the run learns to be secret. */
  readonly secrets?: Secrets;
  /** Variables of this process that the program gets beside the listed ones. */
  readonly environment?: readonly string[];
  /** Called as the run goes on, with the number of resources seen so far. */
  readonly onProgress?: (resources: number) => void;
}

// The engine gives stacks outside Pulumi Cloud this organization.
const ORGANIZATION = "organization";

/**
 * Runs a Pulumi program without an engine, a cloud or credentials, and holds what it would create to the policy pack.
 *
 * A program that fails or does not end, and a policy pack that fails, make a failed result, with what was found before.
 *
 * @throws Failure for bad input
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const observations = new Observations(options.secrets);
  try {
    return await checked(options, observations);
  } catch (error) {
    throw error instanceof Failure ? masked(error, observations) : error;
  }
}

/** @param remarks what may have to do with it */
function masked(failure: Failure, observations: Observations, remarks: readonly string[] = []): Failure {
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

async function checked(options: CheckOptions, observations: Observations): Promise<CheckResult> {
  const environment = listedEnvironment(process.env, options.environment ?? []);
  observations.keepSecret(sensitiveValues(process.env));
  const project = readProject(options.path);
  const runner = programRunner(project);
  const remarks = sdkRemarks(runner.sdkFolder);
  for (const remark of remarks) observations.assume(remark);
  requireBuilt(options.packDirectory);
  const policies = policiesOf(options);
  const answers: Answers = options.answers === undefined ? new Map() : readAnswers(options.answers);
  const place = placeOf(options, answers);
  const stack = await readStackConfig(project, options.stack, options.config, observations);
  const disabledProviders = disabledDefaultProviders(stack.config);
  const identity: StackIdentity = { organization: ORGANIZATION, project: project.name, ...stack, disabledProviders };

  const sdks = new InstalledSdks(project.programDirectory);
  const invokes = new Invokes(place, answers, sdks, observations);
  const packLog = new EngineLog();
  const programLog = new EngineLog();
  const pack = new Pack(options.packDirectory, await packLog.listen());
  const configured = pack.configure(identity, (info) => {
    if (!isOwnPack(options)) requireKnown(info, policies.settings, options.policyConfig ?? "");
    return policyConfiguration(info, policies.settings);
  });
  const judge = new PackJudge(pack, configured, options.onProgress);
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
    program = startProgram(project, identity, runner.file, addresses, environment, options.region);
    // Whichever fails first ends the run: there is no use in a program whose resources nobody judges.
    const end = await Promise.race([endOf(program, options.timeoutSeconds), judge.failed]);
    if (end === "timeout" && judge.isWaiting) throw unanswered(options);
    await within(options.timeoutSeconds, configured, () => {
      throw unanswered(options);
    });
    const { timeoutSeconds } = options;
    requireSuccess({ end, project, program, log: programLog, monitor, observations, timeoutSeconds });
    await within(options.timeoutSeconds, pack.reviewStack(registrar.resources), () => {
      throw unanswered(options);
    });
    noteUnasked(invokes, observations);
    for (const remark of withheldRemarks(program.report, environment)) observations.assume(remark);
    return resultOf(identity, policies, registrar, pack, observations);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const partial = resultOf(identity, policies, registrar, pack, observations);
    const explanations = [...remarks, ...withheldRemarks(program?.report ?? "", environment)];
    return { ...partial, outcome: "failed", failure: masked(error, observations, explanations) };
  } finally {
    program?.kill();
    pack.close();
    monitor.close();
    programLog.close();
    packLog.close();
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

function isOwnPack({ packDirectory }: CheckOptions): boolean {
  return packDirectory === ownPackDirectory();
}

/** A configuration, and the rules that stop a resource of an update under it. */
interface Policies extends PolicyConfiguration {
  readonly stopping: readonly string[];
}

function policiesOf(options: CheckOptions): Policies {
  const file = options.policyConfig;
  if (file === undefined) return { ...NO_CONFIGURATION, stopping: [] };
  const content = readPolicyFile(file);
  if (!isOwnPack(options)) return { ...readPolicySettings(content), stopping: [] };
  const own = readOwnConfig(content);
  requireSound(content.file, own);
  return { ...readPolicySettings(content), stopping: stoppingRules(own.configuration) };
}

function unanswered({ packDirectory, timeoutSeconds }: CheckOptions): Failure {
  return new Failure(
    `the policy pack in ${packDirectory} did not answer within ${timeoutSeconds} seconds`,
    "The policy pack is at fault, not the program; where the machine is slow, give it more time with --timeout.",
  );
}

function noteUnasked(invokes: Invokes, observations: Observations): void {
  for (const token of invokes.unasked) {
    observations.assume(`nothing asked for ${token}, which --answers has an answer to; is its name right?`);
  }
}

function resultOf(
  identity: StackIdentity,
  { exceptions, stopping }: Policies,
  { resources }: Registrar,
  pack: Pack,
  observations: Observations,
): CheckResult {
  const stack = {
    urns: new Set(resources.map(({ urn }) => urn)),
    stackUrn: stackUrn(identity.stack, identity.project),
    stoppedAt: (rule: string, urn: string) => (stopping.includes(rule) ? stoppedAt(urn, resources) : []),
  };
  const findings = inReadingOrder(pack.findings.map((finding) => withExceptions(finding, exceptions, stack))).map(
    (finding) => ({
      ...finding,
      message: observations.masked(finding.message),
      resource: observations.masked(finding.resource),
      ...(finding.notExceptedAt && { notExceptedAt: finding.notExceptedAt.map((urn) => observations.masked(urn)) }),
    }),
  );
  return {
    outcome: findings.some(blocks) ? "blocked" : "passed",
    findings,
    assumptions: observations.assumptions.map((text) => observations.masked(text)),
    notSeen: observations.notSeen.map((text) => observations.masked(text)),
    project: identity.project,
    stack: identity.stack,
    resources: resources.length,
  };
}
