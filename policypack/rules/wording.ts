import type { Grant, Qualifier, StatementRef, Witness } from "../iam/principal";

/** A witness request in one line: `iam:PutUserPolicy on arn:… (a user's access key, without MFA; aws:SourceIp absent)`. */
export function requestInWords(witness: Witness): string {
  const context = Object.entries(witness.context).map(
    ([key, value]) => `${key} = ${typeof value === "string" ? value : value.join(" | ")}`,
  );
  return `${witness.action} on ${witness.resource} (${[witness.scenario, ...context].join("; ")})`;
}

/** The request that proves a grant, as a sentence. */
export function proofInWords({ witnesses }: Grant): string {
  return witnesses
    .slice(0, 1)
    .map((witness) => `Allowed: ${requestInWords(witness)}.`)
    .join("");
}

/** Where the statements stand that grant something, for the end of a sentence. */
export function statementsInWords(statements: readonly StatementRef[]): string {
  const shown = statements.slice(0, 3).map(({ origin, path }) => `${path} of ${originInWords(origin)}`);
  const left = statements.length - shown.length;
  return left > 0 ? `${shown.join(", ")} and ${left} more` : shown.join(", ");
}

/** A policy's origin without what a reader of the stack knows: `policy of aws:iam/groupPolicy:GroupPolicy "gate"`. */
function originInWords(origin: string): string {
  const [urn = "", property] = origin.split("#");
  const parts = urn.split("::");
  if (!urn.startsWith("urn:pulumi:") || parts.length < 4) return origin;
  const type = parts[2]?.split("$").pop();
  const name = parts.slice(3).join("::");
  return `${property === undefined ? "" : `${property} of `}${type} "${name}"`;
}

/** Policies that might still take a grant away, as a proviso; empty when nothing can. */
export function provisoOf(grant: Grant): string {
  return grant.unless.length > 0
    ? `, unless a policy that cannot be read yet denies it (${grant.unless.map(originInWords).join("; ")})`
    : "";
}

const qualifiers: Readonly<Record<Qualifier, string>> = {
  resource: "on some resources only",
  mfa: "with MFA",
  network: "from some networks only",
  tag: "with certain tags",
  time: "at certain times",
};

export function qualifiersInWords(grant: Grant): string {
  return grant.qualifiers.length > 0
    ? ` (${grant.qualifiers.map((qualifier) => qualifiers[qualifier]).join(", ")})`
    : "";
}
