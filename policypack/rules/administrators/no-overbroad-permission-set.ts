import { type AdminPower, adminPower, type Verdict } from "../../iam";
import { nameForPeople, type PermissionSet, principalOfPermissionSet, waitingOfPermissionSet } from "../../model";
import { isRestricted, isToldAt, levels, provenPower } from "../analysis/admin-power";
import type { Asking } from "../authoring/analysis";
import { unknownFrom } from "../authoring/example";
import {
  administratorAccess,
  everything,
  inlinePolicyOfSet,
  permissionSet,
  policy,
  policyOfSet,
  reading,
} from "../authoring/example-resources";
import { nameOrArnGlob, permissionSetArns } from "../authoring/glob-forms";
import { matchesAnyGlob } from "../authoring/globs";
import { defineRule, type Outcome, type RuleContext } from "../authoring/rule";
import { durationInWords, isoDuration, provisoOf, qualifiersInWords, statementsInWords } from "../authoring/wording";

const options = {
  sanctionedPermissionSets: {
    type: "strings",
    description:
      "Permission sets that may hold admin power, as globs over names or ARNs. The rule's findings advise until it is set; an empty list sanctions none.",
    form: nameOrArnGlob("permission set", permissionSetArns),
  },
} as const;

type Context = RuleContext<{ readonly sanctionedPermissionSets: readonly string[] | undefined }>;

function powerOf(set: PermissionSet, { work }: Asking): Verdict<AdminPower> {
  return adminPower(principalOfPermissionSet(set), work.of(set));
}

/**
 * Whether the set is on the list: `undefined` where its name is not known yet and the list is not empty. A set kept elsewhere has
 * no name here, so only its ARN can be on the list.
 */
function isSanctioned({ name, arn, resource }: PermissionSet, listed: readonly string[]): boolean | undefined {
  if (arn !== undefined && matchesAnyGlob(arn, listed)) return true;
  if (listed.length === 0 || resource === undefined) return false;
  return name.known ? matchesAnyGlob(name.value, listed) : undefined;
}

/** Before creation a policy names its set by an ARN that the set itself does not show yet: the two meet at the end. */
function isYetToMeet({ resource }: PermissionSet, { options: { sanctionedPermissionSets = [] } }: Context): boolean {
  return resource === undefined && sanctionedPermissionSets.length > 0;
}

/**
 * Whether a permissions boundary may still come in this run: of the provider `aws` it is a resource of its own, which like the policies
 * waits for the set and for nothing else. A kind of resource that holds the set's policies holds its boundary as well.
 */
function mayYetBeBounded({ boundary, resource, policies }: PermissionSet): boolean {
  return boundary === undefined && !policies.some(({ by }) => by.urn === resource?.urn);
}

/** What is stopped before creation is what no later resource of an ordinary program takes away again. */
function isToldBeforeCreation(set: PermissionSet, power: AdminPower, context: Context): boolean {
  return isToldAt("creating", power) && !isYetToMeet(set, context) && !mayYetBeBounded(set);
}

function* judgeHolding(set: PermissionSet, power: AdminPower, context: Context): Iterable<Outcome> {
  const { urn } = set;
  const subject = nameForPeople(set);
  const listed = context.options.sanctionedPermissionSets;
  const sanctioned = isSanctioned(set, listed ?? []);
  if (sanctioned === true) return;
  const advises = listed === undefined || isRestricted(power) ? ({ ceiling: "advisory" } as const) : {};
  if (sanctioned === undefined && !set.name.known) {
    const because = "its name is not known yet, and settings of the rule sanction some";
    yield { kind: "undecided", urn, subject, because, waiting: [set.name.waiting], ...advises };
    return;
  }
  const denyFirst =
    context.phase === "creating"
      ? " If a Deny of this program takes the power away, write it into the set itself, or create it first (dependsOn)."
      : "";
  yield {
    kind: "finding",
    urn,
    subject,
    ...advises,
    what: `The ${subject} ${levels[power.level]}${qualifiersInWords(power)}, by ${statementsInWords(power.statements)}${provisoOf(power)}.`,
    ...provenPower(power, " Whoever it is assigned to has that in every account of the assignment."),
    fix: `Allow what the work needs, or limit it by a permissions boundary. Where administrators are meant, list its name, or its ARN where another stack makes it, under sanctionedPermissionSets of this rule.${denyFirst}`,
    statements: power.statements,
  };
}

function* judgeSession(set: PermissionSet, power: AdminPower, { options, settings }: Context): Iterable<Outcome> {
  const { urn, sessionSeconds } = set;
  const subject = nameForPeople(set);
  const ceiling =
    options.sanctionedPermissionSets === undefined || isRestricted(power) ? ({ ceiling: "advisory" } as const) : {};
  if (!sessionSeconds.known) {
    const because = "the length of its sessions is not known yet";
    yield { kind: "undecided", urn, subject, because, waiting: [sessionSeconds.waiting], ...ceiling };
    return;
  }
  if (sessionSeconds.value <= settings.maxSessionSeconds) return;
  yield {
    kind: "finding",
    urn,
    subject,
    ...ceiling,
    what: `A session of the ${subject}, which ${levels[power.level]}, may last ${durationInWords(sessionSeconds.value)}.`,
    why: "Whoever gets hold of a session has it until it ends.",
    fix: `Set sessionDuration: "${isoDuration(settings.maxSessionSeconds)}" (${durationInWords(settings.maxSessionSeconds)}) or less.`,
    aspect: "session",
  };
}

export const noOverbroadPermissionSet = defineRule({
  id: "no-overbroad-permission-set",
  title: "Permission sets of administrator power are few, known and short",
  severity: "high",
  level: "mandatory",
  rationale:
    "IAM Identity Center makes a role of a permission set in every account that it is assigned in, so one of administrator power opens many accounts at once. " +
    "Some organisations need one or two such sets; then they are listed, and their sessions end soon.",
  remediation:
    "Grant what the work needs. List the sets that are meant for administrators under sanctionedPermissionSets, and keep their sessions to settings.maxSessionSeconds.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.16" },
    { framework: "NIST 800-53", version: "5", id: "AC-6" },
    { framework: "NIST 800-53", version: "5", id: "AC-12" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.2" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.1" },
    { framework: "AWS Config", version: "2024", id: "iam-policy-no-statements-with-admin-access" },
  ],
  options,
  on: "permissionSet",
  phases: ["creating", "stack"],

  *check(set: PermissionSet, context): Iterable<Outcome> {
    const power = powerOf(set, context);
    if (power.answer === "no") return;
    if (context.phase === "creating") {
      if (power.answer === "yes" && isToldBeforeCreation(set, power.because, context))
        yield* judgeHolding(set, power.because, context);
      return;
    }
    if (power.answer === "yes") {
      yield* judgeHolding(set, power.because, context);
      yield* judgeSession(set, power.because, context);
      return;
    }
    if (isSanctioned(set, context.options.sanctionedPermissionSets ?? []) === true) return;
    yield {
      kind: "undecided",
      urn: set.urn,
      subject: nameForPeople(set),
      because: power.because.join("; "),
      waiting: waitingOfPermissionSet(set),
      ...(context.options.sanctionedPermissionSets === undefined ? { ceiling: "advisory" } : {}),
    };
  },

  examples: {
    fail: [
      {
        title: "a set that is not on the list",
        resources: [permissionSet("everything"), policyOfSet("all", unknownFrom("everything"), administratorAccess)],
        options: { sanctionedPermissionSets: ["administrators"] },
      },
      {
        title: "everything, written inline",
        resources: [
          permissionSet("developers"),
          inlinePolicyOfSet("all", unknownFrom("developers"), policy(everything)),
        ],
        options: { sanctionedPermissionSets: [] },
      },
      {
        title: "a sanctioned set with sessions of twelve hours",
        resources: [
          permissionSet("administrators", { sessionDuration: "PT12H" }),
          policyOfSet("all", unknownFrom("administrators"), administratorAccess),
        ],
        options: { sanctionedPermissionSets: ["administrators"] },
      },
      {
        title: "admin power before any set is sanctioned, which is advised against",
        resources: [
          permissionSet("administrators"),
          policyOfSet("all", unknownFrom("administrators"), administratorAccess),
        ],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "a sanctioned set with sessions of an hour",
        resources: [
          permissionSet("administrators", { sessionDuration: "PT1H" }),
          policyOfSet("all", unknownFrom("administrators"), administratorAccess),
        ],
        options: { sanctionedPermissionSets: ["administrators"] },
      },
      {
        title: "a set that reads one bucket all day",
        resources: [
          permissionSet("analysts", { sessionDuration: "PT12H" }),
          inlinePolicyOfSet("read", unknownFrom("analysts"), policy(reading)),
        ],
        options: { sanctionedPermissionSets: [] },
      },
    ],
    undecided: [
      {
        title: "a policy that is not known yet",
        resources: [
          permissionSet("developers"),
          inlinePolicyOfSet("work", unknownFrom("developers"), unknownFrom("bucket")),
        ],
        options: { sanctionedPermissionSets: [] },
      },
    ],
  },
});
