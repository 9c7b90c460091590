import { remembering } from "../shared/remembering";

/** How the values of a condition are compared. */
export type Family = "string" | "arn" | "numeric" | "date" | "bool" | "binary" | "ip" | "null";

/** A condition operator taken apart: everything that its name says, as data. */
export interface Operator {
  /** The name as AWS writes it. */
  readonly canonical: string;
  readonly family: Family;
  /** True for the `Not…` operators. */
  readonly negated: boolean;
  /** For strings. */
  readonly match: "exact" | "ignore-case" | "wildcard";
  /** For numbers and dates: which order of (value in the request, value in the policy) fulfils it. */
  readonly order: "equal" | "less" | "less-or-equal" | "greater" | "greater-or-equal";
  readonly ifExists: boolean;
  readonly set: "none" | "all" | "any";
}

type Base = Pick<Operator, "family" | "negated" | "match" | "order">;

function base(family: Family, extra: Partial<Base> = {}): Base {
  return { family, negated: false, match: "exact", order: "equal", ...extra };
}

/** "IAM JSON policy elements: Condition operators" (IAM User Guide). */
const operators: Readonly<Record<string, Base>> = {
  StringEquals: base("string"),
  StringNotEquals: base("string", { negated: true }),
  StringEqualsIgnoreCase: base("string", { match: "ignore-case" }),
  StringNotEqualsIgnoreCase: base("string", { match: "ignore-case", negated: true }),
  StringLike: base("string", { match: "wildcard" }),
  StringNotLike: base("string", { match: "wildcard", negated: true }),
  ArnEquals: base("arn", { match: "wildcard" }),
  ArnLike: base("arn", { match: "wildcard" }),
  ArnNotEquals: base("arn", { match: "wildcard", negated: true }),
  ArnNotLike: base("arn", { match: "wildcard", negated: true }),
  NumericEquals: base("numeric"),
  NumericNotEquals: base("numeric", { negated: true }),
  NumericLessThan: base("numeric", { order: "less" }),
  NumericLessThanEquals: base("numeric", { order: "less-or-equal" }),
  NumericGreaterThan: base("numeric", { order: "greater" }),
  NumericGreaterThanEquals: base("numeric", { order: "greater-or-equal" }),
  DateEquals: base("date"),
  DateNotEquals: base("date", { negated: true }),
  DateLessThan: base("date", { order: "less" }),
  DateLessThanEquals: base("date", { order: "less-or-equal" }),
  DateGreaterThan: base("date", { order: "greater" }),
  DateGreaterThanEquals: base("date", { order: "greater-or-equal" }),
  Bool: base("bool"),
  BinaryEquals: base("binary"),
  IpAddress: base("ip"),
  NotIpAddress: base("ip", { negated: true }),
  Null: base("null"),
};

const byLowerCase = new Map(
  Object.entries(operators).map(([name, meaning]) => [name.toLowerCase(), { name, meaning }]),
);

const prefixes = { "forallvalues:": ["ForAllValues:", "all"], "foranyvalue:": ["ForAnyValue:", "any"] } as const;

/** `readOperator`, remembered: policies use few. */
export const parseOperator: (written: string) => Operator | undefined = remembering(readOperator);

/**
 * Undefined for a name that AWS does not have. Letter case does not matter. `Null` takes neither IfExists nor a set prefix.
 * Set prefixes: "Set operators for multivalued context keys" (IAM User Guide).
 */
export function readOperator(written: string): Operator | undefined {
  let name = written.toLowerCase();
  let set: Operator["set"] = "none";
  let prefix = "";
  for (const [lower, [canonical, kind]] of Object.entries(prefixes))
    if (name.startsWith(lower)) {
      name = name.slice(lower.length);
      set = kind;
      prefix = canonical;
    }
  const ifExists = name.endsWith("ifexists");
  const found = byLowerCase.get(ifExists ? name.slice(0, -"ifexists".length) : name);
  if (found === undefined) return undefined;
  if (found.meaning.family === "null" && (ifExists || set !== "none")) return undefined;
  return { ...found.meaning, canonical: `${prefix}${found.name}${ifExists ? "IfExists" : ""}`, ifExists, set };
}
