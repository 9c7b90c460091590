import { stackUrn } from "../../policypack/model";
import { EngineLog } from "../offline/engine-log";
import {
  NO_CONFIGURATION,
  type PolicyConfiguration,
  policyConfiguration,
  readPolicySettings,
  requireKnown,
} from "../pack/configuration";
import { withExceptions } from "../pack/exceptions";
import { blocks, inReadingOrder } from "../pack/finding";
import { ownPackDirectory, requireBuilt } from "../pack/location";
import { readOwnConfig, requireSound } from "../pack/own-config";
import { Pack } from "../pack/pack";
import { readPolicyFile } from "../pack/policy-file";
import { stoppedAt, stoppingRules } from "../pack/stopping";
import type { Observations } from "../pulumi/observations";
import type { Resource, StackIdentity } from "../pulumi/stack";
import type { CheckResult } from "../report/check-result";
import { Failure } from "../terminal/failure";
import { within } from "../terminal/within";
import type { CheckOptions } from "./options";

// The engine gives stacks outside Pulumi Cloud this organization.
export const ORGANIZATION = "organization";

function isOwnPack({ packDirectory }: CheckOptions): boolean {
  return packDirectory === ownPackDirectory();
}

/** A configuration, and the rules that stop a resource of an update under it. */
export interface Policies extends PolicyConfiguration {
  readonly stopping: readonly string[];
}

/**
 * What the user's file configures for the policy pack, which has to be built.
 *
 * @throws Failure for a mistake in the file, or a pack that is not built
 */
export function policiesOf(options: CheckOptions): Policies {
  requireBuilt(options.packDirectory);
  const file = options.policyConfig;
  if (file === undefined) return { ...NO_CONFIGURATION, stopping: [] };
  const content = readPolicyFile(file);
  if (!isOwnPack(options)) return { ...readPolicySettings(content), stopping: [] };
  const own = readOwnConfig(content);
  requireSound(content.file, own);
  return { ...readPolicySettings(content), stopping: stoppingRules(own.configuration) };
}

/** The policy pack at work on one stack: a process of its own, configured, with what it found. */
export class PackRun {
  readonly pack: Pack;
  readonly configured: Promise<void>;

  private constructor(
    private readonly options: CheckOptions,
    private readonly policies: Policies,
    private readonly identity: StackIdentity,
    private readonly observations: Observations,
    private readonly log: EngineLog,
    address: string,
  ) {
    this.pack = new Pack(options.packDirectory, address);
    this.configured = this.pack.configure(identity, (info) => {
      if (!isOwnPack(options)) requireKnown(info, policies.settings, options.policyConfig ?? "");
      return policyConfiguration(info, policies.settings);
    });
    // Whoever waits for it hears of a failure.
    this.configured.catch(() => undefined);
  }

  static async start(
    options: CheckOptions,
    policies: Policies,
    identity: StackIdentity,
    observations: Observations,
  ): Promise<PackRun> {
    const log = new EngineLog();
    return new PackRun(options, policies, identity, observations, log, await log.listen());
  }

  /** Waits for the pack. @throws Failure where it does not answer in time */
  within<T>(answer: Promise<T>): Promise<T> {
    return within(this.options.timeoutSeconds, answer, () => {
      throw this.unanswered;
    });
  }

  get unanswered(): Failure {
    const { packDirectory, timeoutSeconds } = this.options;
    return new Failure(
      `the policy pack in ${packDirectory} did not answer within ${timeoutSeconds} seconds`,
      "The policy pack is at fault, not the program; where the machine is slow, give it more time with --timeout.",
    );
  }

  /** @param resources the whole stack */
  result(resources: readonly Resource[]): CheckResult {
    const { identity, observations, pack } = this;
    const { exceptions, stopping } = this.policies;
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

  close(): void {
    this.pack.close();
    this.log.close();
  }
}
