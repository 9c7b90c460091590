import { type Mistake, suggestion } from "../../policypack/host";
import { isObject, type Json, type JsonObject } from "../pulumi/values";
import { type Exception, readExceptions } from "./exceptions";

/** A policy configuration file taken apart, in either of Pulumi's formats. */
export interface ConfigFile {
  readonly version: 1 | 2;
  /** The configuration of policies by name: the whole file, or what a file of version 2 holds under `policies`. */
  readonly policies: Json;
  readonly exceptions: readonly Exception[];
  /** What is wrong with the file around its policies. Places are paths inside the file. */
  readonly mistakes: readonly Mistake[];
}

const NEWEST = 2;
const parts = ["version", "policies", "exceptions", "environments"];

/**
 * Takes a policy configuration file apart as the Pulumi CLI does (`--policy-pack-config`): a number under `version` makes it a
 * file of version 2, `{"version": 2, "policies": {…}, "exceptions": {…}, "environments": […]}`; else every name in it is a
 * policy's. Names beside those of version 2, which the CLI ignores, are mistakes.
 *
 * @param names the policies that the pack has, where they are known
 */
export function readConfigFile(value: Json, names?: readonly string[]): ConfigFile {
  if (!isObject(value)) return { version: 1, policies: value, exceptions: [], mistakes: [] };
  const { version } = value;
  if (typeof version === "number") {
    return version === NEWEST ? versionTwo(value, names) : nothing(wrongVersion(version));
  }
  if (typeof version === "string" && /^\d+$/.test(version)) {
    return nothing({ place: "version", message: "is a text.", fix: `Write the number: "version": ${version}.` });
  }
  return unversioned(value, names);
}

/** Of a file that says nothing that can be relied on, one mistake is all there is to tell. */
function nothing(mistake: Mistake): ConfigFile {
  return { version: 1, policies: {}, exceptions: [], mistakes: [mistake] };
}

function wrongVersion(version: number): Mistake {
  return {
    place: "version",
    message: `is ${version}, which this version of aws-identity-guardrails cannot read.`,
    fix: `Write "version": ${NEWEST}${version > NEWEST ? ", or update aws-identity-guardrails" : ""}.`,
  };
}

function unversioned(value: JsonObject, names: readonly string[] | undefined): ConfigFile {
  const misplaced =
    names === undefined ? [] : ["policies", "exceptions"].filter((name) => name in value && !names.includes(name));
  const policies = Object.fromEntries(Object.entries(value).filter(([name]) => !misplaced.includes(name)));
  const mistakes = misplaced.map((place) => ({
    place,
    message: "is known in files of version 2 only; here it is taken for a policy of that name.",
    fix: `Add "version": ${NEWEST} at the top, and write all policies under "policies".`,
  }));
  return { version: 1, policies, exceptions: [], mistakes };
}

function versionTwo(value: JsonObject, names: readonly string[] | undefined): ConfigFile {
  const { policies, environments } = value;
  const { exceptions, mistakes } = readExceptions(value.exceptions, names);
  return {
    version: 2,
    policies: isObject(policies) ? policies : {},
    exceptions,
    mistakes: [
      ...strayMistakes(value, names),
      ...policiesMistakes(policies),
      ...environmentsMistakes(environments),
      ...mistakes,
    ],
  };
}

function strayMistakes(value: JsonObject, names: readonly string[] = []): readonly Mistake[] {
  return Object.keys(value)
    .filter((place) => !parts.includes(place))
    .map((place) => {
      const isPolicy = place === "all" || names.includes(place);
      return {
        place,
        message: `is ignored by Pulumi: it stands beside "policies".${suggestion(place, parts)}`,
        fix: isPolicy ? 'Move it into "policies".' : "Remove it, or write it in its place.",
      };
    });
}

function policiesMistakes(policies: Json | undefined): readonly Mistake[] {
  if (policies === undefined || policies === null) return [];
  if (!isObject(policies)) {
    const fix = 'Write {"require-user-mfa": "advisory"} there.';
    return [{ place: "policies", message: "is not an object.", fix }];
  }
  if (!("environments" in policies)) return [];
  const fix = 'Move it out of "policies", to the top of the file.';
  return [{ place: "policies.environments", message: "is no policy.", fix }];
}

function environmentsMistakes(environments: Json | undefined): readonly Mistake[] {
  const list = environments ?? [];
  if (Array.isArray(list) && list.every((entry) => typeof entry === "string")) return [];
  const fix = "Write a list of Pulumi ESC environment names.";
  return [{ place: "environments", message: "is not a list of texts.", fix }];
}
