import type { SourceFrame } from "./source-position";
import type { JsonObject } from "./values";

/** What the engine knows of the run: names that become part of every URN, and the stack's configuration. */
export interface StackIdentity {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** `namespace:key` to text; structured values are JSON text. */
  readonly config: ReadonlyMap<string, string>;
  readonly secretKeys: ReadonlySet<string>;
  /** Packages without a default provider; `*` stands for all of them. */
  readonly disabledProviders: ReadonlySet<string>;
}

/** Options of a resource that a policy pack is shown. */
export interface ResourceOptions {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly deleteBeforeReplace: boolean | undefined;
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly string[];
  /** Seconds; 0 where the program sets none. */
  readonly timeouts: {
    readonly create: number;
    readonly update: number;
    readonly delete: number;
    readonly read: number;
  };
}

export const NO_OPTIONS: ResourceOptions = {
  protect: false,
  ignoreChanges: [],
  deleteBeforeReplace: undefined,
  additionalSecretOutputs: [],
  aliases: [],
  timeouts: { create: 0, update: 0, delete: 0, read: 0 },
};

/** One resource of the stack, as a preview of a new stack would hold it. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The parent's URN, or "" for none. */
  readonly parent: string;
  readonly custom: boolean;
  /** Checked by the provider, and changed by the pack's remediations. */
  inputs: JsonObject;
  /** Inputs and what a preview knows of the outputs; a component's are registered later. */
  outputs: JsonObject;
  readonly options: ResourceOptions;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: ReadonlyMap<string, readonly string[]>;
  /** The provider that manages it; components and providers have none. */
  readonly provider: Resource | undefined;
  /** Where the program makes it, the innermost place first; empty where its SDK does not say. */
  readonly frames?: readonly SourceFrame[];
}
