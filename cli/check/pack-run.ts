import { EngineLog } from "../offline/engine-log";
import { requireBuilt } from "../pack/location";
import type { Pack } from "../pack/pack";
import type { Observations } from "../pulumi/observations";
import type { Resource, StackIdentity } from "../pulumi/stack";
import type { CheckResult } from "../report/check-result";
import { Failure } from "../terminal/failure";
import { within } from "../terminal/within";
import type { CheckOptions } from "./options";
import type { Policies } from "./policies";
import type { Place } from "./result";

// The engine gives stacks outside Pulumi Cloud this organization.
export const ORGANIZATION = "organization";

const NO_POLICIES: Policies = { settings: new Map(), exceptions: [], stopping: [] };

/**
 * What the user's file configures for the policy pack, which has to be built where it is another one than this package's.
 *
 * @throws Failure for a mistake in the file, or a pack that is not built
 */
export function policiesOf({ policyConfig, packDirectory, base }: CheckOptions): Policies {
  if (packDirectory !== undefined) requireBuilt(packDirectory);
  if (policyConfig === undefined) return NO_POLICIES;
  const { readPolicies }: typeof import("./policies") = require("./policies");
  return readPolicies(policyConfig, packDirectory === undefined, base);
}

/** The policy pack at work on one stack: configured, with what it found. Nothing of it is loaded before it starts. */
export class PackRun {
  /** The pack, once it is started and ready to judge. */
  readonly configured: Promise<Pack>;
  #begin: (configured: Promise<Pack>) => void = () => undefined;
  #pack: Pack | undefined;
  #log: EngineLog | undefined;

  constructor(
    private readonly options: CheckOptions,
    private readonly policies: Policies,
    private readonly identity: StackIdentity,
    private readonly observations: Observations,
  ) {
    this.configured = new Promise((begin) => {
      this.#begin = begin;
    });
    // Whoever waits for it hears of a failure.
    this.configured.catch(() => undefined);
  }

  start(): void {
    this.#begin(this.#started());
  }

  async #started(): Promise<Pack> {
    const { selectedConfiguration }: typeof import("./policies") = require("./policies");
    const { packDirectory, policyConfig, only = [], skip = [] } = this.options;
    const pack = packDirectory === undefined ? ownPack() : await this.#packIn(packDirectory);
    this.#pack = pack;
    // Of this package's own pack all mistakes are known before.
    const file = packDirectory === undefined ? undefined : policyConfig;
    await pack.configure(this.identity, (info) => selectedConfiguration(info, this.policies, file, { only, skip }));
    return pack;
  }

  async #packIn(directory: string): Promise<Pack> {
    const { PackProcess }: typeof import("../pack/pack-process") = require("../pack/pack-process");
    this.#log = new EngineLog();
    return new PackProcess(directory, await this.#log.listen());
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
    const { resultOf }: typeof import("./result") = require("./result");
    const { identity, policies, observations } = this;
    const found = this.#pack?.findings ?? [];
    return resultOf({ place, identity, policies, resources, found, observations });
  }

  close(): void {
    this.#pack?.close();
    this.#log?.close();
  }
}

function ownPack(): Pack {
  const { OwnPack }: typeof import("../pack/own-pack") = require("../pack/own-pack");
  return new OwnPack();
}
