import {
  type AdminPower,
  documentedKey,
  type Grant,
  type Qualifier,
  type Statement,
  type StatementRef,
  type Witness,
} from "../../../policypack/iam";

const levels: Readonly<Record<AdminPower["level"], string>> = {
  full: "full administrator; no request is refused, one for a service of the future included",
  "iam-full": "administrator of IAM; every IAM action on every resource of the account is allowed",
  "self-escalation": "one IAM call away from any power",
};

const circumstances: Readonly<Record<Qualifier, string>> = {
  resource: "on some resources only",
  mfa: "with MFA",
  network: "from some networks only",
  tag: "with certain tags",
  time: "at certain times",
};

/** `with MFA, full administrator; …` */
export function powerInWords({ level, qualifiers }: AdminPower): string {
  return [...qualifiers.map((each) => circumstances[each]), levels[level]].join(", ");
}

/** ` (with MFA, from some networks only)`; empty when nothing narrows the grant. */
export function qualifiersInWords(narrowed: readonly Qualifier[]): string {
  return narrowed.length === 0 ? "" : ` (${narrowed.map((each) => circumstances[each]).join(", ")})`;
}

/** `iam:PutUserPolicy on arn:…`, with the condition keys that the request has. */
export function requestInWords({ action, resource, context }: Witness): string {
  const keys = Object.entries(context).map(
    ([key, value]) => `${documentedKey(key)} = ${typeof value === "string" ? value : `[${value.join(", ")}]`}`,
  );
  return `${action} on ${resource}${keys.length === 0 ? "" : `, where ${keys.join(" and ")}`}`;
}

export function referencesInWords(statements: readonly StatementRef[]): string {
  return statements.map(({ origin, path }) => `${placeInWords(path)} of ${origin}`).join("; ");
}

/** `$.Statement[2]` as `statement 3`; what is no statement of a list keeps its path. */
function placeInWords(path: string): string {
  const index = path.startsWith("$.Statement[") ? Number.parseInt(path.slice("$.Statement[".length), 10) : Number.NaN;
  return Number.isNaN(index) ? path : `statement ${index + 1}`;
}

/** Lines under a yes: the request that proves it, who makes it, and which statements allow it. */
export function proofInWords({ witnesses, statements, unless }: Grant): readonly string[] {
  const [first] = witnesses;
  return [
    ...witnesses.map((witness, index) => `${index === 0 ? "request" : "and"}: ${requestInWords(witness)}`),
    ...(first === undefined || first.scenario === "" ? [] : [`made by: ${first.scenario}`]),
    ...(statements.length === 0 ? [] : [`granted by: ${referencesInWords(statements)}`]),
    ...unless.map((origin) => `unless denied by: ${origin}, which is not read`),
  ];
}

/** What a statement is about: `everything but iam:GetUser, on *, where BoolIfExists aws:MultiFactorAuthPresent is false`. */
export function scopeInWords({ action, resource, conditions }: Statement): string {
  const tests = conditions.map(
    ({ operator, key, values }) => `${operator} ${documentedKey(key)} is ${values.join(" or ")}`,
  );
  const where = tests.length === 0 ? "" : `, where ${tests.join(" and ")}`;
  return `${selectionInWords(action)} on ${selectionInWords(resource)}${where}`;
}

function selectionInWords({ inverted, values }: Statement["action"]): string {
  const shown = values.length === 0 ? "nothing" : values.join(", ");
  return inverted ? `everything but ${shown}` : shown;
}
