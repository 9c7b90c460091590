import { type Grant, isRead, mayOpenRootSession, no, type Principal, type Verdict } from "../../iam";
import { type AnyIdentity, arnOf, nameForPeople } from "../../model";
import { powerOf, principalOf, undecidedAbout } from "../analysis/admin-power";
import type { Asking } from "../authoring/analysis";
import { causeInStatements } from "../authoring/causes";
import { unknownFrom } from "../authoring/example";
import { group, groupPolicy, policy, role, trust, user, userPolicy } from "../authoring/example-resources";
import { identityArns, nameOrArnGlob } from "../authoring/glob-forms";
import { matchesAnyGlob } from "../authoring/globs";
import { defineRule, type Outcome, type Yielded } from "../authoring/rule";
import { provenBy, provisoOf, statementsInWords } from "../authoring/wording";

const options = {
  allowedPrincipals: {
    type: "strings",
    description: "Users, groups and roles that may open root sessions, as globs over names or ARNs.",
    default: [],
    form: nameOrArnGlob("user, group or role", identityArns),
  },
} as const;

/** The principal with what its policies allow of STS by name, leaving out what only a wider wildcard or a NotAction brings. */
function withStsOnly(principal: Principal): Principal {
  const identity = principal.identity.map((policy) => {
    if (!isRead(policy)) return policy;
    const statements = policy.document.statements.flatMap((statement) => {
      if (statement.effect !== "Allow") return [statement];
      const { action } = statement;
      const values = action.values.filter((value) => /^sts:/i.test(value));
      return action.inverted || (values.length === 0 && !action.open)
        ? []
        : [{ ...statement, action: { ...action, values } }];
    });
    return { ...policy, document: { ...policy.document, statements } };
  });
  return { ...principal, identity };
}

/** Whether the identity may open root sessions, and whether a statement about STS is what lets it. */
interface Holding {
  readonly byName: Verdict<Grant>;
  readonly atAll: Verdict<Grant>;
}

function holdingOf(identity: AnyIdentity, asking: Asking): Holding {
  const principal = principalOf(identity, asking);
  const shared = asking.work.of(identity);
  const atAll = mayOpenRootSession(principal, shared);
  return { atAll, byName: atAll.answer === "no" ? no : mayOpenRootSession(withStsOnly(principal), shared) };
}

/** Whether one of a user's groups lets it as well: it is reported there. */
function isSaidOfGroup(identity: AnyIdentity, how: keyof Holding, asking: Asking): boolean {
  if (identity.kind !== "user") return false;
  return identity.groups.some((group) => asking.once(holdingOf, group)[how].answer === "yes");
}

/** Whether the identity is on the list: `undefined` where its name is not known yet and the list is not empty. */
function isAllowed(identity: AnyIdentity, listed: readonly string[]): boolean | undefined {
  if (listed.length === 0) return false;
  if (matchesAnyGlob(arnOf(identity), listed)) return true;
  return identity.name.known ? matchesAnyGlob(identity.name.value, listed) : undefined;
}

const auditTask = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";

function allow(action: string | readonly string[]) {
  return { Effect: "Allow", Action: action, Resource: "*" };
}

export const noAssumeRootGrant = defineRule({
  id: "no-assume-root-grant",
  title: "Nobody may open root sessions by the way",
  severity: "critical",
  level: "mandatory",
  rationale:
    "sts:AssumeRoot gives a session of the root user of any member account. It is limited to a few tasks, but those take bucket and queue policies away and delete or set " +
    "root's credentials. It belongs to a few identities that are meant for it, not to whoever was given all of STS to assume a role.",
  remediation:
    "Allow sts:AssumeRole on the roles that are meant, and list those who manage root access centrally under allowedPrincipals.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.7" },
    { framework: "NIST 800-53", version: "5", id: "AC-6(5)" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.2" },
  ],
  options,
  yieldsTo: ["no-overbroad-user", "no-overbroad-group", "no-overbroad-role"],
  on: "identity",
  phases: ["creating", "stack"],

  *check(identity: AnyIdentity, context): Iterable<Outcome | Yielded> {
    const { byName, atAll } = context.once(holdingOf, identity);
    if (atAll.answer === "no") return;
    const allowed = isAllowed(identity, context.options.allowedPrincipals);
    if (allowed === true) return;
    const subject = nameForPeople(identity);
    if (allowed === undefined && atAll.answer === "yes" && !identity.name.known) {
      const because = "its name is not known yet, and allowedPrincipals lists some";
      yield { kind: "undecided", urn: identity.urn, subject, because, waiting: [identity.name.waiting] };
      return;
    }
    const how = byName.answer === "yes" ? "byName" : "atAll";
    const verdict = byName.answer === "yes" ? byName : atAll;
    if (verdict.answer === "yes") {
      if (isSaidOfGroup(identity, how, context)) return;
      // Admin power says more.
      if (how === "atAll" && powerOf(identity, context).answer === "yes") {
        yield { kind: "yielded", to: `no-overbroad-${identity.kind}` };
      }
      const grant = verdict.because;
      yield {
        kind: "finding",
        urn: identity.urn,
        subject,
        ...(how === "atAll" ? { ceiling: "advisory" } : {}),
        what: `The ${subject} may open sessions of the root user in member accounts (sts:AssumeRoot), by ${statementsInWords(grant.statements)}${provisoOf(grant)}.`,
        ...provenBy(grant),
        fix: "Allow sts:AssumeRole on the roles that are meant instead of a wildcard, or deny sts:AssumeRoot. Whoever manages root access centrally belongs in allowedPrincipals of this rule.",
        statements: grant.statements,
        ...causeInStatements(identity, grant.statements),
      };
    } else if (context.phase === "stack") {
      yield undecidedAbout(identity, subject, verdict.because);
    }
  },

  examples: {
    fail: [
      {
        title: "root sessions by name",
        resources: [
          role("auditor", trust({ Service: "lambda.amazonaws.com" }), {
            inlinePolicies: [{ name: "root", policy: policy(allow("sts:AssumeRoot")) }],
          }),
        ],
      },
      {
        title: "a wildcard that was meant for sts:AssumeRole",
        resources: [group("developers"), groupPolicy("assume", "developers", policy(allow("sts:Assume*")))],
      },
      {
        title: "everything but IAM, which is advised against",
        resources: [
          role("builder", trust({ Service: "codebuild.amazonaws.com" }), {
            managedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"],
          }),
        ],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "the roles that are meant",
        resources: [
          group("developers"),
          groupPolicy(
            "assume",
            "developers",
            policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::111122223333:role/developer" }),
          ),
        ],
      },
      {
        title: "all of STS but root sessions",
        resources: [
          user("alice"),
          userPolicy(
            "sessions",
            "alice",
            policy(
              { Effect: "Allow", Action: ["sts:Get*", "sts:AssumeRoot"], Resource: "*" },
              { Effect: "Deny", Action: "sts:AssumeRoot", Resource: "*" },
            ),
          ),
        ],
      },
      {
        title: "sessions that only look at root's credentials",
        resources: [
          group("auditors"),
          groupPolicy(
            "audit",
            "auditors",
            policy({ ...allow("sts:AssumeRoot"), Condition: { StringEquals: { "sts:TaskPolicyArn": auditTask } } }),
          ),
        ],
      },
      {
        title: "who manages root access centrally",
        resources: [
          role("root-access", trust({ Service: "lambda.amazonaws.com" }), {
            inlinePolicies: [{ name: "root", policy: policy(allow("sts:AssumeRoot")) }],
          }),
        ],
        options: { allowedPrincipals: ["root-access"] },
      },
    ],
    undecided: [
      {
        title: "a policy that is not known yet",
        resources: [group("developers"), groupPolicy("work", "developers", unknownFrom("bucket"))],
      },
    ],
  },
});
