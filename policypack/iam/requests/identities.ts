import { Budget, BudgetSpent } from "../answer/budget";
import { partitions } from "../aws/partitions";
import { matchesWildcards } from "../language/glob";
import type { Mention, Mentioned } from "../language/mentions";
import {
  accepted,
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
import type { Principal } from "./principal";

/** One way in which what is not known of a principal can turn out. */
export interface Identity {
  readonly account: string;
  readonly partition: string;
  /** For a group, the name of a member. */
  readonly name: string;
  /** For a group, the path of a member. */
  readonly path: string;
}

/** An account id of AWS's documentation; stands for one that no policy mentions. */
export const someAccount = "123456789012";

/** A name that no policy is likely to single out. */
const someName: Readonly<Record<Principal["kind"], string>> = {
  user: "some-user",
  group: "some-member",
  role: "some-role",
};

/** Beyond this, documents are made to be hard. */
const mostIdentities = 128;
/** Patterns of accounts that are told apart; beyond that, not every set of them has its account. */
export const mostPatterns = 6;

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
  for (const partition of partitionsOf(principal, mentioned))
    for (const account of accounts.all)
      for (const { name, path } of named.all) all.push({ account, partition, name, path });
  const isCut = accounts.isCut || named.isCut || all.length > mostIdentities;
  return { all: all.slice(0, mostIdentities), isCut };
}

/** Its own partition where it is known; else `aws` and those that only a value about others than `aws` can mean. */
function partitionsOf({ partition, managedPolicyArns = [] }: Principal, mentioned: Mentioned): readonly string[] {
  if (partition !== undefined) return [partition];
  const texts = [...mentioned.partitions, ...managedPolicyArns.map((arn) => arn.split(":")[1] ?? "")];
  const others = [...new Set(texts)].filter((text) => !matchesWildcards(text, "aws"));
  const roles = new Set<string>();
  const found = partitions.filter(({ name }) => {
    const matching = others.filter((text) => matchesWildcards(text, name)).join(" ");
    if (matching === "" || roles.has(matching)) return false;
    roles.add(matching);
    return true;
  });
  return ["aws", ...found.map(({ name }) => name)];
}

function accountsOf(
  { account, managedPolicyArns = [] }: Principal,
  mentioned: Mentioned,
  texts: readonly string[],
): { readonly all: readonly string[]; readonly isCut: boolean } {
  if (account !== undefined) return { all: [account], isCut: false };
  const patterns = mentioned.accountPatterns;
  const own = managedPolicyArns.map((arn) => arn.split(":")[4] ?? "").filter(isAccount);
  const asked = texts.flatMap((text) => text.split(":")).filter(isAccount);
  const found = new Set([...own, ...asked]);
  const roles = new Set<string>();
  for (const [each, role] of mentioned.accounts) {
    const whole = `${role}\r${patterns.filter((pattern) => matchesWildcards(pattern, each)).join(" ")}`;
    if (!roles.has(whole)) found.add(each);
    roles.add(whole);
  }
  const taken = new Set([...found, ...mentioned.accounts.keys()]);
  for (const other of accountsBeside(taken, patterns.slice(0, mostPatterns))) found.add(other);
  return { all: [...found], isCut: patterns.length > mostPatterns };
}

function isAccount(text: string): boolean {
  return /^[0-9]{12}$/.test(text);
}

/** Accounts other than the taken ones: one for each set of the patterns that some account matches, and no other pattern with it. */
export function accountsBeside(taken: ReadonlySet<string>, patterns: readonly string[]): readonly string[] {
  const read = patterns.map((pattern) => textPattern(parseTemplate(pattern, { variables: false, wildcards: true })));
  const found = new Map<string, string>();
  // Another order of the digits finds another account for the same set.
  for (const shift of [0, 1, 2, 3]) {
    for (const [set, account] of accountsBySet(read, shift))
      if (!taken.has(account) && !found.has(set)) found.set(set, account);
    if (patterns.length === 0 && found.size > 0) break;
  }
  return [...found.values()];
}

function accountsBySet(patterns: readonly Pattern[], shift: number): ReadonlyMap<string, string> {
  let states = new Map([["", { positions: patterns.map(start), text: "" }]]);
  for (let place = 0; place < someAccount.length; place++) {
    const next = new Map<string, { positions: (readonly number[])[]; text: string }>();
    for (const { positions, text } of states.values())
      for (let digit = 0; digit < 10; digit++) {
        const character = String((Number(someAccount[place]) + shift + digit) % 10);
        const after = patterns.map((pattern, i) => advance(pattern, positions[i] ?? [], character.charCodeAt(0)));
        const key = after.join(";");
        if (!next.has(key)) next.set(key, { positions: after, text: text + character });
      }
    states = next;
  }
  const found = new Map<string, string>();
  for (const { positions, text } of states.values()) {
    const set = patterns.map((pattern, i) => accepted(pattern, positions[i] ?? [])).join();
    if (!found.has(set)) found.set(set, text);
  }
  return found;
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
  const usual = knownName ?? usualName(nameLike, principal.kind);
  const usualPath = knownPath ?? (pathLike === "*" ? "/" : pathLike.replaceAll("*", ""));
  if (!naming.some((key) => mentioned.keys.has(key))) return { all: [{ name: usual, path: usualPath }], isCut: false };
  const compared = comparedWith(mentioned, principal.kind === "role" ? "role" : "user");
  const names =
    knownName === undefined
      ? textsBySet(
          compared.map(({ name }) => name),
          { usual, like: nameLike },
          mentioned,
          shared,
        )
      : { all: [knownName], isCut: false };
  const others = pathsAmong(compared).filter((path) => matchesWildcards(pathLike, path));
  const paths = knownPath === undefined ? new Set([usualPath, ...others]) : [knownPath];
  return { all: [...paths].flatMap((path) => names.all.map((name) => ({ name, path }))), isCut: names.isCut };
}

/** What a name, and the path before it, is compared with. */
interface Compared {
  readonly name: Pattern;
  /** Undefined where the value says nothing of a path. */
  readonly path: string | undefined;
}

/** Everything in the documents that can tell one name from another. */
function comparedWith(mentioned: Mentioned, entity: "user" | "role"): readonly Compared[] {
  const found: Compared[] = [];
  const { values } = mentioned;
  for (const mention of values)
    if (mention.key === "aws:username") found.push({ name: patternOf(templateOf(mention)), path: undefined });
    else if (mention.key === "aws:principalarn") found.push(...ofPrincipalArn(mention, entity));
  for (const mention of values) if (mention.value.includes("${")) found.push(...ofVariable(mention, values));
  const unlike = new Map(found.map((each) => [`${each.path} ${each.name.tokens.join()}`, each]));
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
  return [{ name, path: slash < 0 ? undefined : `/${inside.slice(0, slash)}/` }];
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

/** One text for each set of the patterns that some name matches and no other pattern with it. */
function textsBySet(
  patterns: readonly Pattern[],
  { usual, like }: { readonly usual: string; readonly like: string },
  mentioned: Mentioned,
  shared?: Budget,
): { readonly all: readonly string[]; readonly isCut: boolean } {
  const literals = new Set(patterns.filter(isLiteral).map(({ tokens }) => String.fromCharCode(...tokens)));
  const open = patterns.filter((pattern) => !isLiteral(pattern) && !pattern.tokens.every((token) => token === anyRun));
  const few = open.slice(0, mostPatterns);
  const forbidden = [notInNames("*/*"), notInNames("*:*"), ...[...literals].map(wildcards)];
  const named = [wildcards(like)];
  const found: string[] = [];
  const budget = new Budget(20_000, shared);
  const split = (required: readonly Pattern[], excluded: readonly Pattern[]): void => {
    const next = few[required.length + excluded.length];
    const constraint = { required: [named, ...required.map((each) => [each])], forbidden: [...forbidden, ...excluded] };
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
      .filter((text) => isName(text) && matchesWildcards(like, text))
      .reverse()
      .map((literal) => [roleOf(literal, roles, few), literal]),
  );
  return { all: [...found, ...[...representatives.values()].reverse()], isCut: open.length > mostPatterns };
}

function notInNames(text: string): Pattern {
  return wildcards(text);
}

/** "IAM and AWS STS quotas", IAM name requirements (IAM User Guide). */
function isName(text: string): boolean {
  return /^[\w+=,.@-]{1,64}$/.test(text);
}

function roleOf(literal: string, roles: ReadonlyMap<string, string>, patterns: readonly Pattern[]): string {
  return `${roles.get(literal)}\r${patterns.map((pattern) => matches(pattern, literal)).join()}`;
}

/** A name that nothing singles out. */
function usualName(like: string, kind: Principal["kind"]): string {
  return like === "*" ? someName[kind] : like.replaceAll("*", "example").replaceAll("?", "0");
}

/** The paths that values compare with, wildcards filled in. */
function pathsAmong(compared: readonly Compared[]): readonly string[] {
  const named = compared.flatMap(({ path }) => path ?? []);
  return named.map((path) => path.replaceAll(/[*?]/g, "x"));
}
