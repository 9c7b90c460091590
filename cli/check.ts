import { readAnswers } from "./answers";
import { Failure } from "./failure";
import { EngineLog } from "./offline/engine-log";
import { Invokes } from "./offline/invokes";
import { Monitor } from "./offline/monitor";
import { Observations } from "./offline/observations";
import { Packages } from "./offline/packages";
import { type Judge, Registrar } from "./offline/registrar";
import { InstalledSdks } from "./offline/sdk";
import type { Resource, StackIdentity } from "./offline/stack";
import { Transforms } from "./offline/transforms";
import { type PolicySettings, policyConfiguration, readPolicySettings, requireKnown } from "./pack/configuration";
import { type Finding, inReadingOrder } from "./pack/finding";
import { ownPackDirectory, requireBuilt } from "./pack/location";
import { Pack } from "./pack/pack";
import type { Exit, ProcessGroup } from "./process";
import { endOf, programRunner, startProgram } from "./program";
import { type Project, readProject } from "./project/project";
import { readStackConfig } from "./project/stack-config";

export interface CheckOptions {
  /** The folder of a Pulumi program. */
  readonly path: string;
  readonly stack: string | undefined;
  /** `key=value` settings that replace the stack's. */
  readonly config: readonly string[];
  readonly policyConfig: string | undefined;
  readonly answers: string | undefined;
  readonly account: string;
  readonly region: string;
  readonly timeoutSeconds: number;
  readonly packDirectory: string;
  /** Called as the run goes on, with the number of resources seen so far. */
  readonly onProgress?: (resources: number) => void;
}

export interface CheckResult {
  readonly outcome: "passed" | "blocked";
  /** In reading order: mandatory first. */
  readonly findings: readonly Finding[];
  readonly assumptions: readonly string[];
  readonly notSeen: readonly string[];
  readonly project: string;
  readonly stack: string;
  readonly resources: number;
}

// The engine gives stacks outside Pulumi Cloud this organization.
const ORGANIZATION = "organization";

/**
 * Runs a Pulumi program without an engine, a cloud or credentials, and holds what it would create to the policy pack.
 *
 * @throws Failure for bad input, a program that fails or does not end, and a policy pack that fails
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const observations = new Observations();
  try {
    return await checked(options, observations);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const shown = new Failure(observations.masked(error.message), error.fix, observations.masked(error.details));
    if (error.stack !== undefined) shown.stack = observations.masked(error.stack);
    throw shown;
  }
}

async function checked(options: CheckOptions, observations: Observations): Promise<CheckResult> {
  const project = readProject(options.path);
  const runner = programRunner(project);
  requireBuilt(options.packDirectory);
  const settings = await settingsOf(options);
  const answers = options.answers === undefined ? new Map() : readAnswers(options.answers);
  const stack = await readStackConfig(project, options.stack, options.config, observations);
  const identity: StackIdentity = { organization: ORGANIZATION, project: project.name, ...stack };

  const sdks = new InstalledSdks(project.programDirectory);
  const region = stack.config.get("aws:region") ?? options.region;
  const invokes = new Invokes({ accountId: options.account, region }, answers, sdks, observations);
  const packLog = new EngineLog();
  const programLog = new EngineLog();
  const pack = new Pack(options.packDirectory, await packLog.listen());
  const configured = pack.configure(identity, (info) => {
    if (!isOwnPack(options)) requireKnown(info, settings, options.policyConfig ?? "");
    return policyConfiguration(info, settings);
  });
  const judge = new PackJudge(pack, configured, options.onProgress);
  const packages = new Packages();
  const transforms = new Transforms();
  const registrar = new Registrar(identity, sdks, packages, transforms, judge, observations);
  const monitor = new Monitor(identity, registrar, packages, transforms, invokes, sdks, observations);
  let program: ProcessGroup | undefined;
  try {
    program = startProgram(project, identity, runner, {
      monitor: await monitor.listen(),
      engine: await programLog.listen(),
    });
    // Whichever fails first ends the run: there is no use in a program whose resources nobody judges.
    const end = await Promise.race([endOf(program, options.timeoutSeconds), judge.failed]);
    await configured;
    requireSuccess(end, project, program, programLog, monitor, options.timeoutSeconds);
    await pack.reviewStack(registrar.resources);
    return resultOf(identity, registrar, pack, observations);
  } finally {
    program?.kill();
    pack.close();
    monitor.close();
    programLog.close();
    packLog.close();
  }
}

function isOwnPack({ packDirectory }: CheckOptions): boolean {
  return packDirectory === ownPackDirectory();
}

async function settingsOf(options: CheckOptions): Promise<PolicySettings> {
  const file = options.policyConfig;
  if (file === undefined) return new Map();
  if (!isOwnPack(options)) return readPolicySettings(file);
  // The rules are a large part of this package, and only here does the command need them itself.
  const { requireOwnSettings } = await import("./pack/own-settings.js");
  return readPolicySettings(file, (content) => requireOwnSettings(file, content));
}

/** Lets the pack judge each resource as soon as it is configured, and remembers when it fails. */
class PackJudge implements Judge {
  readonly failed: Promise<never>;
  #fail: (error: unknown) => void = () => undefined;
  #seen = 0;

  constructor(
    private readonly pack: Pack,
    private readonly configured: Promise<void>,
    private readonly onProgress: CheckOptions["onProgress"],
  ) {
    this.failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
    configured.catch((error: unknown) => this.#fail(error));
  }

  async review(resource: Resource) {
    this.#seen += 1;
    this.onProgress?.(this.#seen);
    try {
      await this.configured;
      return await this.pack.review(resource);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }
}

function requireSuccess(
  end: Exit | "timeout",
  project: Project,
  program: ProcessGroup,
  log: EngineLog,
  monitor: Monitor,
  timeoutSeconds: number,
): void {
  const output = [...log.errors, program.stderr, program.stdout].map((text) => text.trim()).filter(Boolean);
  if (end === "timeout") {
    const state = monitor.bodyEnded
      ? "its body has ended, but something keeps it alive (a timer, a server)"
      : "it is still running";
    throw new Failure(
      `the program in ${project.programDirectory} did not end within ${timeoutSeconds} seconds: ${state}`,
      "End what keeps it waiting, or give it more time with --timeout.",
      output.join("\n"),
    );
  }
  if (end.code !== 0 || log.errors.length > 0) {
    // What the program logged as an error explains its end; only without it do the streams.
    const details = log.errors.length > 0 ? log.errors.join("\n") : output.join("\n");
    throw new Failure(
      `the program in ${project.programDirectory} failed (${end.code === null ? end.signal : `exit code ${end.code}`})`,
      "Mend the program; its own error is shown here.",
      details,
    );
  }
  if (!monitor.bodyEnded) {
    throw new Failure(
      `the program in ${project.programDirectory} stopped before its end: it waits for a promise that never resolves`,
      "Look for an await on something that nobody completes.",
      output.join("\n"),
    );
  }
}

function resultOf(identity: StackIdentity, registrar: Registrar, pack: Pack, observations: Observations): CheckResult {
  const findings = inReadingOrder(pack.findings).map((finding) => ({
    ...finding,
    message: observations.masked(finding.message),
    resource: observations.masked(finding.resource),
  }));
  return {
    outcome: findings.some(({ level }) => level === "mandatory") ? "blocked" : "passed",
    findings,
    assumptions: observations.assumptions.map((text) => observations.masked(text)),
    notSeen: observations.notSeen.map((text) => observations.masked(text)),
    project: identity.project,
    stack: identity.stack,
    resources: registrar.resources.length,
  };
}
