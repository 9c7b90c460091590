import type { PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { type AnalyzerInfo, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { nearestName, settingsPolicy, undecidedPolicy } from "../../policypack/host";
import {
  NO_CONFIGURATION,
  type PolicyConfiguration,
  policyConfiguration,
  readPolicySettings,
  requireKnown,
} from "../policies/configuration";
import { readOwnConfig, requireSound } from "../policies/own-config";
import { readPolicyFile } from "../policies/policy-file";
import { stoppingRules } from "../policies/stopping";
import { Failure } from "../terminal/failure";

/** A configuration, and the rules that stop a resource of an update under it. */
export interface Policies extends PolicyConfiguration {
  readonly stopping: readonly string[];
}

/** Which rules a run asks, beside what the configuration says. */
export interface Selection {
  /** These alone; all of them where there are none. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/**
 * Reads the configuration of the policies.
 *
 * @param isOwn whether it is for this package's own policy pack, whose mistakes are known without asking it
 * @throws Failure with the mistakes in it
 */
export function readPolicies(file: string | undefined, isOwn: boolean): Policies {
  if (file === undefined) return { ...NO_CONFIGURATION, stopping: [] };
  const content = readPolicyFile(file);
  if (!isOwn) return { ...readPolicySettings(content), stopping: [] };
  const own = readOwnConfig(content);
  requireSound(content.file, own);
  return { ...readPolicySettings(content), stopping: stoppingRules(own.configuration) };
}

/**
 * The configuration that a pack is sent: what the file says, with the rules that are not asked for disabled.
 *
 * @throws Failure for a rule or an option that the pack does not have
 */
export function selectedConfiguration(
  info: AnalyzerInfo,
  { settings }: PolicyConfiguration,
  file: string | undefined,
  { only, skip }: Selection,
): ReadonlyMap<string, PolicyConfig> {
  if (file !== undefined) requireKnown(info, settings, file);
  const names = info.getPoliciesList().map((policy) => policy.getName());
  for (const [flag, rules] of Object.entries({ "--only": only, "--skip": skip })) {
    for (const rule of rules) if (!names.includes(rule)) throw noSuchRule(flag, rule, names);
  }
  const configs = policyConfiguration(info, settings);
  // What is said of the configuration and of doubts is no rule's.
  const isAsked = (name: string) =>
    only.length === 0 || only.includes(name) || name === settingsPolicy.id || name === undecidedPolicy.id;
  for (const [name, config] of configs) {
    if (!isAsked(name) || skip.includes(name)) config.setEnforcementlevel(EnforcementLevel.DISABLED);
  }
  return configs;
}

function noSuchRule(flag: string, rule: string, names: readonly string[]): Failure {
  const nearest = nearestName(rule, names);
  const fix = nearest === undefined ? "List the rules with: aws-identity-guardrails rules" : `Did you mean ${nearest}?`;
  return new Failure(`${flag} ${rule}: there is no such rule`, fix);
}
