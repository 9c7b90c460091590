import {
  documentedKey,
  type Grant,
  mfaGateStatement,
  type Qualifier,
  type StatementRef,
  type Witness,
} from "../../iam";

/** A witness request in one line: `iam:PutUserPolicy on arn:… (a user's access key, without MFA; aws:SourceIp absent)`. */
export function requestInWords(witness: Witness): string {
  const context = Object.entries(witness.context).map(
    ([key, value]) => `${documentedKey(key)} = ${typeof value === "string" ? value : value.join(" | ")}`,
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

/**
 * Where the statements stand that grant something, for the end of a sentence: `$.Statement[0] and $.Statement[2] of policy of
 * aws:iam/groupPolicy:GroupPolicy "gate"`.
 */
export function statementsInWords(statements: readonly StatementRef[]): string {
  const shown = statements.slice(0, 3);
  const origins = [...new Set(shown.map(({ origin }) => origin))];
  const texts = origins.map((origin) => {
    const paths = shown.filter((statement) => statement.origin === origin).map(({ path }) => path);
    return `${paths.sort(byNumber).join(" and ")} of ${originInWords(origin)}`;
  });
  const left = statements.length - shown.length;
  return left > 0 ? `${texts.join(", ")} and ${left} more` : texts.join(", ");
}

/** `$.Statement[2]` before `$.Statement[10]`. */
function byNumber(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}

/** A text with a capital at its start and a full stop at its end. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
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

/** A statement of a policy in one line, with blanks at which a message can break. */
export function statementInWords(statement: object): string {
  return JSON.stringify(statement, undefined, 1)
    .replace(/\n\s*/g, " ")
    .replace(/([[{]) | (?=[\]}])/g, "$1");
}

/** The gate to add to a user's or group's policies, for a message. */
export const gateInWords = statementInWords(mfaGateStatement);
