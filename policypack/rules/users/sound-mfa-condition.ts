import { type Beside, isRead, type MfaFlaw, mfaFlaws, type Policy, type StatementRef } from "../../iam";
import {
  type AnyIdentity,
  nameForPeople,
  type PermissionSet,
  principalOfPermissionSet,
  toPrincipal,
  type WrittenPolicy,
} from "../../model";
import { isGatedElsewhere } from "../analysis/power-findings";
import { unknownFrom } from "../authoring/example";
import {
  group,
  groupAttachment,
  groupPolicy,
  managedPolicy,
  mfaGate,
  policy,
  user,
  userPolicy,
} from "../authoring/example-resources";
import { defineRule, type Finding, type Outcome, type RuleContext } from "../authoring/rule";
import { codeOf, requestInWords, statementsInWords } from "../authoring/wording";

type Holder = AnyIdentity | PermissionSet;

const gateCondition = codeOf({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } });
const grantCondition = codeOf({ Bool: { "aws:MultiFactorAuthPresent": "true" } });

/** What the flaw is, why, and how to mend it. */
function wordingOf({ mistake, effect, about, who, witness }: MfaFlaw, statement: StatementRef) {
  const place = `The ${effect} in ${statementsInWords([statement])}`;
  const request = requestInWords(witness);
  if (mistake === "locks-out") {
    return {
      what: `${place} locks its users out: without MFA they cannot set it up.`,
      why: `Denied without MFA: ${request}.`,
      fix: "Leave iam:CreateVirtualMFADevice and iam:EnableMFADevice out of the Deny (NotAction), unless somebody else sets MFA up for them.",
    };
  }
  if (mistake === "strikes") {
    return {
      what: `${place} hits everybody who signed in with MFA: its condition holds for them.`,
      why: `Denied in spite of MFA: ${request}.`,
      fix: "To deny those without MFA, write the Condition so:",
      code: gateCondition,
    };
  }
  const passing = [
    ...(who.includes("access key") ? ["access keys, whose requests carry no MFA key at all"] : []),
    ...(who.includes("session") ? ["sessions that signed in without MFA, whose requests say false"] : []),
  ].join(", and ");
  return effect === "Deny"
    ? {
        what: `${place} looks at MFA but spares some who have none: ${passing}.`,
        why: `Not denied: ${request}.`,
        fix:
          about === "age"
            ? "Write NumericGreaterThanIfExists, or put a Deny with this Condition beside it:"
            : "In the place of what the Condition says of MFA write this, which holds in both cases:",
        code: gateCondition,
      }
    : {
        what: `${place} looks at MFA but lets some through who have none: ${passing}.`,
        why: `Allowed: ${request}.`,
        fix: "In the place of what the Condition says of MFA write this, without IfExists, ForAllValues or Null:",
        code: grantCondition,
      };
}

/** Said instead where no user has the policy: a gate for users would lock out every role that a service assumes. */
const roleFix =
  "Demand MFA where a role's sessions begin, in its trust policy, and leave the condition out here: sessions that a service begins never have MFA.";

/** Whether only roles and permission sets have the policy. Their sessions, other than access keys, do not come in two kinds. */
function isForRolesOnly({ holders }: WrittenPolicy): boolean {
  return holders.length > 0 && holders.every(({ kind }) => kind === "role" || kind === "permission set");
}

function ceilingFor(written: WrittenPolicy): { readonly ceiling?: "advisory" } {
  return isForRolesOnly(written) ? { ceiling: "advisory" } : {};
}

export const soundMfaCondition = defineRule({
  id: "sound-mfa-condition",
  title: "Conditions on MFA do what they are there for",
  severity: "high",
  level: "mandatory",
  rationale:
    "A request without MFA comes in two kinds: by access key, where AWS gives no MFA key, and from a session that says false. Most mistakes see one kind only: " +
    "Bool false on a Deny spares access keys, BoolIfExists true on an Allow admits them, Null looks at presence and not at the value. Such a policy looks like " +
    "a gate in every review.",
  remediation:
    "On a Deny use BoolIfExists false, on an Allow Bool true. A Deny for sessions whose MFA is too old stands beside such a gate, or uses NumericGreaterThanIfExists.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.10" },
    { framework: "NIST 800-53", version: "5", id: "IA-2(1)" },
    { framework: "NIST 800-53", version: "5", id: "IA-2(2)" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.4.2" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.19" },
  ],
  options: {},
  on: "writtenPolicy",

  *check(written: WrittenPolicy, context): Iterable<Outcome> {
    const { policy: asked, resource } = written;
    if (!isRead(asked)) {
      yield* waitingFor(written);
      return;
    }
    const { urn } = resource;
    const subject = `the policy of ${resource.type} "${resource.name}"`;
    for (const { statement, flaw } of mfaFlaws(asked, undefined, context.work.of(written))) {
      if (flaw.answer === "no") continue;
      if (flaw.answer === "unknown") {
        const because = `${statement.path}: ${flaw.because.join("; ")}`;
        yield { kind: "undecided", urn, subject, because, waiting: [], ...ceilingFor(written) };
        continue;
      }
      const { mistake } = flaw.because;
      const isForRoles = isForRolesOnly(written);
      if (mistake === "locks-out" && isForRoles) continue;
      const { code, ...wording } = { code: undefined, ...wordingOf(flaw.because, statement) };
      const finding: Finding = {
        kind: "finding",
        urn,
        subject,
        ...wording,
        ...(isForRoles ? { fix: roleFix } : code === undefined ? {} : { code }),
        ...(mistake === "locks-out" ? { ceiling: "advisory" } : ceilingFor(written)),
        statements: [statement],
        witnesses: [flaw.because.witness],
        aspect: [mistake, flaw.because.effect, flaw.because.about].join(" "),
      };
      const isOpenAnyway = mistake !== "passes" || isForRoles;
      const closed = isOpenAnyway ? "no" : closedElsewhere(written, statement, context);
      if (closed === "no") yield finding;
      else if (closed === "yes") {
        const why = `${finding.why} Only other policies of everybody who has this one deny it.`;
        yield { ...finding, why, ceiling: "advisory" };
      } else {
        const because = `${finding.what} What may deny it cannot be read: ${closed.because.join("; ")}`;
        yield { kind: "undecided", urn, subject, because, waiting: [] };
      }
    }
  },

  examples: {
    fail: [
      {
        title: "Bool false on a Deny, which access keys slip through",
        resources: [
          groupPolicy("gate", "people", policy({ ...mfaGate, Condition: { Bool: mfaGate.Condition.BoolIfExists } })),
        ],
      },
      {
        title: "BoolIfExists true on an Allow, which admits access keys",
        resources: [
          managedPolicy(
            "operate",
            policy({
              Effect: "Allow",
              Action: "ec2:*",
              Resource: "*",
              Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
            }),
          ),
        ],
      },
      {
        title: "Null, which sessions without MFA slip through",
        resources: [
          groupPolicy(
            "gate",
            "people",
            policy({ ...mfaGate, Condition: { Null: { "aws:MultiFactorAuthPresent": "true" } } }),
          ),
        ],
      },
      {
        title: "a Deny that hits those with MFA",
        resources: [
          groupPolicy(
            "gate",
            "people",
            policy({ ...mfaGate, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
          ),
        ],
      },
      {
        title: "a hole that another policy of the group closes, which is only advised against",
        resources: [
          group("people"),
          groupPolicy("gate", "people", policy(mfaGate)),
          groupPolicy(
            "old-gate",
            "people",
            policy({ ...mfaGate, Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }),
          ),
        ],
        at: ["old-gate"],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "BoolIfExists false on a Deny",
        resources: [groupPolicy("gate", "people", policy(mfaGate))],
      },
      {
        title: "two Denies that hold together",
        resources: [
          groupPolicy(
            "gate",
            "people",
            policy(
              { ...mfaGate, Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } },
              { ...mfaGate, Condition: { Null: { "aws:MultiFactorAuthPresent": "true" } } },
            ),
          ),
        ],
      },
      {
        title: "a Deny for sessions whose MFA is too old, beside a gate",
        resources: [
          groupPolicy(
            "gate",
            "people",
            policy(mfaGate, {
              Effect: "Deny",
              Action: "ec2:*",
              Resource: "*",
              Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": "3600" } },
            }),
          ),
        ],
      },
      {
        title: "Bool true on an Allow",
        resources: [
          userPolicy(
            "operate",
            "alice",
            policy({
              Effect: "Allow",
              Action: "ec2:*",
              Resource: "*",
              Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            }),
          ),
        ],
      },
    ],
    undecided: [
      {
        title: "a policy whose text is not known yet",
        resources: [user("alice"), userPolicy("work", "alice", unknownFrom("bucket"))],
      },
      {
        title: "a hole that a policy kept elsewhere may close",
        resources: [
          group("people"),
          groupPolicy(
            "gate",
            "people",
            policy({ ...mfaGate, Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }),
          ),
          groupAttachment("other", "people", "arn:aws:iam::111122223333:policy/mfa"),
        ],
      },
    ],
  },
});

/** A policy that is not known yet is waited for by those who have it, together with everything else that waits for it there. */
function* waitingFor(written: WrittenPolicy): Iterable<Outcome> {
  const { policy, resource, holders, waiting } = written;
  if (waiting === undefined || !("notRead" in policy.document)) return;
  const because = `${policy.origin}: ${policy.document.notRead}`;
  if (holders.length === 0) {
    const subject = `the policy of ${resource.type} "${resource.name}"`;
    yield { kind: "undecided", urn: resource.urn, subject, because, waiting: [waiting] };
  }
  for (const holder of holders) {
    yield {
      kind: "undecided",
      urn: holder.urn,
      subject: nameForPeople(holder),
      because,
      waiting: [waiting],
      ...ceilingFor(written),
    };
  }
}

/** Whether other policies of everybody who has this one close the hole in the statement; the policy alone does not. */
function closedElsewhere(
  { policy, holders }: WrittenPolicy,
  statement: StatementRef,
  context: RuleContext<unknown>,
): "yes" | "no" | { readonly because: readonly string[] } {
  if (!isRead(policy)) return "no";
  const everybody = holders.flatMap(everybodyWith);
  const doubts: string[] = [];
  for (const holder of everybody) {
    if (isVouchedFor(holder, context)) continue;
    const found = mfaFlaws(policy, besideIn(holder, policy), context.work.of(holder)).find(
      (each) => each.statement.path === statement.path,
    );
    if (found === undefined || found.flaw.answer === "yes") return "no";
    if (found.flaw.answer === "unknown") doubts.push(...found.flaw.because);
  }
  if (doubts.length > 0) return { because: [...new Set(doubts)] };
  return everybody.length > 0 ? "yes" : "no";
}

/** A group acts through its members, who may be in other groups as well. */
function everybodyWith(holder: Holder): readonly Holder[] {
  return holder.kind === "group" && holder.members.length > 0 ? holder.members : [holder];
}

function isVouchedFor(holder: Holder, context: RuleContext<unknown>): boolean {
  if (holder.kind !== "user" && holder.kind !== "group") return false;
  return [holder, ...(holder.kind === "user" ? holder.groups : [])].some((each) => isGatedElsewhere(each, context));
}

function besideIn(holder: Holder, { origin }: Policy): Beside {
  const { identity, boundary } =
    holder.kind === "permission set" ? principalOfPermissionSet(holder) : toPrincipal(holder);
  const others = identity.filter((each) => each.origin !== origin);
  return { identity: others, ...(boundary === undefined ? {} : { boundary }) };
}
