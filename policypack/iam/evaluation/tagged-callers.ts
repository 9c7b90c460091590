import { indexOf } from "../aws/actions";
import type { Document } from "../language/document";
import { isRead, type Policy } from "../language/policy";
import { callerArn } from "../requests/iam-targets";
import type { Principal } from "../requests/principal";
import type { Scenario, Step } from "../requests/request";
import { exactly } from "../requests/scenario";
import type { Domain } from "../solver/domain";
import { upper } from "./approximation";
import { compile } from "./compiled-statement";
import { type Layers, mayBeAllowed } from "./policy-layers";

const prefix = "aws:principaltag/";

/** Beyond this, only all tags together are tried. */
const mostTags = 3;

const anyText: Domain = { absent: false, values: "any", multivalued: false };

/**
 * The requests of a caller that has tagged itself, with every choice of the tags that policies look at. "Tagging IAM users" and
 * "Tagging IAM roles" (IAM User Guide).
 */
export function taggedFrom(
  caller: Scenario,
  { kind }: Principal,
  { layers, keys }: Pick<Layers, "layers" | "keys">,
): readonly Scenario[] {
  const name = kind === "role" ? "iam:TagRole" : "iam:TagUser";
  const action = indexOf(name);
  const tags = [...keys].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  if (tags.length === 0 || action === undefined) return [];
  if (!mayBeAllowed(name, { layers })) return [];
  return choicesOf(tags).map((chosen) => ({
    ...caller,
    label: `${caller.label}, once it has tagged itself`,
    settled: new Map([...caller.settled, ...chosen.map((tag) => [prefix + tag, anyText] as const)]),
    tagging: stepFor(action, chosen, caller),
  }));
}

/** Whether a role's trust policy may let a session bring tags of its own, which go before those of the role ("Pass session tags in AWS STS", IAM User Guide). */
export function allowsSessionTags(trust: Policy): boolean {
  const action = indexOf("sts:TagSession");
  if (!isRead(trust) || action === undefined) return true;
  return compiled(trust).some(({ effect, actions }) => effect === "Allow" && actions.has(action));
}

const compiled = ({ document }: Policy & { readonly document: Document }) => compile(document, upper);

/** Whether there are choices of tags that `taggedFrom` leaves out. */
export function hasManyTags(keys: ReadonlySet<string>): boolean {
  return [...keys].filter((key) => key.startsWith(prefix)).length > mostTags;
}

function choicesOf(tags: readonly string[]): readonly (readonly string[])[] {
  if (tags.length > mostTags) return [tags];
  let choices: string[][] = [[]];
  for (const tag of tags) choices = choices.flatMap((choice) => [choice, [...choice, tag]]);
  return choices.filter((choice) => choice.length > 0);
}

/** The call that sets the tags. */
function stepFor(action: number, tags: readonly string[], caller: Scenario): Step {
  const pins = new Map<string, Domain>([
    ["aws:tagkeys", { absent: false, values: [tags], multivalued: true }],
    ...tags.map((tag) => [`aws:requesttag/${tag}`, anyText] as const),
  ]);
  // Before it, the caller has the tags that it has without.
  const setsTags = new Map(tags.map((tag) => [`aws:requesttag/${tag}`, prefix + tag]));
  return { action, resource: exactly(callerArn(caller)), pins, setsTags, before: caller };
}
