import type { EscalationFinding, EscalationPath, Grant } from "../../iam";
import { type AnyIdentity, nameForPeople } from "../../model";
import { isRestricted, powerOf, undecidedAbout } from "../analysis/admin-power";
import { openPathsOf } from "../analysis/paths-to-administrators";
import { isSanctioned, untilNamed } from "../analysis/power-findings";
import { causeInStatements } from "../authoring/causes";
import { type ExampleResource, unknownFrom } from "../authoring/example";
import { group, groupPolicy, policy, user, userPolicy } from "../authoring/example-resources";
import { matchesAnyGlob } from "../authoring/globs";
import {
  defineRule,
  type Finding,
  type Outcome,
  type RuleContext,
  type Undecided,
  type Yielded,
} from "../authoring/rule";
import { somePaths } from "../authoring/text-forms";
import {
  codeOf,
  provenByAll,
  provisoOf,
  qualifiersInWords,
  requestInWords,
  statementsInWords,
} from "../authoring/wording";

const options = {
  roles: {
    type: "string",
    description: "advise: findings about roles stay advisory. enforce: they have the rule's level.",
    enum: ["advise", "enforce"],
    default: "advise",
  },
  ignorePaths: {
    type: "strings",
    description: "Ids of escalation paths that are accepted, as globs.",
    default: [],
    form: somePaths,
  },
} as const;

type Context = RuleContext<{ readonly roles: "advise" | "enforce"; readonly ignorePaths: readonly string[] }>;

/** A path that is open, as far as is known. */
interface OpenPath {
  readonly path: EscalationPath;
  readonly grant: Grant;
  /** Holds up on its own: nothing has to exist already, and what it reaches is unbounded or has admin power. */
  readonly isFull: boolean;
}

function openPath({ path, verdict }: EscalationFinding): readonly OpenPath[] {
  if (verdict.answer !== "yes") return [];
  const grant = verdict.because;
  const isBounded = grant.qualifiers.some((qualifier) => qualifier === "resource" || qualifier === "tag");
  // To assume the roles one is meant to assume is how access should work; what they lead to is a matter of no-overbroad-*.
  if (isBounded && path.actions.every((action) => action === "sts:AssumeRole")) return [];
  return [{ path, grant, isFull: path.requires === "none" && !isBounded }];
}

/** What needs nothing to exist comes first; else the best known, as the core has them. */
function byNeed(one: OpenPath, other: OpenPath): number {
  return Number(one.path.requires !== "none") - Number(other.path.requires !== "none");
}

/** The paths that hold up (tier `block`) and are not accepted. */
function pathsOf(identity: AnyIdentity, { once, options }: Context): readonly EscalationFinding[] {
  return once(openPathsOf, identity).filter(
    ({ path }) => path.tier === "block" && !matchesAnyGlob(path.id, options.ignorePaths),
  );
}

/** Whether a single group of a user opens the path as well: it is reported there. */
function isOpenToGroup({ path, isFull }: OpenPath, identity: AnyIdentity, context: Context): boolean {
  if (identity.kind !== "user") return false;
  return identity.groups.some((group) =>
    pathsOf(group, context)
      .flatMap(openPath)
      .some((other) => other.path.id === path.id && (other.isFull || !isFull)),
  );
}

/** Whether the settings sanction the identity: `undefined` where its name is still to come. */
function isAccepted(identity: AnyIdentity, { settings }: Context): boolean | undefined {
  if (identity.kind === "role") return false;
  return isSanctioned(identity, identity.kind === "group" ? settings.sanctionedGroups : settings.sanctionedUsers);
}

function* judge(identity: AnyIdentity, context: Context): Iterable<Outcome | Yielded> {
  const power = powerOf(identity, context);
  const to = `no-overbroad-${identity.kind}`;
  // Admin power says more.
  if (power.answer === "yes" && !isRestricted(power.because)) yield { kind: "yielded", to };
  const subject = nameForPeople(identity);
  const found = pathsOf(identity, context);
  const open = found.flatMap(openPath).filter((path) => !isOpenToGroup(path, identity, context));
  const full = open.filter(({ isFull }) => isFull);
  const doubts = doubtsAbout(identity, found, context);
  // Restricted steps that no-overbroad-* advises against are not advised against twice.
  if (full.length === 0 && power.answer === "yes") yield { kind: "yielded", to, leaving: doubts };
  const told = full.length > 0 ? full : [...open].sort(byNeed);
  const [first] = told;
  if (first !== undefined) {
    const others = told.slice(1).map(({ path }) => path);
    const advises = full.length === 0 || (identity.kind === "role" && context.options.roles === "advise");
    yield {
      kind: "finding",
      urn: identity.urn,
      subject,
      ...(advises ? { ceiling: "advisory" } : {}),
      what: `The ${subject} can raise its own power: ${pathInWords(first.path)}${qualifiersInWords(first.grant)}, by ${statementsInWords(first.grant.statements)}${provisoOf(first.grant)}.`,
      ...provenByAll(
        first.grant,
        `Allowed: ${first.grant.witnesses.map(requestInWords).join(", then ")}.${othersInWords(others)}`,
      ),
      ...fixFor(first.path),
      statements: first.grant.statements,
      ...causeInStatements(identity, first.grant.statements),
    };
    // Advice that is decided does not hide what may yet block.
    if (full.length > 0) return;
  }
  yield* doubts;
}

/** What cannot be decided yet of the paths that need nothing to exist. */
function doubtsAbout(
  identity: AnyIdentity,
  found: readonly EscalationFinding[],
  { options: { roles } }: Context,
): readonly Undecided[] {
  // For a role the finding would be advice only: not worth waiting for.
  if (identity.kind === "role" && roles === "advise") return [];
  const doubts = found.flatMap(({ path, verdict }) =>
    verdict.answer === "unknown" && path.requires === "none" ? verdict.because : [],
  );
  return doubts.length === 0 ? [] : [undecidedAbout(identity, nameForPeople(identity), [...new Set(doubts)])];
}

function allow(action: string | readonly string[], resource = "*") {
  return { Effect: "Allow", Action: action, Resource: resource };
}

function work(...statements: readonly unknown[]): ExampleResource {
  return groupPolicy("work", "developers", policy(...statements));
}

export const noPrivilegeEscalation = defineRule({
  id: "no-privilege-escalation",
  title: "Nobody can raise their own power",
  severity: "high",
  level: "mandatory",
  rationale:
    "Permissions that look harmless one by one make an administrator together: to pass any role to a new function and call it, to write the trust of a role, to " +
    "put code where a stronger role runs it. The halves often stand in two policies; all of an identity's policies are asked together, with the same role in every step.",
  remediation:
    "Name the roles that may be passed (Resource of iam:PassRole) and the service they are for (iam:PassedToService); leave out what writes policies, trusts and keys of others.",
  controls: [
    { framework: "NIST 800-53", version: "5", id: "AC-6(1)" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.1" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.21" },
  ],
  options,
  yieldsTo: ["no-overbroad-user", "no-overbroad-group", "no-overbroad-role"],
  on: "identity",

  *check(identity: AnyIdentity, context): Iterable<Outcome | Yielded> {
    if (isAccepted(identity, context) === true) return;
    const judged = judge(identity, context);
    const isUnnamed = identity.kind !== "role" && isAccepted(identity, context) === undefined;
    yield* isUnnamed ? untilNamed(identity, judged) : judged;
  },

  examples: {
    fail: [
      {
        title: "any role passed to a new function",
        resources: [group("developers"), work(allow(["lambda:*", "iam:PassRole"]))],
      },
      {
        title: "the two halves in two policies",
        resources: [
          user("alice"),
          userPolicy("pass", "alice", policy(allow("iam:PassRole"))),
          userPolicy("machines", "alice", policy(allow("ec2:RunInstances"))),
        ],
      },
      {
        title: "roles of one prefix only, which is advised against",
        resources: [group("developers"), work(allow("lambda:*"), allow("iam:PassRole", "arn:aws:iam::*:role/app-*"))],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "functions without roles to pass",
        resources: [group("developers"), work(allow("lambda:Get*"))],
      },
      {
        title: "roles to pass to a service that none of the other permissions reaches",
        resources: [
          group("developers"),
          work(allow("ec2:RunInstances"), {
            ...allow("iam:PassRole"),
            Condition: { StringEquals: { "iam:PassedToService": "backup.amazonaws.com" } },
          }),
        ],
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

function fixFor({ actions, passedTo }: EscalationPath): Pick<Finding, "fix"> & Partial<Pick<Finding, "code">> {
  if (!actions.includes("iam:PassRole")) {
    return { fix: `Leave out ${actions.join(" or ")}, or name what it may reach in its Resource.` };
  }
  const statement = {
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: "arn:aws:iam::ACCOUNT:role/ROLE",
    ...(passedTo === undefined ? {} : { Condition: { StringEquals: { "iam:PassedToService": passedTo[0] } } }),
  };
  return { fix: "Name the roles that may be passed, and the service that they are for:", code: codeOf(statement) };
}

/** `a new Lambda function with a role of its choice (iam:PassRole + lambda:CreateFunction, path lambda-001)` */
function pathInWords({ name, actions, id }: EscalationPath): string {
  return `${name} (${actions.join(" + ")}, path ${id})`;
}

function othersInWords(paths: readonly EscalationPath[]): string {
  if (paths.length === 0) return "";
  const shown = paths.slice(0, 3).map(({ name, id }) => `${name} (${id})`);
  const left = paths.length - shown.length;
  return ` Open as well: ${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}.`;
}
