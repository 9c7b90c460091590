import { type AnalyzerInfo, EnforcementLevel, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { nearestName } from "../../policypack/host";
import { fromStruct, isObject, type Json, type JsonObject, toStruct } from "../pulumi/values";
import { Failure } from "../terminal/failure";
import type { FilePosition } from "../terminal/json-file";
import { readConfigFile } from "./config-file";
import type { Exception } from "./exceptions";
import { schemaFaults } from "./schema";

/** What a policy configuration file says about one policy, or about `all`. */
export interface PolicySetting {
  readonly level: string | undefined;
  readonly options: JsonObject;
}

export type PolicySettings = ReadonlyMap<string, PolicySetting>;

const LEVELS: Readonly<Record<string, EnforcementLevel>> = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  disabled: EnforcementLevel.DISABLED,
  remediate: EnforcementLevel.REMEDIATE,
};

const ALL = "all";

/** What a configuration file says to a pack, and the exceptions that are between the file and the engine. */
export interface PolicyConfiguration {
  readonly settings: PolicySettings;
  readonly exceptions: readonly Exception[];
}

/**
 * The policies that a configuration file names, `{"all": "advisory", "rule": "mandatory", "other": {"enforcementLevel": "…",
 * "option": …}}`, at its top or, in a file of version 2, under `policies`.
 *
 * @throws Failure that names the place in the file
 */
export function readPolicySettings({ file, value }: FilePosition): PolicyConfiguration {
  const { policies, exceptions, mistakes } = readConfigFile(value);
  const [mistake] = mistakes;
  if (mistake !== undefined) throw fault(file.name, mistake.place, mistake.message, mistake.fix);
  if (!isObject(policies)) throw fault(file.name, "", "is not a JSON object", 'Write {"rule": "mandatory"}.');
  const entries = Object.entries(policies).filter(([name]) => name !== "environments");
  return { settings: new Map(entries.map(([name, entry]) => [name, settingOf(file.name, name, entry)])), exceptions };
}

function settingOf(file: string, name: string, value: Json): PolicySetting {
  if (typeof value === "string") return { level: levelOf(file, name, value), options: {} };
  if (!isObject(value)) {
    throw fault(file, name, "must be a level or an object", `Write "${name}": {"enforcementLevel": "advisory"}.`);
  }
  const { enforcementLevel, ...options } = value;
  return { level: enforcementLevel === undefined ? undefined : levelOf(file, name, enforcementLevel), options };
}

function levelOf(file: string, name: string, level: Json): string {
  if (typeof level === "string" && level in LEVELS) return level;
  const fix = `Use one of ${Object.keys(LEVELS).join(", ")}.`;
  throw fault(file, name, `has the enforcement level ${JSON.stringify(level)}, which does not exist`, fix);
}

/**
 * Refuses settings that a pack has no use for.
 *
 * @throws Failure for an unknown policy or option, and for values that the policy's schema refuses
 */
export function requireKnown(info: AnalyzerInfo, settings: PolicySettings, file: string): void {
  const policies = new Map(info.getPoliciesList().map((policy) => [policy.getName(), policy]));
  for (const [name, { options }] of settings) {
    if (name === ALL) continue;
    const policy = policies.get(name);
    if (policy === undefined) throw unknown(file, name, "rule", name, [...policies.keys()]);
    const schema = policy.getConfigschema();
    const properties = fromStruct(schema?.getProperties());
    for (const option of Object.keys(options)) {
      if (!(option in properties)) throw unknown(file, `${name}.${option}`, "option", option, Object.keys(properties));
    }
    const required = schema?.getRequiredList() ?? [];
    const [refused] = schemaFaults({ type: "object", properties, required }, { ...defaultsIn(properties), ...options });
    if (refused === undefined) continue;
    throw fault(file, [name, ...refused.path].join("."), refused.problem, "Correct the value.");
  }
}

/**
 * The configuration of every policy of a pack, as the engine would send it: the pack's own defaults, then `all`, then
 * what is set for the policy itself.
 */
export function policyConfiguration(info: AnalyzerInfo, settings: PolicySettings): Map<string, PolicyConfig> {
  const all = settings.get(ALL)?.level;
  const entries = info.getPoliciesList().map((policy) => {
    const name = policy.getName();
    const initial = info.getInitialconfigMap().get(name);
    const setting = settings.get(name);
    const defaults = defaultsIn(fromStruct(policy.getConfigschema()?.getProperties()));
    const level = initial?.getEnforcementlevel() ?? policy.getEnforcementlevel();
    const config = new PolicyConfig();
    config.setEnforcementlevel(levelFor(setting?.level ?? all, level));
    config.setProperties(toStruct({ ...defaults, ...fromStruct(initial?.getProperties()), ...setting?.options }));
    return [name, config] as const;
  });
  return new Map(entries);
}

function levelFor(configured: string | undefined, otherwise: EnforcementLevel): EnforcementLevel {
  return configured === undefined ? otherwise : (LEVELS[configured] ?? otherwise);
}

function defaultsIn(properties: JsonObject): JsonObject {
  const entries = Object.entries(properties).flatMap(([name, schema]) => {
    const value = isObject(schema) ? schema.default : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function unknown(file: string, path: string, kind: string, name: string, candidates: readonly string[]): Failure {
  const suggestion = nearestName(name, candidates);
  const fix = suggestion === undefined ? "Remove it." : `Did you mean "${suggestion}"?`;
  return fault(file, path, `is no ${kind} of this policy pack`, fix);
}

function fault(file: string, path: string, problem: string, fix: string): Failure {
  return new Failure(path === "" ? `${file} ${problem}` : `${file}: "${path}" ${problem}`, fix);
}
