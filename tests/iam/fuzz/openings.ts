import fc from "fast-check";
import {
  adminPower,
  escalationPaths,
  mayCall,
  mfaHole,
  type Policy,
  type Principal,
  parseDocument,
  type Verdict,
  type Witness,
} from "../../../policypack/iam";
import { isAllowed } from "../reference";
import { selfGrant } from "./attacks";
import { arnOf, type Caller, credentialsOf, iamRegion, requesterOf } from "./callers";
import type { Json } from "./conditions";
import { type Answered, Disagreement } from "./disagreement";
import { now } from "./facts";

/**
 * The law of values that are not known yet: filling in anything that was open never turns a no into a yes. `caller` is what
 * the open parts are filled in with; the policies speak of it and of its near misses.
 */
export interface Opening {
  readonly caller: Caller;
  readonly open: readonly Part[];
  readonly identity: readonly Json[];
  readonly boundary?: Json;
}

const PARTS = ["partition", "account", "path", "name", "tags"] as const;
type Part = (typeof PARTS)[number];

const ACCOUNTS = Array.from({ length: 12 }, (_, i) => String(111_111_111_111 + 70_707_070_707 * i));
const PARTITIONS = ["aws", "aws-us-gov", "aws-cn"];
const PATHS = ["/", "/team/", "/team/ci/"];
const NAMES = ["alice", "ci-bot", "administrators"];

const caller: fc.Arbitrary<Caller> = fc.record({
  kind: fc.constantFrom("user" as const, "user" as const, "group" as const, "role" as const),
  partition: fc.constantFrom("aws", ...PARTITIONS),
  account: fc.constantFrom(...ACCOUNTS),
  path: fc.constantFrom("/", ...PATHS),
  name: fc.constantFrom(...NAMES),
  tags: fc.constantFrom<Readonly<Record<string, string>>>({}, { team: "a" }, { team: "b" }, { team: "" }),
});

type Condition = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Conditions on what may be open, that fit the caller or only seem to. */
function conditionsOn(who: Caller): fc.Arbitrary<Condition> {
  const arn = arnOf(requesterOf(who));
  const admin = `arn:${who.partition}:iam::aws:policy/AdministratorAccess`;
  const readers = [
    `arn:${who.partition}:iam::aws:policy/ReadOnlyAccess`,
    `arn:${who.partition}:iam::aws:policy/job-function/*`,
  ];
  const region = iamRegion(who);
  return fc.constantFrom<Condition>(
    { StringEquals: { "aws:PrincipalAccount": who.account } },
    { StringEquals: { "aws:PrincipalAccount": ACCOUNTS } },
    { StringNotEquals: { "aws:PrincipalAccount": ACCOUNTS.slice(0, 6) } },
    { StringLike: { "aws:PrincipalAccount": `${who.account.slice(0, 3)}*` } },
    { StringEquals: { "aws:username": who.name } },
    { StringNotEquals: { "aws:username": "nobody" } },
    { StringLike: { "aws:username": `${who.name.slice(0, 2)}*` } },
    { ArnEquals: { "aws:PrincipalArn": arn } },
    { ArnLike: { "aws:PrincipalArn": `arn:*:iam::*:*${who.path}${who.name}` } },
    { ArnNotLike: { "aws:PrincipalArn": [`arn:aws:iam::${ACCOUNTS[0] ?? ""}:*`, "arn:aws:iam::*:user/nobody"] } },
    { StringEquals: { "aws:PrincipalTag/team": who.tags.team ?? "a" } },
    { StringNotEquals: { "aws:PrincipalTag/team": "c" } },
    { Null: { "aws:PrincipalTag/team": "false" } },
    { StringEquals: { "aws:RequestedRegion": region } },
    { StringNotEquals: { "aws:RequestedRegion": region } },
    { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
    { ArnEquals: { "iam:PolicyARN": `arn:${who.partition}:iam::aws:policy/IAMFullAccess` } },
    { ArnLike: { "iam:PolicyARN": `arn:${who.partition}:iam::aws:policy/*FullAccess` } },
    { ArnNotEquals: { "iam:PolicyARN": admin } },
    { ArnEquals: { "iam:PolicyARN": readers } },
    { StringEquals: { "iam:PermissionsBoundary": admin } },
    { StringLike: { "iam:PermissionsBoundary": "*" } },
    { Bool: { "aws:ViaAWSService": "true" } },
    { Bool: { "aws:ViaAWSService": "false" } },
    { "ForAnyValue:StringEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" } },
    { StringEquals: { "aws:CalledViaFirst": "cloudformation.amazonaws.com" } },
    { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } },
  );
}

function resourcesFor(who: Caller): readonly string[] {
  const [own, requester] = [arnOf(who), arnOf(requesterOf(who))];
  return [
    "*",
    "*",
    own,
    requester,
    `arn:*:iam::*:${who.kind}/*`,
    `arn:${who.partition}:iam::*:${who.kind}${who.path}*`,
    `arn:${who.partition}:iam::${who.account}:*`,
    `arn:aws:iam::*:user/\${aws:username}`,
    `arn:*:iam::\${aws:PrincipalAccount}:*`,
    "arn:aws-us-gov:iam::*:*",
    ...ACCOUNTS.slice(0, 5).map((account) => `arn:aws:iam::${account}:role/builder`),
  ];
}

const ACTIONS = [
  "*",
  "iam:*",
  "iam:Put*",
  "iam:Attach*",
  "iam:AttachUserPolicy",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:PutUserPolicy",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:TagUser",
  "iam:*PermissionsBoundary",
  "iam:CreateAccessKey",
  "sts:AssumeRole",
  "cloudformation:*",
];

function statement(who: Caller, effect: string): fc.Arbitrary<Json> {
  return fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 3 }),
      fc.oneof(
        { weight: 5, arbitrary: fc.constant("Resource") },
        { weight: effect === "Deny" ? 2 : 0, arbitrary: fc.constant("NotResource") },
      ),
      fc.uniqueArray(fc.constantFrom(...resourcesFor(who)), { minLength: 1, maxLength: 4 }),
      fc.oneof(
        { weight: 1, arbitrary: fc.constant<Condition>({}) },
        { weight: 4, arbitrary: conditionsOn(who) },
        {
          weight: 1,
          arbitrary: fc.tuple(conditionsOn(who), conditionsOn(who)).map(([one, other]) => ({ ...one, ...other })),
        },
      ),
    )
    .map(([Action, element, resources, condition]) => ({
      Effect: effect,
      Action,
      [element]: resources,
      ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
    }));
}

function documents(who: Caller, effect: string, most: number): fc.Arbitrary<Json[]> {
  const one = fc
    .array(statement(who, effect), { minLength: 1, maxLength: 2 })
    .map((Statement) => ({ Version: "2012-10-17", Statement }));
  return fc.array(one, { minLength: effect === "Allow" ? 1 : 0, maxLength: most });
}

export const opening: fc.Arbitrary<Opening> = caller.chain((who) =>
  fc
    .record({
      allows: documents(who, "Allow", 2),
      denies: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Json[]>([]) },
        { weight: 2, arbitrary: documents(who, "Deny", 1) },
      ),
      boundary: fc.oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: statement(who, "Allow").map((one) => ({ Version: "2012-10-17", Statement: [one] })) },
      ),
      open: fc.subarray([...PARTS], { minLength: 1 }),
    })
    .map(({ allows, denies, boundary, open }) => {
      const policies = { identity: [...allows, ...denies], ...(boundary === undefined ? {} : { boundary }) };
      // A partition that is not known is one that the documents name, or that of the most accounts.
      const isNamed = who.partition === "aws" || JSON.stringify(policies).includes(`arn:${who.partition}:`);
      return { caller: who, open: open.filter((part) => part !== "partition" || isNamed), ...policies };
    }),
);

/** Asks about the principal with open parts, then filled in, and holds every no and every witness against the reference. */
export function askOpening(one: Opening): readonly Answered[] {
  const before = answersTo(principalOf(one, one.open));
  const after = answersTo(principalOf(one, []));
  for (const [question, { witnesses }] of after)
    for (const witness of witnesses) accept(witness, tagsSetBy(witnesses, one.caller), one, question);
  for (const [question, was] of before) {
    const is = after.get(question);
    if (was.answer === "no" && is?.answer === "yes")
      throw new Disagreement(`${question} is no while ${one.open.join(", ")} are open, and yes once they are known`);
  }
  for (const answers of [before, after])
    if (answers.get("adminPower")?.answer === "no") refuseGrants(one, "adminPower");
  return [...before].map(([question, { answer, because }]) => ({
    question: nameOf(question),
    answer,
    because: answer === "unknown" ? because : [],
  }));
}

interface Said {
  readonly answer: Verdict<unknown>["answer"];
  readonly because: readonly string[];
  readonly witnesses: readonly Witness[];
}

function answersTo(principal: Principal): ReadonlyMap<string, Said> {
  const answers = new Map<string, Said>();
  const note = (question: string, verdict: Verdict<{ readonly witnesses: readonly Witness[] }>) =>
    answers.set(question, {
      answer: verdict.answer,
      because: verdict.answer === "unknown" ? verdict.because : [],
      witnesses: verdict.answer === "yes" ? verdict.because.witnesses : [],
    });
  note("adminPower", adminPower(principal, { now }));
  if (principal.kind !== "role") note("mfaHole", mfaHole(principal, { now }));
  for (const [action, resource] of CALLS)
    note(`mayCall ${action}`, mayCall(principal, { action, resources: [resource] }, { now }));
  const paths = escalationPaths(principal, { now });
  for (const { path, verdict } of paths) note(`escalationPaths ${path.id}`, verdict);
  // A path that is left out is a no, unless a smaller one stands for it.
  const isOpen = paths.some(({ verdict }) => verdict.answer === "unknown");
  const answer = paths.length === 0 ? "no" : isOpen ? "unknown" : "yes";
  answers.set("escalationPaths", { answer, because: isOpen ? ["a path is left open"] : [], witnesses: [] });
  return answers;
}

const CALLS: readonly (readonly [string, string])[] = [
  ["iam:CreateAccessKey", "*"],
  ["iam:PutUserPolicy", "arn:aws:iam::*:user/team/*"],
  ["sts:AssumeRole", "arn:*:iam::*:role/builder"],
];

function nameOf(question: string): Answered["question"] {
  const [name] = question.split(" ");
  if (name === "adminPower" || name === "mfaHole" || name === "mayCall" || name === "escalationPaths") return name;
  throw new Error(`${question} is no question`);
}

/** The tags that a caller gives itself among the calls of an attack, by the keys that they have afterwards. */
function tagsSetBy(witnesses: readonly Witness[], who: Caller): Readonly<Record<string, unknown>> {
  const own = arnOf(requesterOf(who));
  const tagging = witnesses.filter(
    ({ action, resource }) => resource === own && ["iam:TagUser", "iam:TagRole"].includes(action),
  );
  const prefix = "aws:requesttag/";
  return Object.fromEntries(
    tagging.flatMap(({ context }) =>
      Object.entries(context).flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[`aws:principaltag/${key.slice(prefix.length)}`, value]] : [],
      ),
    ),
  );
}

/** The witness must be a request that the filled-in principal can make, with the tags that it has given itself, and that its policies allow. */
function accept(
  witness: Witness,
  tags: Readonly<Record<string, unknown>>,
  { caller: who, identity, boundary }: Opening,
  question: string,
): void {
  const given = Object.fromEntries(Object.entries(witness.context).map(([key, value]) => [key.toLowerCase(), value]));
  const { "aws:principalarn": arn, ...identityKeys } = credentialsOf(who)[0]?.context ?? {};
  const isMember = who.kind === "group";
  const known: Readonly<Record<string, unknown>> = {
    ...identityKeys,
    ...(isMember ? {} : { "aws:principalarn": arn, "aws:principaltag/team": who.tags.team }),
  };
  const differing = Object.entries(known).find(
    ([key, value]) =>
      key in given &&
      given[key] !== value &&
      !(key in tags && given[key] === tags[key]) &&
      !(isMember && key === "aws:username"),
  );
  if (differing !== undefined)
    throw new Disagreement(`${question} has a witness of somebody else, ${differing[0]}: ${JSON.stringify(witness)}`);
  const region = given["aws:requestedregion"];
  // Passing a role is no call of its own: it is asked in the region of the service that gets the role.
  if (/^iam:(?!PassRole$)/i.test(witness.action) && region !== undefined && region !== iamRegion(who))
    throw new Disagreement(`${question} has a witness in a region that has no IAM: ${JSON.stringify(witness)}`);
  const usual = {
    "aws:requestedregion": iamRegion(who),
    "aws:viaawsservice": "false",
    ...identityKeys,
    ...(isMember ? {} : { "aws:principalarn": arn ?? "" }),
  };
  const request = { action: witness.action, resource: witness.resource, context: { ...usual, ...given } };
  if (!isAllowed(request, { identity, ...(boundary === undefined ? {} : { boundary }) }))
    throw new Disagreement(`${question} has a witness that is not allowed: ${JSON.stringify(request)}`);
}

/** No requests may be allowed by which the filled-in principal gives itself all of IAM. */
function refuseGrants({ caller: who, identity, boundary }: Opening, question: string): void {
  const requests = selfGrant(who, { identity, ...(boundary === undefined ? {} : { boundary }) });
  if (requests !== undefined)
    throw new Disagreement(`${question} is no, but these requests are allowed: ${JSON.stringify(requests)}`);
}

function principalOf({ caller: who, identity, boundary }: Opening, open: readonly Part[]): Principal {
  // Of the tags of a group's members nothing is known.
  const closed = PARTS.filter((part) => !open.includes(part) && !(part === "tags" && who.kind === "group"));
  const known = Object.fromEntries(closed.map((part) => [part, who[part]]));
  return {
    kind: who.kind,
    ...known,
    identity: identity.map((json, i) => read(json, `identity[${i}]`)),
    ...(boundary === undefined ? {} : { boundary: read(boundary, "boundary") }),
  };
}

function read(json: Json, origin: string): Policy {
  const { document, faults } = parseDocument(JSON.stringify(json), "identity");
  if (document === undefined) throw new Disagreement(`${origin} is not read: ${JSON.stringify(faults)}`);
  return { origin, document };
}
