import { ok } from "node:assert/strict";
import fc from "fast-check";
import {
  adminPower,
  type Grant,
  mfaHole,
  notYet,
  type Principal,
  parseDocument,
  type Shared,
  type Verdict,
} from "../../policypack/iam";
import type { Json } from "./fuzz/conditions";
import { coveringSet } from "./fuzz/covering";
import { type PolicySet, policySet } from "./fuzz/documents";
import { now } from "./fuzz/facts";

/** What must hold for every set of policies, whatever it says. */

type Statement = Readonly<Record<string, unknown>>;

interface PolicyJson {
  readonly Version?: unknown;
  readonly Statement: readonly Statement[];
}

function policyJson(json: Json): PolicyJson {
  const { Version, Statement } = json as {
    readonly Version?: unknown;
    readonly Statement: Statement | readonly Statement[];
  };
  const statements = Array.isArray(Statement) ? (Statement as readonly Statement[]) : [Statement as Statement];
  return { ...(Version === undefined ? {} : { Version }), Statement: statements };
}

type Change = (policies: readonly PolicyJson[]) => readonly unknown[];

const same: Change = (policies) => policies;

function principal({ kind, identity, boundary, scps }: PolicySet, change: Change): Principal {
  const policy = (input: unknown, origin: string) => {
    const { document } = parseDocument(input, "identity");
    if (document === undefined) throw new Error(`${origin} cannot be read`);
    return { origin, document };
  };
  return {
    kind,
    name: "alice",
    account: "111122223333",
    identity: change(identity.map(policyJson)).map((json, i) => policy(json, `identity[${i}]`)),
    ...(boundary === undefined ? {} : { boundary: policy(boundary, "boundary") }),
    scps: scps.map((level) => level.map((json) => policy(json, "scp"))),
  };
}

type Question = (asked: Principal, options: Shared) => Verdict<Grant & { readonly level?: string }>;

const questions: readonly Question[] = [adminPower, mfaHole];

/** What a question says in all: a yes with its level and what qualifies it. */
interface Said {
  readonly answer: Verdict<unknown>["answer"];
  readonly level: string;
  readonly qualifiers: readonly string[];
}

function answers(set: PolicySet, change: Change): readonly Said[] {
  return questions.map((question) => {
    const verdict = question(principal(set, change), { now });
    if (verdict.answer !== "yes") return { answer: verdict.answer, level: "", qualifiers: [] };
    const { level = "", qualifiers } = verdict.because;
    return { answer: "yes", level, qualifiers: [...qualifiers].sort() };
  });
}

/** Of a hundred pairs of answers so many must be decided on both sides: a core that never answers keeps every law. */
const LEAST_DECIDED = 95;

/** Runs the law on random sets; an answer that stays open on either side promises nothing. */
function law(allowed: (before: Said, after: Said) => boolean, change: Change): void {
  let asked = 0;
  let decided = 0;
  fc.assert(
    fc.property(fc.oneof(policySet, coveringSet), (set) => {
      const before = answers(set, same);
      answers(set, change).forEach((is, i) => {
        const was = before[i] ?? is;
        asked++;
        if (was.answer === "unknown" || is.answer === "unknown") return;
        decided++;
        ok(allowed(was, is), `${JSON.stringify(was)} became ${JSON.stringify(is)}`);
      });
    }),
    { seed: 20261122, numRuns: 80 },
  );
  ok(decided * 100 >= asked * LEAST_DECIDED, `only ${decided} of ${asked} answers are decided`);
}

const equalAnswers = (before: Said, after: Said) => JSON.stringify(before) === JSON.stringify(after);
const eachStatement =
  (change: (statement: Statement) => readonly unknown[]): Change =>
  (policies) =>
    policies.map((policy) => ({ ...policy, Statement: policy.Statement.flatMap(change) }));
const upperCased = (value: unknown): unknown => {
  if (typeof value === "string") return value.toUpperCase();
  return Array.isArray(value) ? value.map(upperCased) : value;
};
const listed = (value: unknown) => (Array.isArray(value) ? value : [value]);

describe("laws of the questions", () => {
  it("the order of statements and policies changes nothing", () =>
    law(equalAnswers, (policies) =>
      [...policies].reverse().map((policy) => ({ ...policy, Statement: [...policy.Statement].reverse() })),
    ));

  it("the letter case of actions changes nothing", () =>
    law(
      equalAnswers,
      eachStatement((statement) => [
        {
          ...statement,
          ...("Action" in statement ? { Action: upperCased(statement.Action) } : {}),
          ...("NotAction" in statement ? { NotAction: upperCased(statement.NotAction) } : {}),
        },
      ]),
    ));

  it("a value and a list of it are the same", () =>
    law(
      equalAnswers,
      eachStatement((statement) => [
        {
          ...statement,
          ...("Action" in statement ? { Action: listed(statement.Action) } : {}),
          ...("Resource" in statement ? { Resource: listed(statement.Resource) } : {}),
        },
      ]),
    ));

  it("a Sid changes nothing", () =>
    law(
      equalAnswers,
      eachStatement((statement) => [{ Sid: "Name", ...statement }]),
    ));

  it("a statement and one for each of its actions are the same", () =>
    law(
      equalAnswers,
      eachStatement((statement) =>
        "Action" in statement ? listed(statement.Action).map((Action) => ({ ...statement, Action })) : [statement],
      ),
    ));

  it("a statement and one for each of its resources are the same", () =>
    law(
      equalAnswers,
      eachStatement((statement) =>
        "Resource" in statement
          ? listed(statement.Resource).map((Resource) => ({ ...statement, Resource }))
          : [statement],
      ),
    ));

  it("saying a policy twice changes nothing", () => law(equalAnswers, (policies) => [...policies, ...policies]));

  it("saying a statement twice changes nothing", () =>
    law(
      equalAnswers,
      eachStatement((statement) => [statement, statement]),
    ));

  it("a policy for each statement says the same", () =>
    law(equalAnswers, (policies) =>
      policies.flatMap((policy) => policy.Statement.map((statement) => ({ ...policy, Statement: [statement] }))),
    ));

  it("policies of one version say the same in one document", () =>
    law(equalAnswers, (policies) =>
      [...new Set(policies.map(({ Version }) => Version))].map((Version) => ({
        ...(Version === undefined ? {} : { Version }),
        Statement: policies.filter((policy) => policy.Version === Version).flatMap(({ Statement }) => Statement),
      })),
    ));

  it("a Deny more never makes a no into a yes", () =>
    law(
      (before, after) => !(before.answer === "no" && after.answer === "yes"),
      (policies) => [
        ...policies,
        { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "arn:aws:iam::*:user/*" }] },
      ],
    ));

  it("an Allow more never makes a yes into a no", () =>
    law(
      (before, after) => !(before.answer === "yes" && after.answer === "no"),
      (policies) => [
        ...policies,
        { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] },
      ],
    ));

  it("learning a value changes no answer that is final", () =>
    fc.assert(
      fc.property(policySet, fc.nat(), (set, choice) => {
        const hidden: Change = (policies) =>
          policies.map((policy, i) => (i === choice % policies.length ? hide(policy, choice) : policy));
        questions.forEach((question) => {
          const before = question(principal(set, hidden), { now });
          const after = question(principal(set, same), { now }).answer;
          const isFinal = before.answer === "no" || (before.answer === "yes" && unlessOf(before.because).length === 0);
          ok(!isFinal || after === "unknown" || before.answer === after, `${before.answer} became ${after}`);
        });
      }),
      { seed: 20261122, numRuns: 150 },
    ));
});

function unlessOf(because: unknown): readonly unknown[] {
  return (because as { readonly unless: readonly unknown[] }).unless;
}

/** The policy with one part of one statement not known yet. */
function hide(policy: PolicyJson, choice: number): PolicyJson {
  const at = choice % policy.Statement.length;
  return {
    ...policy,
    Statement: policy.Statement.map((statement, i) => {
      if (i !== at) return statement;
      const elements = Object.keys(statement);
      const element = elements[(choice >> 3) % elements.length] ?? "Effect";
      const value = statement[element];
      return { ...statement, [element]: Array.isArray(value) ? [...value.slice(1), notYet] : notYet };
    }),
  };
}
