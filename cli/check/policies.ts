import type { PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { type AnalyzerInfo, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import {
  type PolicyConfiguration,
  policyConfiguration,
  readPolicySettings,
  requireKnown,
} from "../policies/configuration";
import { readOwnConfig, requireSound } from "../policies/own-config";
import { readPolicyFile } from "../policies/policy-file";
import { isAsked, requireRules, type Selection } from "../policies/selection";
import { stoppingRules } from "../policies/stopping";

/** A configuration, and the rules that stop a resource of an update under it. */
export interface Policies extends PolicyConfiguration {
  readonly stopping: readonly string[];
}

/**
 * Reads the configuration of the policies.
 *
 * @param isOwn whether it is for this package's own policy pack, whose mistakes are known without asking it
 * @param base the commit that the file is read from; undefined for the file that lies there
 * @throws Failure with the mistakes in it
 */
export function readPolicies(file: string, isOwn: boolean, base?: string): Policies {
  const content = readPolicyFile(file, base);
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
  requireRules({ only, skip }, names);
  const configs = policyConfiguration(info, settings);
  for (const [name, config] of configs) {
    if (!isAsked({ only, skip }, name)) config.setEnforcementlevel(EnforcementLevel.DISABLED);
  }
  return configs;
}
