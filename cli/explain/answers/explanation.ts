import type {
  AdminPower,
  EscalationFinding,
  EscalationOptions,
  Grant,
  Policy,
  Principal,
  Shared,
  Verdict,
} from "../../../policypack/iam";
import { adminPower, escalationPaths } from "../../../policypack/iam";
import { policiesOf, type Subject } from "../input/subject";
import { type MfaAnswer, mfaAnswer } from "./mfa";
import { type Restrictions, restrictionsOf } from "./restrictions";
import { type RootAnswer, rootAnswer } from "./root";

/** What the policies of one subject together allow. */
export interface Explanation {
  readonly subject: Subject;
  readonly policies: readonly Policy[];
  readonly admin: Verdict<AdminPower>;
  /** Paths that are open, or may be; those that hold up first. */
  readonly escalation: readonly EscalationFinding[];
  /** Undefined for a role and for SCPs: MFA belongs to the people who sign in as users. */
  readonly mfa: MfaAnswer | undefined;
  readonly restrictions: Restrictions;
  /** For SCPs only. */
  readonly root: RootAnswer | undefined;
}

/** Explains every subject, with requests that are made from `now` on; a role of administrator power among them is one that the others may be after. */
export function explain(subjects: readonly Subject[], options: Required<Pick<Shared, "now">>): readonly Explanation[] {
  const powers = new Map(subjects.map((subject) => [subject, adminPower(subject.principal, options)]));
  const adminRoles = subjects.flatMap((subject) => {
    const power = powers.get(subject);
    return subject.as === "role" && subject.arn !== undefined && power !== undefined && isAdmin(power)
      ? [subject.arn]
      : [];
  });
  return subjects.map((subject) => explanationOf(subject, { ...options, adminRoles }, powers.get(subject)));
}

function explanationOf(
  subject: Subject,
  options: EscalationOptions,
  admin: Verdict<AdminPower> = adminPower(subject.principal, options),
): Explanation {
  const { principal, as } = subject;
  return {
    subject,
    policies: policiesOf(subject),
    admin,
    escalation: pathsOf(principal, options),
    mfa: as === "role" || as === "scp" ? undefined : mfaAnswer(principal, options),
    restrictions: restrictionsOf(subject, admin, options),
    root: as === "scp" ? rootAnswer(policiesOf(subject), options) : undefined,
  };
}

/** An IAM call that reaches only some identities makes nobody an administrator yet. */
function isAdmin(power: Verdict<Grant>): boolean {
  return power.answer === "yes" && !power.because.qualifiers.includes("resource");
}

function pathsOf(principal: Principal, options: EscalationOptions): readonly EscalationFinding[] {
  return [...escalationPaths(principal, options)].sort((a, b) => rank(a) - rank(b));
}

/** Sure before unsure, then what holds up, then what needs nothing that may be missing, then what nothing bounds. */
function rank({ path, verdict }: EscalationFinding): number {
  const isBounded = verdict.answer === "yes" && verdict.because.qualifiers.includes("resource");
  const worse = [verdict.answer !== "yes", path.tier !== "block", path.requires !== "none", isBounded];
  return worse.reduce((sum, is) => sum * 2 + (is ? 1 : 0), 0);
}
