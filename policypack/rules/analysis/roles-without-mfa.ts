import { arnGlob, type Grant, type MfaOptions, matches, mayAssume, rolesWithoutMfa } from "../../iam";
import { arnOf, nameForPeople, type Role, toPrincipal, type User } from "../../model";
import type { RuleContext } from "../authoring/rule";

/** A role, or roles, that a user comes into without MFA. */
export interface EntryWithoutMfa {
  /** For the end of a sentence: `the role "ops", whose trust does not ask for MFA`. */
  readonly roles: string;
  readonly grant: Grant;
}

/** What sts:AssumeRole is worth to a user that has no MFA. */
export interface RoleEntries {
  /** Roles that surely let it in, or that nothing bounds. */
  readonly open: readonly EntryWithoutMfa[];
  /** Roles kept elsewhere, named one by one: whether they ask for MFA can be looked up, though not here. */
  readonly elsewhere: readonly EntryWithoutMfa[];
  readonly doubts: readonly string[];
}

/** The roles that the user's policies let it assume without MFA, held against the trust policies of those in the stack. */
export function entriesWithoutMfa(
  user: User,
  { graph: { roles }, work }: RuleContext<unknown>,
  options: MfaOptions,
): RoleEntries {
  const { unnamed, named } = rolesWithoutMfa(toPrincipal(user), { ...options, ...work.of(user) });
  const open: EntryWithoutMfa[] = [];
  const elsewhere: EntryWithoutMfa[] = [];
  const doubts = unnamed.answer === "unknown" ? [...unnamed.because] : [];
  if (unnamed.answer === "yes")
    open.push({ roles: "roles that no statement names one by one", grant: unnamed.because });
  for (const [arn, verdict] of named) {
    if (verdict.answer === "unknown") doubts.push(...verdict.because);
    if (verdict.answer !== "yes") continue;
    const made = roles.filter((role) => role.resource !== undefined && matches(arnGlob(arnOf(role)), arn));
    if (made.length === 0) elsewhere.push({ roles: arn, grant: verdict.because });
    for (const role of made) {
      const entry = mayAssume(
        role.trust.policy,
        { kind: "user", arn: arnOf(user), ...accountOf(user) },
        { mfa: false, ...work.of(role) },
      );
      if (entry.answer === "yes") open.push({ roles: unguarded(role), grant: verdict.because });
      if (entry.answer === "unknown") doubts.push(...entry.because);
    }
  }
  return { open, elsewhere, doubts: [...new Set(doubts)] };
}

function accountOf({ account }: User): { readonly account?: string } {
  return account === undefined ? {} : { account };
}

function unguarded(role: Role): string {
  return `the ${nameForPeople(role)}, whose trust does not ask for MFA`;
}
