import { arnOf, type Entitlement, nameForPeople, peek, type Role, waitingOf } from "../../model";
import { adminPowerOf, levels, provenPower } from "../analysis/admin-power";
import { type ExampleResource, unknownFrom } from "../authoring/example";
import { administratorAccess, lambdaService, policy, reading, role, trust } from "../authoring/example-resources";
import { nameOrArnGlob, roleArns } from "../authoring/glob-forms";
import { matchesAnyGlob } from "../authoring/globs";
import { defineRule, type Outcome, type RuleContext } from "../authoring/rule";
import { provisoOf } from "../authoring/wording";

const options = {
  sanctionedEntitlements: {
    type: "strings",
    description:
      "Entitlements that may lead to admin power, as globs over their logical names or over the names or ARNs of their roles. The rule's findings advise until it is set; an empty list sanctions none.",
    form: nameOrArnGlob("entitlement", roleArns),
  },
} as const;

type Context = RuleContext<{ readonly sanctionedEntitlements: readonly string[] | undefined }>;

function isSanctioned({ resource }: Entitlement, role: Role, listed: readonly string[]): boolean {
  const name = peek(role.name);
  return [resource.name, arnOf(role), ...(name === undefined ? [] : [name])].some((text) =>
    matchesAnyGlob(text, listed),
  );
}

/** `group "aaaa-bbbb"` of IAM Identity Center, or whoever it is. */
function whoIn({ group, user }: Entitlement): string {
  const groupId = peek(group);
  if (groupId !== undefined) return `the Identity Center group ${groupId}`;
  const userId = peek(user);
  return userId === undefined ? "somebody of IAM Identity Center" : `the Identity Center user ${userId}`;
}

function* judge(entitlement: Entitlement, role: Role, context: Context): Iterable<Outcome> {
  const listed = context.options.sanctionedEntitlements;
  if (isSanctioned(entitlement, role, listed ?? [])) return;
  const { urn, name } = entitlement.resource;
  const ceiling = listed === undefined ? ({ ceiling: "advisory" } as const) : {};
  const subject = `entitlement "${name}"`;
  const power = adminPowerOf(role, context);
  if (power.answer === "yes") {
    const { because } = power;
    yield {
      kind: "finding",
      urn,
      subject,
      ...ceiling,
      what: `The ${subject} lets ${whoIn(entitlement)} into the ${nameForPeople(role)}, which ${levels[because.level]}${provisoOf(because)}.`,
      ...provenPower(because),
      fix: "Entitle them to a role that allows what the work needs. Where administrators are meant, list the entitlement under sanctionedEntitlements of this rule.",
      statements: because.statements,
    };
    return;
  }
  const doubts = [
    ...(power.answer === "unknown" ? power.because : []),
    ...(role.resource === undefined ? [`the ${nameForPeople(role)} is kept outside this stack`] : []),
  ];
  if (doubts.length > 0) {
    yield { kind: "undecided", urn, subject, because: doubts.join("; "), waiting: waitingOf(role), ...ceiling };
  }
}

const managers = "aaaaaaaa-1111-2222-3333-bbbbbbbbbbbb";

function entitlement(roleArn: unknown): ExampleResource {
  return {
    type: "aws:accountaccess/entitlement:Entitlement",
    name: "people",
    properties: {
      applicationArn: "arn:aws:account-access:eu-west-1:111122223333:application/app-1",
      entitlement: { principalRole: { principal: { identityCenter: { groupId: managers } }, roleArn } },
    },
  };
}

const admin = role("operations", trust(lambdaService), { managedPolicyArns: [administratorAccess] });
const reader = role("reports", trust(lambdaService), { inlinePolicies: [{ name: "read", policy: policy(reading) }] });

export const soundEntitlements = defineRule({
  id: "sound-entitlements",
  title: "Account access entitlements lead to administrators only where that is meant",
  severity: "high",
  level: "mandatory",
  rationale:
    "An entitlement of the account access manager lets a user or group of IAM Identity Center into a role, beside all permission sets and their assignments. " +
    "One to a role of administrator power makes administrators of everybody in the group, today and later.",
  remediation:
    "Entitle people to roles that allow what the work needs; list those that are meant for administrators under sanctionedEntitlements.",
  controls: [
    { framework: "NIST 800-53", version: "5", id: "AC-6(5)" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.2" },
  ],
  options,
  on: "entitlement",

  *check(subject: Entitlement, context): Iterable<Outcome> {
    for (const role of subject.roles) yield* judge(subject, role, context);
    const [doubt] = subject.doubts;
    if (subject.roles.length > 0 || doubt === undefined) return;
    const { urn, name } = subject.resource;
    const ceiling = context.options.sanctionedEntitlements === undefined ? ({ ceiling: "advisory" } as const) : {};
    const { because, waiting } = doubt;
    yield { kind: "undecided", urn, subject: `entitlement "${name}"`, because, waiting: [waiting], ...ceiling };
  },

  examples: {
    fail: [
      {
        title: "a group that is let into a role of all power",
        resources: [entitlement(unknownFrom("operations")), admin],
        options: { sanctionedEntitlements: ["break-glass"] },
      },
      {
        title: "the same while nobody has said which are meant, which is only advised against",
        resources: [entitlement("arn:aws:iam::111122223333:role/operations"), admin],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "an entitlement that is on the list",
        resources: [entitlement(unknownFrom("operations")), admin],
        options: { sanctionedEntitlements: ["people"] },
      },
      {
        title: "a role without admin power",
        resources: [entitlement(unknownFrom("reports")), reader],
        options: { sanctionedEntitlements: [] },
      },
    ],
    undecided: [
      {
        title: "a role that is kept elsewhere",
        resources: [entitlement("arn:aws:iam::111122223333:role/elsewhere")],
        options: { sanctionedEntitlements: [] },
      },
    ],
  },
});
