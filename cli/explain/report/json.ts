import {
  documentedKey,
  type EscalationFinding,
  type Grant,
  type Policy,
  type Statement,
  type Verdict,
  type Witness,
} from "../../../policypack/iam";
import type { Explanation } from "../answers/explanation";
import type { Restrictions } from "../answers/restrictions";
import type { RootAnswer } from "../answers/root";
import type { FileFault } from "../input/policies";

/** The version of the shape below; it changes only where a reader of the old one would misread the new. */
const VERSION = 1;

/**
 * The explanation for other programs:
 *
 *     { version,
 *       subjects: [{ as, name, arn?, assumptions: [text], policies: [{ origin, notRead? }],
 *         admin: { answer: "yes", level, …grant } | no | unknown,
 *         escalation: [{ path, name, actions, tier, requires, answer: "yes", …grant } | { path, …, …unknown }],
 *         mfa: null | { answer: "hole", …grant } | { answer: "gate" | "by-grants", setUpAllowed, setUpRefused } | unknown,
 *         restrictions: { denies: [statement], boundary?: origin, powerWithout?: { level, qualifiers } },
 *         root: null | { answer, statements: [{ …statement, escapes: { answer: "yes", mistake, reason, fix, witness } | no | unknown }] } }],
 *       faults: [{ file, line?, column?, path, effect, message, fix, origin?, leftOut? }] }
 *
 * where `no` is `{ answer: "no" }`, `unknown` is `{ answer: "unknown", because: [text] }`, a grant is `{ witnesses:
 * [{ scenario, action, resource, context }], statements: [{ origin, path }], qualifiers: [text], unless: [origin] }` and a
 * statement `{ origin, path, action: { inverted, values }, resource: { inverted, values }, conditions: [{ operator, key, values }] }`.
 */
export function jsonReport(explanations: readonly Explanation[], faults: readonly FileFault[]): object {
  return { version: VERSION, subjects: explanations.map(subjectOf), faults };
}

function subjectOf({ subject, policies, admin, escalation, mfa, restrictions, root }: Explanation) {
  const { as, name, arn, assumptions } = subject;
  return {
    as,
    name,
    arn,
    assumptions,
    policies: policies.map(policyOf),
    admin:
      admin.answer === "yes" ? { answer: admin.answer, level: admin.because.level, ...grantOf(admin.because) } : admin,
    escalation: escalation.map(pathOf),
    mfa: mfa?.answer === "hole" ? { answer: mfa.answer, ...grantOf(mfa.because) } : (mfa ?? null),
    restrictions: restrictionsOf(restrictions),
    root: root === undefined ? null : rootOf(root),
  };
}

function policyOf(policy: Policy) {
  return { origin: policy.origin, notRead: "notRead" in policy.document ? policy.document.notRead : undefined };
}

function pathOf({ path: { id, name, actions, tier, requires }, verdict }: EscalationFinding) {
  return { path: id, name, actions, tier, requires, ...flat(verdict) };
}

function flat(verdict: Verdict<Grant>) {
  return verdict.answer === "yes" ? { answer: verdict.answer, ...grantOf(verdict.because) } : verdict;
}

function grantOf({ witnesses, statements, qualifiers, unless }: Grant): Grant {
  return { witnesses: witnesses.map(spelled), statements, qualifiers, unless };
}

function spelled(witness: Witness): Witness {
  const context = Object.entries(witness.context).map(([key, value]) => [documentedKey(key), value] as const);
  return { ...witness, context: Object.fromEntries(context) };
}

function restrictionsOf({ denies, boundary, powerWithout }: Restrictions) {
  return {
    denies: denies.map(({ origin, statement }) => statementOf(origin, statement)),
    boundary: boundary?.origin,
    powerWithout:
      powerWithout === undefined ? undefined : { level: powerWithout.level, qualifiers: powerWithout.qualifiers },
  };
}

function statementOf(origin: string, { path, action, resource, conditions }: Statement) {
  return {
    origin,
    path,
    action: { inverted: action.inverted, values: action.values },
    resource: { inverted: resource.inverted, values: resource.values },
    conditions: conditions.map(({ operator, key, values }) => ({ operator, key, values })),
  };
}

function rootOf({ answer, statements }: RootAnswer) {
  return {
    answer,
    statements: statements.map(({ statement, verdict }) => {
      const { escapes } = verdict;
      const gap = escapes.answer === "yes" ? { answer: escapes.answer, ...escapes.because } : escapes;
      return { ...statementOf(verdict.statement.origin, statement), escapes: gap };
    }),
  };
}
