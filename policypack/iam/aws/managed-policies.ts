import type { Document } from "../language/document";
import { parseDocument } from "../language/parse";
import { lazily } from "../shared/lazily";
import { remembering } from "../shared/remembering";
import { textOf } from "../shared/table";
import { serviceByPrefix } from "./action-table";
import { managedPolicies } from "./generated/managed-policies";

/** Every partition has AWS's own policies under an account named `aws`. */
const AWS_MANAGED = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/;

/** The packed documents by name: the name with its path, then JSON, then the values of the Action elements. */
const blocks = lazily((): ReadonlyMap<string, readonly string[]> => {
  const all = textOf(managedPolicies).split("\n\n");
  return new Map(all.map((block) => block.split("\n")).map(([name = "", ...lines]) => [name, lines]));
});

/** Whether the ARN is that of a policy which AWS manages, known to us or not (IAM User Guide, "AWS managed policies"). */
export function isManagedPolicyArn(arn: string): boolean {
  return AWS_MANAGED.test(arn);
}

/**
 * The latest document of an AWS managed policy that a customer can attach: JSON text that means what AWS's document means,
 * without statement ids and with the actions in another order. The name in the ARN has its path
 * (`policy/job-function/Billing`) and its letter case counts. Undefined for a policy that AWS published after the table was
 * made, for those of service-linked roles, and for any other ARN.
 */
export function managedPolicyText(arn: string): string | undefined {
  const name = AWS_MANAGED.exec(arn)?.[1];
  const [json, ...actions] = (name === undefined ? undefined : blocks().get(name)) ?? [];
  if (json === undefined) return undefined;
  let next = 0;
  const document: unknown = JSON.parse(json, (key, value: unknown) =>
    key === "Action" || key === "NotAction" ? actionsIn(actions[next++] ?? "") : value,
  );
  return JSON.stringify(document);
}

/** The same as a document, one object for all who ask: what is worked out of it is worked out once. Undefined where the text is not known. */
export const managedPolicyDocument: (arn: string) => Document | undefined = remembering((arn) => {
  const text = managedPolicyText(arn);
  return text === undefined ? undefined : parseDocument(text, "identity").document;
});

/** Reads the value of an Action element from words that are patterns, or `iam=` and one character for each action: its distance from the one before it, and 33. */
function actionsIn(words: string): string | readonly string[] {
  const actions = words.split(" ").flatMap((word) => {
    const [prefix = "", distances] = word.split(/=(.*)/s);
    if (distances === undefined) return [word];
    let number = -1;
    return Array.from(distances, (character) => {
      number += character.charCodeAt(0) - 33;
      return `${prefix}:${serviceByPrefix().get(prefix)?.names[number]}`;
    });
  });
  const [only, ...others] = actions;
  return only !== undefined && others.length === 0 ? only : actions;
}

/** ARNs in the partition `aws` of all managed policies whose documents are known. */
export function managedPolicyArns(): readonly string[] {
  return [...blocks().keys()].map((name) => `arn:aws:iam::aws:policy/${name}`);
}

/** The day of the newest managed policy that is known here, `YYYY-MM-DD`. */
export const managedPoliciesDate: string = managedPolicies.date;
