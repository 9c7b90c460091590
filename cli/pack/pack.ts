import type { AnalyzerInfo, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Resource, StackIdentity } from "../pulumi/stack";
import type { JsonObject } from "../pulumi/values";
import type { Finding } from "./finding";

/** The configuration of a pack's policies by their names, for what the pack says it offers. */
export type PolicyConfigs = ReadonlyMap<string, PolicyConfig>;

/** A policy pack that judges one run, asked in the engine's order. */
export interface Pack {
  /** What it found so far, in the order of its answers. */
  readonly findings: readonly Finding[];
  /**
   * Announces the stack and configures the pack.
   *
   * @throws Failure where the pack does not start or refuses its configuration
   */
  configure(identity: StackIdentity, settings: (info: AnalyzerInfo) => PolicyConfigs): Promise<void>;
  /** Lets the pack repair a resource's inputs, then judges what came of it. */
  review(resource: Resource): Promise<JsonObject>;
  /** Judges a resource as it is. */
  analyze(resource: Resource): Promise<void>;
  /** Judges the whole stack, at the end. */
  reviewStack(resources: readonly Resource[]): Promise<void>;
  close(): void;
}
