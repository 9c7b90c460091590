import { type Configuration, readConfig } from "../../../policypack/host";
import { type AnyRule, rules } from "../../../policypack/rules";
import type { Exception } from "../../policies/exceptions";
import { readOwnConfig, requireSound } from "../../policies/own-config";
import { readPolicyFile } from "../../policies/policy-file";
import { isAsked, requireRules, type Selection } from "../../policies/selection";
import { asPackRule } from "../rules/account-rule";
import { accountRules } from "../rules/rules";
import { notForAccounts } from "./applicability";

/** What accounts are judged by. */
export interface AuditPolicies {
  readonly configuration: Configuration;
  readonly exceptions: readonly Exception[];
}

/** The rules that can apply to an account, of the pack and of accounts alone, as they are configured. */
export const auditRules: readonly AnyRule[] = [
  ...accountRules.map((rule) => asPackRule(rule)),
  ...rules.filter(({ id }) => notForAccounts[id] === undefined),
];

/**
 * Reads the configuration that accounts are judged by: that of the policy pack, in which the rules of accounts may stand as well.
 *
 * @param file undefined for the rules' own levels and options
 * @param base the commit that the file is read from; undefined for the file that lies there
 * @throws Failure with the mistakes in it, or for a chosen rule that there is not
 */
export function readAuditPolicies(
  file: string | undefined,
  selection: Selection,
  now = new Date(),
  base?: string,
): AuditPolicies {
  const known = [...accountRules.map((rule) => asPackRule(rule)), ...rules];
  requireRules(
    selection,
    known.map(({ id }) => id),
  );
  if (file === undefined) {
    return { configuration: chosen(readConfig({}, known, now).configuration, selection), exceptions: [] };
  }
  const content = readPolicyFile(file, base);
  const own = readOwnConfig(content, now, known);
  requireSound(content.file, own);
  return { configuration: chosen(own.configuration, selection), exceptions: own.exceptions };
}

function chosen(configuration: Configuration, selection: Selection): Configuration {
  const entries = [...configuration.rules].map(([id, rule]) => {
    return [id, isAsked(selection, id) ? rule : { ...rule, level: "disabled" as const }] as const;
  });
  return { ...configuration, rules: new Map(entries) };
}
