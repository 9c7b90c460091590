import {
  type AdminPower,
  adminPower,
  isRead,
  type Policy,
  type Shared,
  type Statement,
  type Verdict,
} from "../../../policypack/iam";
import { policiesOf, type Subject } from "../input/subject";

/** A Deny among the policies. */
export interface DenyStatement {
  readonly origin: string;
  readonly statement: Statement;
}

/** What takes away from the grants. */
export interface Restrictions {
  readonly denies: readonly DenyStatement[];
  /** Of a principal that has one; a boundary that is explained by itself is not among its own restrictions. */
  readonly boundary: Policy | undefined;
  /** Policies whose text is in none of the files. */
  readonly unread: readonly Policy[];
  /** The administrator power that there would be without Denies and boundary; undefined where they make no difference. */
  readonly powerWithout: AdminPower | undefined;
}

export function restrictionsOf(subject: Subject, admin: Verdict<AdminPower>, options: Shared): Restrictions {
  const policies = policiesOf(subject);
  const denies = policies.flatMap((policy) =>
    isRead(policy)
      ? policy.document.statements
          .filter(({ effect }) => effect === "Deny")
          .map((statement) => ({ origin: policy.origin, statement }))
      : [],
  );
  const boundary = subject.as === "boundary" ? undefined : subject.principal.boundary;
  return {
    denies,
    boundary,
    unread: policies.filter((policy) => !isRead(policy)),
    powerWithout: denies.length === 0 && boundary === undefined ? undefined : powerWithout(subject, admin, options),
  };
}

function powerWithout({ as, principal }: Subject, admin: Verdict<AdminPower>, options: Shared): AdminPower | undefined {
  const { boundary, scps, ...bare } = principal;
  const free = adminPower(
    {
      ...bare,
      identity: principal.identity.map(withoutDenies),
      ...(as === "boundary" && boundary !== undefined ? { boundary: withoutDenies(boundary) } : {}),
      ...(scps === undefined ? {} : { scps: scps.map((level) => level.map(withoutDenies)) }),
    },
    options,
  );
  if (free.answer !== "yes") return undefined;
  return admin.answer === "yes" && isSame(admin.because, free.because) ? undefined : free.because;
}

function isSame(power: AdminPower, other: AdminPower): boolean {
  return power.level === other.level && power.qualifiers.join() === other.qualifiers.join();
}

function withoutDenies(policy: Policy): Policy {
  if (!isRead(policy)) return policy;
  const statements = policy.document.statements.filter(({ effect }) => effect !== "Deny");
  return { ...policy, document: { ...policy.document, statements } };
}
