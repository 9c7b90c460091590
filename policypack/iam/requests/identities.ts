import { Budget, BudgetSpent } from "../answer/budget";
import type { Mention, Mentioned } from "../language/mentions";
import {
  advance,
  anyOne,
  anyRun,
  anyRunInField,
  arnFields,
  colon,
  isLiteral,
  isRun,
  matches,
  type Pattern,
  start,
  textPattern,
} from "../language/pattern";
import { parseTemplate, type Template } from "../language/template";
import { findText } from "../solver/text-solver";
import { accountsOf, someAccount } from "./accounts";
import { partitionsOf } from "./partitions";
import type { Principal } from "./principal";
import { unmentionedName } from "./unmentioned-name";

/** One way in which what is not known of a principal can turn out. */
export interface Identity {
  readonly account: string;
  readonly partition: string;
  /** For a group, the name of a member. */
  readonly name: string;
  /** For a group, the path of a member. */
  readonly path: string;
}

/** Names of principals that no policy singles out. */
const someName: Readonly<Record<Principal["kind"], string>> = {
  user: "some-user",
  group: "some-member",
  role: "some-role",
};

/** Beyond this, documents are made to be hard. */
const mostIdentities = 128;
/** Patterns of names and paths that are told apart; beyond that, not every set of them has its name. */
const mostPatterns = 6;

export interface Identities {
  readonly all: readonly Identity[];
  /** Whether there are more than those, of which nothing is known then. */
  readonly isCut: boolean;
}

/**
 * The ways in which the open parts of a principal can turn out, so that every other way is like one of them to all policies: each
 * account, name and partition that the policies tell from others, and one that they do not mention. Of several that play the same
 * role, one stands for all.
 *
 * @param texts texts of the question itself, whose accounts are told apart as well
 */
export function identitiesOf(
  principal: Principal,
  mentioned: Mentioned,
  texts: readonly string[] = [],
  budget?: Budget,
): Identities {
  const accounts = accountsOf(principal, mentioned, texts);
  const named = namesOf(principal, mentioned, budget);
  const all: Identity[] = [];
  for (const partition of partitionsOf(principal.partition, mentioned, principal.managedPolicyArns))
    for (const account of accounts.all)
      for (const { name, path } of named.all) all.push({ account, partition, name, path });
  const isCut = accounts.isCut || named.isCut || all.length > mostIdentities;
  return { all: all.slice(0, mostIdentities), isCut };
}

type Named = Pick<Identity, "name" | "path">;

/** Keys through which policies tell the names of principals apart. */
const naming = ["aws:username", "aws:principalarn"];

function namesOf(
  principal: Principal,
  mentioned: Mentioned,
  shared?: Budget,
): { readonly all: readonly Named[]; readonly isCut: boolean } {
  const isMember = principal.kind === "group";
  const [knownName, knownPath] = isMember ? [undefined, undefined] : [principal.name, principal.path];
  if (knownName !== undefined && knownPath !== undefined)
    return { all: [{ name: knownName, path: knownPath }], isCut: false };
  const { nameLike = "*", pathLike = "*" } = isMember ? {} : principal;
  const usual = knownName ?? usualName(nameLike, principal, mentioned);
  const usualPath = knownPath ?? (pathLike === "*" ? "/" : pathLike.replaceAll("*", ""));
  if (!naming.some((key) => mentioned.keys.has(key))) return { all: [{ name: usual, path: usualPath }], isCut: false };
  const compared = comparedWith(mentioned, principal.kind === "role" ? "role" : "user");
  const names =
    knownName === undefined
      ? textsBySet(
          compared.map(({ name }) => name),
          namesLike(usual, nameLike),
          mentioned,
          shared,
        )
      : { all: [knownName], isCut: false };
  const paths =
    knownPath === undefined
      ? textsBySet(
          compared.flatMap(({ path }) => path ?? []),
          pathsLike(usualPath, pathLike),
          mentioned,
          shared,
        )
      : { all: [knownPath], isCut: false };
  return {
    all: paths.all.flatMap((path) => names.all.map((name) => ({ name, path }))),
    isCut: names.isCut || paths.isCut,
  };
}

/** What a name, and the path before it, is compared with. */
interface Compared {
  readonly name: Pattern;
  /** Undefined where the value says nothing of a path. */
  readonly path: Pattern | undefined;
}

/** Everything in the documents that can tell one name from another. */
function comparedWith(mentioned: Mentioned, entity: "user" | "role"): readonly Compared[] {
  const found: Compared[] = [];
  const { values } = mentioned;
  for (const mention of values)
    if (mention.key === "aws:username") found.push({ name: patternOf(templateOf(mention)), path: undefined });
    else if (mention.key === "aws:principalarn") found.push(...ofPrincipalArn(mention, entity));
  for (const mention of values) if (mention.value.includes("${")) found.push(...ofVariable(mention, values));
  const unlike = new Map(found.map((each) => [`${each.path?.tokens.join()} ${each.name.tokens.join()}`, each]));
  return [...unlike.values()];
}

function templateOf({ value, variables }: Mention): Template {
  return parseTemplate(value, { variables, wildcards: true });
}

/** A template as a pattern; a variable in it is any text. */
function patternOf(template: Template): Pattern {
  return textPattern(template.map((part) => (part.kind === "variable" ? { kind: "any-run" } : part)));
}

/** The name in `arn:aws:iam::111122223333:user/path/name`, and the path before it. */
function ofPrincipalArn(mention: Mention, entity: "user" | "role"): readonly Compared[] {
  const last = textOf(arnFields(templateOf(mention)).at(-1) ?? []);
  const inside = last.startsWith(`${entity}/`) ? last.slice(entity.length + 1) : last;
  if (inside === last && !/^[*?]/.test(last)) return [];
  const slash = inside.lastIndexOf("/");
  const name = wildcards(inside.slice(slash + 1));
  return [{ name, path: slash < 0 ? undefined : wildcards(`/${inside.slice(0, slash)}/`) }];
}

function textOf(template: Template): string {
  return template.map((part) => (part.kind === "text" ? part.text : part.kind === "any-one" ? "?" : "*")).join("");
}

function wildcards(text: string): Pattern {
  return textPattern(parseTemplate(text, { variables: false, wildcards: true }));
}

/** Where a value has the name as a policy variable: what other values of its sort have in the same position. */
function* ofVariable(mention: Mention, values: readonly Mention[]): Iterable<Compared> {
  const template = templateOf(mention);
  const at = template.findIndex((part) => part.kind === "variable" && naming.includes(part.key));
  if (at < 0) return;
  const before =
    mention.key === "resource" ? resourceStart(template.slice(0, at)) : patternOf(template.slice(0, at)).tokens;
  for (const other of values) {
    if (other.key !== mention.key || other.value === mention.value) continue;
    const pattern = patternOf(templateOf(other));
    const positions = positionsAfter(before, pattern);
    // After a run, a name can only begin where a part of the other value does.
    for (const position of isRun(before.at(-1)) ? positions.filter((each) => beginsPart(pattern, each)) : positions) {
      const rest = pattern.tokens.slice(position);
      const end = rest.findIndex((token) => token === colon || token === slash);
      const name = end < 0 ? rest : rest.slice(0, end);
      if (!name.every(isRun)) yield { name: { ...pattern, tokens: name }, path: undefined };
    }
  }
}

const slash = "/".charCodeAt(0);

function beginsPart({ tokens }: Pattern, position: number): boolean {
  const before = tokens[position - 1];
  return before === undefined || before < 0 || before === slash || before === colon;
}

/** What stands before the variable in an ARN, where wildcards stay inside their field. */
function resourceStart(template: Template): readonly number[] {
  const { tokens } = patternOf(template);
  return tokens.map((token) => (token === anyRun ? anyRunInField : token));
}

/** The positions in a pattern that texts with the beginning can lead to. */
function positionsAfter(beginning: readonly number[], pattern: Pattern): readonly number[] {
  let positions = start(pattern);
  for (const token of beginning) {
    if (token >= 0) positions = advance(pattern, positions, token);
    else if (token === anyOne) positions = oneFurther(pattern, positions);
    else positions = anyFurther(pattern, positions, token === anyRunInField);
  }
  return positions;
}

function oneFurther(pattern: Pattern, positions: readonly number[]): readonly number[] {
  return [...new Set(positions.map((position) => (isRun(pattern.tokens[position]) ? position : position + 1)))];
}

/** All that a run can lead to. */
function anyFurther({ tokens }: Pattern, positions: readonly number[], inField: boolean): readonly number[] {
  const found = new Set<number>();
  for (const from of positions)
    for (let position = from; position <= tokens.length; position++) {
      found.add(position);
      if (inField && tokens[position] === colon) break;
    }
  return [...found].sort((a, b) => a - b);
}

/** What names, or paths, are. */
interface Texts {
  readonly usual: string;
  /** One pattern of each group matches, and none of `unlike`. */
  readonly like: readonly (readonly Pattern[])[];
  readonly unlike: readonly Pattern[];
}

function namesLike(usual: string, like: string): Texts {
  return { usual, like: [[wildcards(like)]], unlike: [wildcards("*/*"), wildcards("*:*")] };
}

/** A slash, or what is between two of them ("IAM identifiers", Friendly names and paths, IAM User Guide). */
function pathsLike(usual: string, like: string): Texts {
  const any = ["/", "/?*/"].map(wildcards);
  return { usual, like: [any, [wildcards(like)]], unlike: [wildcards("*//*"), wildcards("*:*")] };
}

/** One text for each set of the patterns that some text matches and no other pattern with it. */
function textsBySet(
  patterns: readonly Pattern[],
  { usual, like, unlike }: Texts,
  mentioned: Mentioned,
  shared?: Budget,
): { readonly all: readonly string[]; readonly isCut: boolean } {
  const literals = new Set(patterns.filter(isLiteral).map(({ tokens }) => String.fromCharCode(...tokens)));
  const open = patterns.filter((pattern) => !isLiteral(pattern) && !pattern.tokens.every((token) => token === anyRun));
  const few = open.slice(0, mostPatterns);
  const forbidden = [...unlike, ...[...literals].map(wildcards)];
  const found: string[] = [];
  const budget = new Budget(20_000, shared);
  const split = (required: readonly Pattern[], excluded: readonly Pattern[]): void => {
    const next = few[required.length + excluded.length];
    const constraint = {
      required: [...like, ...required.map((each) => [each])],
      forbidden: [...forbidden, ...excluded],
    };
    const isUsual =
      required.every((each) => matches(each, usual)) && !constraint.forbidden.some((each) => matches(each, usual));
    const text = isUsual ? usual : findText(constraint, budget);
    if (text === undefined) return;
    if (next === undefined) found.push(text);
    else {
      split(required, [...excluded, next]);
      split([...required, next], excluded);
    }
  };
  try {
    split([], []);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return { all: [usual, ...literals], isCut: true };
  }
  const roles = mentioned.rolesOf((value) => [...literals].filter((literal) => value.includes(literal)));
  const representatives = new Map(
    [...literals]
      .filter((text) => isOne(text, { like, unlike }))
      .reverse()
      .map((literal) => [roleOf(literal, roles, few), literal]),
  );
  const all = [...found, ...[...representatives.values()].reverse()];
  // What a person would expect makes the best witness.
  const first = all.filter((text) => text === usual);
  return { all: [...first, ...all.filter((text) => text !== usual)], isCut: open.length > mostPatterns };
}

/** Characters of names and paths ("IAM and AWS STS quotas", IAM name requirements, IAM User Guide). */
function isOne(text: string, { like, unlike }: Pick<Texts, "like" | "unlike">): boolean {
  return (
    /^[\w+=,.@/-]{1,512}$/.test(text) &&
    like.every((group) => group.some((pattern) => matches(pattern, text))) &&
    !unlike.some((pattern) => matches(pattern, text))
  );
}

function roleOf(literal: string, roles: ReadonlyMap<string, string>, patterns: readonly Pattern[]): string {
  return `${roles.get(literal)}\r${patterns.map((pattern) => matches(pattern, literal)).join()}`;
}

/** A name that nothing singles out. */
function usualName(like: string, { kind, account = someAccount, partition = "aws" }: Principal, mentioned: Mentioned) {
  if (like !== "*") return like.replaceAll("*", "example").replaceAll("?", "0");
  const type = kind === "role" ? "role" : "user";
  return unmentionedName(mentioned, { partition, account, type, usual: someName[kind] });
}
