import { supports } from "../../aws/action-classes";
import { actionName, indexOf } from "../../aws/actions";
import type { Bitset } from "../../aws/bitset";
import type { Layers } from "../../evaluation/policy-layers";
import type { Step } from "../../requests/request";
import type { Domain } from "../../solver/domain";

const prefixes = ["aws:resourcetag/", "iam:resourcetag/"];

const anyText: Domain = { absent: false, values: "any", multivalued: false };

/**
 * A call, and the same after the caller has tagged what it is aimed at: whoever may set the tag that a condition asks for is not held by
 * the condition. Groups have no tags ("Tags for AWS Identity and Access Management resources", IAM User Guide).
 *
 * @param candidates the actions that may be allowed at all
 */
export function withTagging(step: Step, layers: Layers, candidates: Bitset): readonly (readonly Step[])[] {
  const tags = tagsFor(step, layers);
  const action = tags.length === 0 ? undefined : taggingCall(actionName(step.action));
  if (action === undefined || !candidates.has(action)) return [[step]];
  const choices = tags.length === 1 ? [tags] : [...tags.map((tag) => [tag]), tags];
  return [[step], ...choices.map((chosen) => tagged(step, action, chosen))];
}

/** Names of the tags of what the call is aimed at that statements about the call look at. */
function tagsFor({ action }: Step, { layers, denies, keys }: Layers): readonly string[] {
  if (!prefixes.some((prefix) => [...keys].some((key) => key.startsWith(prefix)))) return [];
  const rules = [...layers.flatMap(({ allows }) => allows), ...denies].map(({ rule }) => rule);
  const asked = rules.filter(({ actions }) => actions.has(action)).flatMap((rule) => rule.keys);
  const names = prefixes.flatMap((prefix) =>
    asked.filter((key) => key.startsWith(prefix) && supports(action, key)).map((key) => key.slice(prefix.length)),
  );
  return [...new Set(names)];
}

/** The call that tags what the named call is aimed at. */
function taggingCall(name: string): number | undefined {
  if (!/^(?:iam|sts):/.test(name)) return undefined;
  if (/User(?!ToGroup)|AccessKey|LoginProfile/.test(name)) return indexOf("iam:TagUser");
  if (name.includes("InstanceProfile")) return indexOf("iam:TagInstanceProfile");
  if (name.includes("Role")) return indexOf("iam:TagRole");
  return name.includes("PolicyVersion") ? indexOf("iam:TagPolicy") : undefined;
}

function tagged(step: Step, action: number, tags: readonly string[]): readonly Step[] {
  const { resource, sharedResource = "what is tagged" } = step;
  const nameOf = (tag: string) => `tag ${tag} of ${sharedResource}`;
  const given = tags.map((tag) => [`aws:requesttag/${tag}`, nameOf(tag)] as const);
  const keys = prefixes.flatMap((prefix) => tags.map((tag) => [prefix + tag, nameOf(tag)] as const));
  const read = keys.filter(([key]) => supports(step.action, key));
  const any = ([key]: readonly [string, string]) => [key, anyText] as const;
  const all: Domain = { absent: false, values: [tags], multivalued: true };
  return [
    {
      action,
      resource,
      sharedResource,
      pins: new Map([["aws:tagkeys", all], ...given.map(any)]),
      sharedKeys: new Map(given),
    },
    {
      ...step,
      sharedResource,
      pins: new Map([...(step.pins ?? []), ...read.map(any)]),
      sharedKeys: new Map([...(step.sharedKeys ?? []), ...read]),
    },
  ];
}
