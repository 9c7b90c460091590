import { EngineLog } from "../offline/engine-log";
import { requireBuilt } from "../pack/location";
import { OwnPack } from "../pack/own-pack";
import type { Pack } from "../pack/pack";
import { PackProcess } from "../pack/pack-process";
import type { Observations } from "../pulumi/observations";
import type { Resource, StackIdentity } from "../pulumi/stack";
import type { CheckResult } from "../report/check-result";
import { Failure } from "../terminal/failure";
import { within } from "../terminal/within";
import type { CheckOptions } from "./options";
import { type Policies, readPolicies, selectedConfiguration } from "./policies";
import { type Place, resultOf } from "./result";

// The engine gives stacks outside Pulumi Cloud this organization.
export const ORGANIZATION = "organization";

/**
 * What the user's file configures for the policy pack, which has to be built where it is another one than this package's.
 *
 * @throws Failure for a mistake in the file, or a pack that is not built
 */
export function policiesOf({ policyConfig, packDirectory, base }: CheckOptions): Policies {
  if (packDirectory !== undefined) requireBuilt(packDirectory);
  return readPolicies(policyConfig, packDirectory === undefined, base);
}

/** The policy pack at work on one stack: configured, with what it found. */
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
    const { packDirectory, policyConfig, only = [], skip = [] } = options;
    this.pack = packDirectory === undefined ? new OwnPack() : new PackProcess(packDirectory, address);
    // Of this package's own pack all mistakes are known before.
    const file = packDirectory === undefined ? undefined : policyConfig;
    this.configured = this.pack.configure(identity, (info) =>
      selectedConfiguration(info, policies, file, { only, skip }),
    );
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
      `the policy pack${packDirectory === undefined ? "" : ` in ${packDirectory}`} did not answer within ${timeoutSeconds} seconds`,
      "The policy pack is at fault, not the program; where the machine is slow, give it more time with --timeout.",
    );
  }

  /**
   * @param resources the whole stack
   * @param place where its project is
   */
  result(resources: readonly Resource[], place: Place): CheckResult {
    const { identity, policies, pack, observations } = this;
    return resultOf({ place, identity, policies, resources, pack, observations });
  }

  close(): void {
    this.pack.close();
    this.log.close();
  }
}
