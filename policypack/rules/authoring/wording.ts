import {
  documentedKey,
  type Grant,
  isManagedPolicyArn,
  mfaGateStatement,
  type Qualifier,
  type StatementRef,
  type Witness,
} from "../../iam";
import { partsOf } from "../../model";
import type { Finding } from "./rule";

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

/** What a finding says of the request that proves it; with a sentence of one's own about it, or with the usual one. */
export function provenBy(grant: Grant, why = proofInWords(grant)): Pick<Finding, "why" | "witnesses"> {
  return { why, witnesses: grant.witnesses.slice(0, 1) };
}

/** The same where the requests are made one after another. */
export function provenByAll({ witnesses }: Grant, why: string): Pick<Finding, "why" | "witnesses"> {
  return { why, witnesses };
}

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** `$.Statement[1]` as `second statement`; undefined for a policy of one statement that is in no list. */
function ordinalOf(path: string): string | undefined {
  const index = /^\$\.Statement\[(\d{1,6})\]/.exec(path)?.[1];
  return index === undefined ? undefined : (ordinals[Number(index)] ?? `${Number(index) + 1}th`);
}

/**
 * Where the statements stand that grant something, for the end of a sentence: `the first and third statements of the group policy
 * "gate"`.
 */
export function statementsInWords(statements: readonly StatementRef[]): string {
  const shown = statements.slice(0, 3);
  const origins = [...new Set(shown.map(({ origin }) => origin))];
  const texts = origins.map((origin) => {
    const paths = shown.filter((statement) => statement.origin === origin).map(({ path }) => path);
    const places = paths.sort(byNumber).flatMap((path) => ordinalOf(path) ?? []);
    const which = places.length === 0 ? "" : `${places.join(" and ")} `;
    return `the ${which}statement${places.length > 1 ? "s" : ""} of ${originInWords(origin)}`;
  });
  const left = statements.length - shown.length;
  return left > 0 ? `${texts.join(", ")} and ${left} more` : texts.join(" and ");
}

/** `$.Statement[2]` before `$.Statement[10]`. */
function byNumber(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}

/** How long something lasts, in the largest unit that fits. */
function durationOf(seconds: number): readonly [count: number, unit: "hour" | "minute" | "second"] {
  if (seconds % 3600 === 0) return [seconds / 3600, "hour"];
  return seconds % 60 === 0 ? [seconds / 60, "minute"] : [seconds, "second"];
}

/** `12 hours`, `1 hour`, `90 minutes`. */
export function durationInWords(seconds: number): string {
  const [count, unit] = durationOf(seconds);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** The same in ISO 8601: `PT12H`. */
export function isoDuration(seconds: number): string {
  const [count, unit] = durationOf(seconds);
  return `PT${count}${unit.charAt(0).toUpperCase()}`;
}

/** A text with a capital at its start and a full stop at its end. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

/** Properties that are all there is to a resource that is a policy. */
const wholePolicy: ReadonlySet<string> = new Set(["policy", "policyDocument", "content", "inlinePolicy"]);

/**
 * A policy as people know it: `the group policy "gate"`, `the trust policy of the role "deploy"`, `the AWS managed policy
 * ReadOnlyAccess`.
 */
export function originInWords(origin: string): string {
  const [urn = "", property = ""] = origin.split("#");
  if (!urn.startsWith("urn:pulumi:")) {
    return isManagedPolicyArn(origin) ? `the AWS managed policy ${origin.split(":policy/")[1]}` : origin;
  }
  const { type, name } = partsOf(urn);
  const resource = `the ${typeInWords(type)} "${name}"`;
  if (/^assumeRolePolicy(Document)?$/.test(property)) return `the trust policy of ${resource}`;
  return property === "" || wholePolicy.has(property) ? resource : `${property} of ${resource}`;
}

/** `aws:iam/groupPolicy:GroupPolicy` as `group policy`, `AWS::IAM::Role` as `role`. */
function typeInWords(type: string): string {
  const last = type.split(":").pop() ?? type;
  return last.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase();
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

/** What may stand on a line of what is to be copied. */
const codeWidth = 80;

/**
 * Part of a policy as JSON to be copied: several lines, none of them long.
 *
 * @param before how much stands on the first line already
 */
export function codeOf(value: unknown, indent = "", before = indent.length): string {
  const inLine = JSON.stringify(value, undefined, 1).replace(/\n\s*/g, " ").replace(/\[ /g, "[").replace(/ \]/g, "]");
  if (before + inLine.length <= codeWidth || typeof value !== "object" || value === null) return inLine;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? filled(
        value.map((item) => codeOf(item, inner)),
        codeWidth - inner.length,
      )
    : Object.entries(value).map(
        ([key, inside]) => `${JSON.stringify(key)}: ${codeOf(inside, inner, inner.length + key.length + 4)}`,
      );
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.map((line) => `${inner}${line}`).join(",\n")}\n${indent}${close}`;
}

/** As many items on each line as fit. */
function filled(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const line = lines[lines.length - 1];
    if (line !== undefined && line.length + 2 + item.length < width) lines[lines.length - 1] = `${line}, ${item}`;
    else lines.push(item);
  }
  return lines;
}

/** The gate to add to a user's or group's policies. */
export const gateCode = codeOf(mfaGateStatement);
