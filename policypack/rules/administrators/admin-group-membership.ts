import { arnOf, type Group, nameForPeople, type User } from "../../model";
import { adminPowerOf, isToldAt, levels, provenPower } from "../analysis/admin-power";
import { isSanctioned } from "../analysis/power-findings";
import { unknownFrom } from "../authoring/example";
import { group, membership, user } from "../authoring/example-resources";
import { userArns, wideNameOrArnGlob } from "../authoring/glob-forms";
import { matchesAnyGlob } from "../authoring/globs";
import { defineRule, type Outcome, type RuleContext, type Yielded } from "../authoring/rule";
import { statementsInWords } from "../authoring/wording";

const options = {
  allowedMembers: {
    type: "strings",
    description:
      "Users that may be members of sanctioned groups, as globs over names or ARNs; anybody when left out, nobody when empty.",
    form: wideNameOrArnGlob("user", userArns),
  },
  maxMembers: {
    type: "integer",
    description: "How many members a sanctioned group may have.",
    default: 5,
    minimum: 0,
  },
} as const;

type Context = RuleContext<{ readonly allowedMembers: readonly string[] | undefined; readonly maxMembers: number }>;

/** Whether the user is on the list: `undefined` where its name is not known yet. */
function isAllowed(user: User, listed: readonly string[]): boolean | undefined {
  if (matchesAnyGlob(arnOf(user), listed)) return true;
  return user.name.known ? matchesAnyGlob(user.name.value, listed) : undefined;
}

function* judgeMembers(group: Group, { options }: Context): Iterable<Outcome> {
  const { allowedMembers, maxMembers } = options;
  const subject = nameForPeople(group);
  const { urn, members } = group;
  const strangers =
    allowedMembers === undefined ? [] : members.filter((member) => isAllowed(member, allowedMembers) === false);
  if (strangers.length > 0) {
    const names = strangers.map(nameForPeople);
    yield {
      kind: "finding",
      urn,
      subject,
      what: `The sanctioned ${subject} has members that are not allowed: ${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}.`,
      why: "Every member has the group's administrator power, with whatever credential it has.",
      fix: "Take them out of the group, or list them under allowedMembers of this rule.",
    };
  }
  if (members.length > maxMembers) {
    yield {
      kind: "finding",
      urn,
      subject,
      what: `The sanctioned ${subject} has ${members.length} members; ${maxMembers} are the most.`,
      why: "Administrators are few, so that each of them can be known and looked after.",
      fix: "Let people assume an admin role with MFA instead, or raise maxMembers of this rule.",
    };
  }
  // A list of members that is not known yet stands as one member without a name.
  const waiting = members.flatMap(({ name, resource }) =>
    !name.known && (resource === undefined || allowedMembers !== undefined) ? [name.waiting] : [],
  );
  if (waiting.length > 0)
    yield { kind: "undecided", urn, subject, because: "its members are not all known yet", waiting };
}

export const adminGroupMembership = defineRule({
  id: "admin-group-membership",
  title: "Groups of administrator power have few members, all of them known",
  severity: "high",
  level: "mandatory",
  rationale:
    "A group that may hold administrator power is as safe as the list of its members. That list grows one line at a time, in places where nobody thinks of the group's power.",
  remediation:
    "List the sanctioned groups in settings.sanctionedGroups and their members under allowedMembers; keep them to maxMembers. Without sanctioned groups the rule asks nothing.",
  controls: [
    { framework: "NIST 800-53", version: "5", id: "AC-2(7)" },
    { framework: "NIST 800-53", version: "5", id: "AC-6(5)" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.2" },
  ],
  options,
  yieldsTo: ["no-overbroad-group"],
  on: "group",
  phases: ["creating", "stack"],

  *check(group: Group, context): Iterable<Outcome | Yielded> {
    const { sanctionedGroups } = context.settings;
    if (sanctionedGroups.length === 0) return;
    const subject = nameForPeople(group);
    const { urn } = group;
    const sanctioned = isSanctioned(group, sanctionedGroups);
    if (sanctioned === true) {
      yield* judgeMembers(group, context);
      return;
    }
    const power = adminPowerOf(group, context);
    if (power.answer !== "yes") return;
    yield { kind: "yielded", to: "no-overbroad-group" };
    if (!isToldAt(context.phase, power.because)) return;
    if (sanctioned === undefined && !group.name.known) {
      const because = "its name is not known yet, and the settings sanction some groups";
      yield { kind: "undecided", urn, subject, because, waiting: [group.name.waiting] };
      return;
    }
    yield {
      kind: "finding",
      urn,
      subject,
      what: `The ${subject} ${levels[power.because.level]}, by ${statementsInWords(power.because.statements)}, and is not among the sanctioned groups.`,
      ...provenPower(power.because),
      fix: "Take the power out of the group, or list it in settings.sanctionedGroups and gate it by MFA.",
      statements: power.because.statements,
    };
  },

  examples: {
    fail: [
      {
        title: "a member that is not on the list",
        resources: [
          group("administrators"),
          user("alice"),
          user("mallory"),
          membership("alice-groups", "alice", ["administrators"]),
          membership("mallory-groups", "mallory", ["administrators"]),
        ],
        options: { allowedMembers: ["alice"] },
        settings: { sanctionedGroups: ["administrators"] },
      },
      {
        title: "more members than are allowed",
        resources: [
          group("administrators"),
          {
            type: "aws:iam/groupMembership:GroupMembership",
            name: "members",
            properties: { name: "members", group: "administrators", users: ["alice", "bob", "carol"] },
          },
        ],
        options: { maxMembers: 2 },
        settings: { sanctionedGroups: ["administrators"] },
      },
    ],
    pass: [
      {
        title: "members on the list",
        resources: [group("administrators"), user("alice"), membership("alice-groups", "alice", ["administrators"])],
        options: { allowedMembers: ["alice", "bob"] },
        settings: { sanctionedGroups: ["administrators"] },
      },
      {
        title: "anybody in a group without sanction",
        resources: [group("developers"), user("mallory"), membership("groups", "mallory", ["developers"])],
        options: { allowedMembers: [], maxMembers: 0 },
        settings: { sanctionedGroups: ["administrators"] },
      },
    ],
    undecided: [
      {
        title: "members that are not known yet",
        resources: [
          group("administrators"),
          {
            type: "aws:iam/groupMembership:GroupMembership",
            name: "members",
            properties: { name: "members", group: "administrators", users: unknownFrom("directory") },
          },
        ],
        settings: { sanctionedGroups: ["administrators"] },
      },
    ],
  },
});
