import { matchesWildcards } from "../language/glob";
import { lazily } from "../shared/lazily";
import { derived } from "../shared/remembering";
import { textOf } from "../shared/table";
import { type Service, serviceByPrefix, serviceOf, services } from "./action-table";
import { actionResources } from "./generated/action-resources";

/** What a request for an action can be about: the resources that it works on and the condition keys that it can carry. */

interface Resources {
  readonly templates: readonly string[];
  readonly conditionKeys: readonly string[];
}

/** Keys that credentials carry into any action of any service, though each has the prefix of the service that issued them. */
const CREDENTIAL_KEYS: ReadonlySet<string> = new Set([
  "ec2:roledelivery",
  "ec2:sourceinstancearn",
  "glue:credentialissuingservice",
  "glue:roleassumedby",
  "identitystore:userid",
  "lambda:sourcefunctionarn",
  "ssm:sourceinstancearn",
  "sts:sourceidentity",
]);

/** Keys with the prefix `aws:` that an action has only if its documentation says so. */
const ACTION_SPECIFIC_GLOBAL_KEYS = /^aws:(?:requesttag\/|resourcetag\/|tagkeys$)/;

/**
 * ARN templates of the resources that the action works on, such as `arn:${Partition}:iam::${Account}:user/*`: names are `*`,
 * only `${Partition}`, `${Region}` and `${Account}` are left to fill in. Resources that every request for the action needs
 * come first. None means that the action's request always has
 * the resource `*`, so that only a `Resource` which matches `*` reaches it.
 */
export function arnTemplatesOf(action: number): readonly string[] {
  return resourcesOf(action).templates;
}

/**
 * The condition keys that AWS documents for the action and its resources, as AWS writes them; a part that the caller
 * chooses is a placeholder, as in `aws:RequestTag/${TagKey}`. Global keys are not repeated for each action.
 */
export function conditionKeysOf(action: number): readonly string[] {
  return resourcesOf(action).conditionKeys;
}

/**
 * Whether a request for the action can have the condition key at all. Global keys can always be there, except for tags, which
 * an action must name (IAM User Guide, "AWS global condition context keys"); so can keys that come with the credentials and
 * those of identity providers. A key of a service is there only for the actions that name it.
 */
export function supportsConditionKey(action: number, key: string): boolean {
  const name = key.toLowerCase();
  const prefix = name.slice(0, Math.max(name.indexOf(":"), 0));
  const isFromElsewhere = !serviceByPrefix().has(prefix) || CREDENTIAL_KEYS.has(name);
  if (serviceOf(action) === services().at(-1) || (isFromElsewhere && !ACTION_SPECIFIC_GLOBAL_KEYS.test(name)))
    return true;
  return conditionKeysOf(action).some((template) =>
    matchesWildcards(template.toLowerCase().replace(/\$\{[^}]*\}|<[^>]*>/g, "?*"), name),
  );
}

const resourceBlocks = lazily(() => textOf(actionResources).split("\f"));

function resourcesOf(action: number): Resources {
  const service = serviceOf(action);
  return resourcesIn(service)[action - service.start] ?? { templates: [], conditionKeys: [] };
}

const resourcesIn = derived((service: Service): readonly Resources[] => {
  const block = resourceBlocks()[services().indexOf(service)];
  if (block === undefined) return [];
  const [templates = [], templateSets = [], keys = [], keySets = [], actions = []] = block
    .split("\v")
    .map((part) => part.split("\n"));
  const arns = templates.map((template) => lengthened(template, service.prefix));
  return actions.map((line) => {
    const [templateSet, keySet] = line.split(" ").map(Number);
    return {
      templates: membersOf(templateSets[templateSet ?? 0], arns),
      conditionKeys: membersOf(keySets[keySet ?? 0], keys),
    };
  });
});

function membersOf(set: string | undefined, members: readonly string[]): readonly string[] {
  return set === undefined || set === "" ? [] : set.split(" ").map((number) => members[Number(number)] ?? "");
}

function lengthened(template: string, prefix: string): string {
  return template
    .replace(/^~/, `arn:\${Partition}:${prefix}:\${Region}:\${Account}:`)
    .replace(/^\^/, `arn:\${Partition}:`);
}
