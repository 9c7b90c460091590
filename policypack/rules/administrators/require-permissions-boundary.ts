import {
  any,
  type Grant,
  mayCall,
  type Policy,
  type Principal,
  parseDocument,
  type Shared,
  type Verdict,
} from "../../iam";
import { type AnyIdentity, nameForPeople, type PolicyEdge, type Role, type User } from "../../model";
import { powerOf, principalOf, undecidedAbout } from "../analysis/admin-power";
import type { Asking } from "../authoring/analysis";
import { unknownFrom } from "../authoring/example";
import {
  lambdaService,
  managedPolicy,
  policy,
  reading,
  role,
  trust,
  user,
  userPolicy,
} from "../authoring/example-resources";
import { policyArns, wideNameOrArnGlob } from "../authoring/glob-forms";
import { matchesAnyGlob } from "../authoring/globs";
import { defineRule, type Outcome, type RuleContext, type Yielded } from "../authoring/rule";
import { provenBy, provisoOf, statementsInWords } from "../authoring/wording";

const options = {
  boundary: {
    type: "string",
    description:
      "The permissions boundary that users and roles must have, as its ARN or name, globs allowed. The rule asks nothing until it is set.",
    form: wideNameOrArnGlob("policy", policyArns),
  },
} as const;

type Context = RuleContext<{ readonly boundary: string | undefined }>;

/**
 * Whether a boundary is the one required: `undefined` where nobody can tell yet which policy it is. One that the stack makes goes by
 * its name, as its ARN is not known before.
 */
function isRequired({ arn, madeName }: PolicyEdge, required: string): boolean | undefined {
  if (madeName !== undefined) return madeName.known ? matchesAnyGlob(madeName.value, [nameIn(required)]) : undefined;
  return arn === undefined ? undefined : matchesAnyGlob(arn, [required]) || matchesAnyGlob(nameIn(arn), [required]);
}

function nameIn(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}

/** The roles that AWS makes and nobody can bound ("Permissions boundaries for IAM entities", IAM User Guide). */
function isOfAws({ path = "/" }: User | Role): boolean {
  return path.startsWith("/aws-service-role/") || path.startsWith("/aws-reserved/");
}

function* judgeBoundary(identity: User | Role, required: string): Iterable<Outcome> {
  const { boundary, urn } = identity;
  const subject = nameForPeople(identity);
  const isIt = boundary === undefined ? false : isRequired(boundary, required);
  if (isIt === true) return;
  if (isIt === undefined) {
    const because = "which permissions boundary it has is not known yet";
    yield { kind: "undecided", urn, subject, because, waiting: boundary?.waiting ? [boundary.waiting] : [] };
    return;
  }
  yield {
    kind: "finding",
    urn,
    subject,
    what: `The ${subject} ${boundary === undefined ? "has no permissions boundary" : "has another permissions boundary than the one required"} (${required}).`,
    why: "Without it nothing limits what its policies, today's and tomorrow's, add up to.",
    fix: "Set permissionsBoundary to the ARN of the required policy.",
    aspect: "none",
  };
}

const calls = ["iam:DeleteUserPermissionsBoundary", "iam:DeleteRolePermissionsBoundary"];
const replacements = ["iam:PutUserPermissionsBoundary", "iam:PutRolePermissionsBoundary"];
const rewritings = ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"];

/** ARNs of the required boundary, in whatever account and under whatever path. */
function arnsOf(required: string): readonly string[] {
  if (required.startsWith("arn:")) return [required];
  return [`arn:*:iam::*:policy/${required}`, `arn:*:iam::*:policy/*/${required}`];
}

/** What takes calls out of the question that leave the required boundary where it is. */
function harmless(required: string): Policy {
  const arns = arnsOf(required);
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: replacements,
        Resource: "*",
        Condition: { ArnLike: { "iam:PermissionsBoundary": arns } },
      },
      { Effect: "Deny", Action: calls, Resource: "*", Condition: { ArnNotLike: { "iam:PermissionsBoundary": arns } } },
    ],
  });
  const { document } = parseDocument(text, "identity");
  return { origin: "the question", document: document ?? { notRead: "the question is no policy" } };
}

/** Whether the principal may take the required boundary off somebody, put another in its place, or rewrite it. */
function mayLoosen(principal: Principal, required: string, shared: Shared): Verdict<Grant> {
  const asked = { ...principal, identity: [...principal.identity, harmless(required)] };
  return any([
    ...[...calls, ...replacements].map((action) => mayCall(asked, { action, resources: [] }, shared)),
    ...rewritings.map((action) => mayCall(principal, { action, resources: arnsOf(required) }, shared)),
  ]);
}

function looseningOf(identity: AnyIdentity, asking: Asking, required: string): Verdict<Grant> {
  return mayLoosen(principalOf(identity, asking), required, asking.work.of(identity));
}

function* judgeGrant(identity: AnyIdentity, required: string, context: Context): Iterable<Outcome | Yielded> {
  // Admin power, which can do this too, says more.
  if (powerOf(identity, context).answer === "yes") yield { kind: "yielded", to: `no-overbroad-${identity.kind}` };
  const verdict = context.once(looseningOf, identity, required);
  const subject = nameForPeople(identity);
  if (verdict.answer === "unknown") yield undecidedAbout(identity, subject, verdict.because);
  if (verdict.answer !== "yes") return;
  const isSaidOfGroup =
    identity.kind === "user" &&
    identity.groups.some((group) => context.once(looseningOf, group, required).answer === "yes");
  if (isSaidOfGroup) return;
  const grant = verdict.because;
  yield {
    kind: "finding",
    urn: identity.urn,
    subject,
    what: `The ${subject} may remove or change the required permissions boundary (${required}), by ${statementsInWords(grant.statements)}${provisoOf(grant)}.`,
    ...provenBy(grant),
    fix: `Deny the calls that delete a boundary, allow those that put one only with "Condition": {"ArnLike": {"iam:PermissionsBoundary": …}} on the required one, and leave its ARN out of what may be rewritten.`,
    statements: grant.statements,
  };
}

const limit = "arn:aws:iam::111122223333:policy/limit";

function allow(action: string | readonly string[], condition?: unknown) {
  const statement = { Effect: "Allow", Action: action, Resource: "*" };
  return condition === undefined ? statement : { ...statement, Condition: condition };
}

export const requirePermissionsBoundary = defineRule({
  id: "require-permissions-boundary",
  title: "Users and roles have the required permissions boundary, and it stays",
  severity: "high",
  level: "mandatory",
  rationale:
    "Where teams make their own users and roles, a permissions boundary is what keeps them from making an administrator. It does so only if every identity has it, and " +
    "if nobody whom it limits can take it off or rewrite it.",
  remediation: "Give every user and role the boundary, and grant the calls that put one only with a condition on it.",
  controls: [
    { framework: "NIST 800-53", version: "5", id: "AC-6" },
    { framework: "NIST 800-53", version: "5", id: "AC-6(1)" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.2" },
  ],
  options,
  yieldsTo: ["no-overbroad-user", "no-overbroad-group", "no-overbroad-role"],
  on: "identity",
  phases: ["creating", "stack"],

  *check(identity: AnyIdentity, context): Iterable<Outcome | Yielded> {
    const required = context.options.boundary;
    if (required === undefined) return;
    if (identity.kind !== "group" && identity.resource !== undefined && !isOfAws(identity))
      yield* judgeBoundary(identity, required);
    // A later Deny may take a grant away; that its own boundary is missing no later resource mends.
    if (context.phase === "stack") yield* judgeGrant(identity, required, context);
  },

  examples: {
    fail: [
      {
        title: "a role without a boundary",
        resources: [role("worker", trust(lambdaService))],
        options: { boundary: "limit" },
      },
      {
        title: "a user with another boundary",
        resources: [user("alice", { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" })],
        options: { boundary: limit },
      },
      {
        title: "a grant that takes boundaries off",
        resources: [
          user("alice", { permissionsBoundary: limit }),
          managedPolicy("limit", policy(allow(["s3:*", "iam:*PermissionsBoundary"]))),
          userPolicy("help", "alice", policy(allow("iam:DeleteRolePermissionsBoundary"))),
        ],
        options: { boundary: "limit" },
      },
    ],
    pass: [
      {
        title: "a boundary that the stack makes",
        resources: [
          managedPolicy("limit", policy(reading)),
          role("worker", trust(lambdaService), { permissionsBoundary: unknownFrom("limit") }),
        ],
        options: { boundary: "limit" },
      },
      {
        title: "a grant to put this boundary and no other",
        resources: [
          user("alice", { permissionsBoundary: limit }),
          managedPolicy("limit", policy(allow(["s3:*", "iam:PutRolePermissionsBoundary"]))),
          userPolicy(
            "roles",
            "alice",
            policy(allow("iam:PutRolePermissionsBoundary", { StringEquals: { "iam:PermissionsBoundary": limit } })),
          ),
        ],
        options: { boundary: limit },
      },
      {
        title: "no boundary, where none is required",
        resources: [role("worker", trust(lambdaService))],
      },
    ],
    undecided: [
      {
        title: "a boundary that is not known yet",
        resources: [role("worker", trust(lambdaService), { permissionsBoundary: unknownFrom("landing-zone") })],
        options: { boundary: "limit" },
      },
    ],
  },
});
