import fc from "fast-check";
import { type EscalationPath, escalationPaths, type Principal } from "../../../policypack/iam";
import { arnTemplatesOf, indexOf } from "../../../policypack/iam/aws/actions";
import { knownEscalationPaths } from "../../../policypack/iam/aws/escalation-catalogue";
import { isAllowed, type Request } from "../reference";
import { policiesOf, principalOf, requireAccepted } from "./checks";
import { condition, type Json } from "./conditions";
import { type Answered, Disagreement } from "./disagreement";
import { ACCOUNT, type PolicySet } from "./documents";
import { hoursFromNow, now } from "./facts";
import { scenariosOf } from "./requests";

const ACTIONS = [
  "*",
  "iam:*",
  "iam:PassRole",
  "iam:Pass*",
  "iam:CreatePolicyVersion",
  "iam:AttachRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "sts:AssumeRole",
  "lambda:*",
  "lambda:CreateFunction",
  "lambda:InvokeFunction",
  "ec2:RunInstances",
  "ec2:*",
  "glue:*",
  "cloudformation:*",
  "cloudformation:CreateStack",
  "ecs:*",
  "ssm:*",
];
const RESOURCES = [
  "*",
  "*",
  "*",
  "arn:aws:iam::*:role/*",
  `arn:aws:iam::${ACCOUNT}:role/app-*`,
  "arn:aws:lambda:*:*:function:*",
  `arn:aws:iam::*:user/\${aws:username}`,
];

function statement(effect: string): fc.Arbitrary<Json> {
  return fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...RESOURCES),
      fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: condition }),
    )
    .map(([Action, Resource, Condition]) => ({
      Effect: effect,
      Action,
      Resource,
      ...(Condition === undefined ? {} : { Condition }),
    }));
}

/** Policies about the actions of known escalation paths, whose halves often stand in different documents. */
export const escalationSet: fc.Arbitrary<PolicySet> = fc
  .record({
    kind: fc.constantFrom("user" as const, "role" as const),
    allows: fc.array(statement("Allow"), { minLength: 1, maxLength: 3 }),
    denies: fc.array(statement("Deny"), { maxLength: 1 }),
    seed: fc.nat(),
  })
  .map(({ kind, allows, denies, seed }) => ({
    kind,
    identity: [...allows, ...denies].map((one) => ({ Version: "2012-10-17", Statement: [one] })),
    scps: [],
    action: "iam:PassRole",
    resource: "*",
    seed,
  }));

/** Asks the core for escalation paths and holds them against the reference. */
export function askEscalation(set: PolicySet): readonly Answered[] {
  const principal: Principal = principalOf(set);
  const findings = escalationPaths(principal, { now });
  for (const { path, verdict } of findings)
    if (verdict.answer === "yes") {
      const { witnesses } = verdict.because;
      requireAccepted(set, "escalationPaths", witnesses);
      const called = new Set(witnesses.map(({ action }) => action.toLowerCase()));
      const missing = path.actions.find((action) => !called.has(action.toLowerCase()));
      if (missing !== undefined) throw new Disagreement(`${path.id} has no witness for ${missing}`);
    }
  const reported = new Set(findings.map(({ path }) => path.id));
  for (const path of knownEscalationPaths())
    if (!coveredBy(reported, path) && isPlainlyOpen(path, set))
      throw new Disagreement(`${path.id} is open, but not reported`);
  const unknown = findings.flatMap(({ verdict }) => (verdict.answer === "unknown" ? verdict.because : []));
  const answer = unknown.length > 0 ? "unknown" : findings.length > 0 ? "yes" : "no";
  return [{ question: "escalationPaths", answer, because: unknown }];
}

/** Whether the path or a smaller one in it is reported. */
function coveredBy(reported: ReadonlySet<string>, path: EscalationPath): boolean {
  if (reported.has(path.id)) return true;
  const smaller = knownEscalationPaths().filter((one) => path.supersetOf?.includes(one.id) || isInside(one, path));
  return smaller.some((one) => coveredBy(reported, one));
}

/** Whether some of the path's calls do all that it does, and ask for nothing that it does not. */
function isInside(one: EscalationPath, path: EscalationPath): boolean {
  const isAsGrave = one.tier === "block" || path.tier === "warn";
  const isAsEasy = one.requires === "none" || one.requires === path.requires;
  const isPart = one.id !== path.id && one.actions.every((action) => path.actions.includes(action));
  return isPart && one.actions.length < path.actions.length && isAsGrave && isAsEasy;
}

/** Whether one caller may take all steps of the path with a role that no policy names, and no special circumstances. */
function isPlainlyOpen({ actions, passedTo = [] }: EscalationPath, set: PolicySet): boolean {
  const services = actions.some((action) => action === "iam:PassRole") ? passedTo : [undefined];
  return scenariosOf(set.kind).some(({ context }) =>
    services.some((service) =>
      actions.every((action) => {
        const pinned = {
          ...(action === "iam:PassRole" && service !== undefined ? { "iam:passedtoservice": service } : {}),
          // Attaching helps only with a policy that grants something.
          ...(action.startsWith("iam:Attach")
            ? { "iam:policyarn": "arn:aws:iam::aws:policy/AdministratorAccess" }
            : {}),
        };
        return resourcesOf(action).some((resource) =>
          isAllowed(request(action, resource, { ...context, ...pinned }), policiesOf(set)),
        );
      }),
    ),
  );

  function request(action: string, resource: string, context: Request["context"]): Request {
    const always = {
      "aws:requestedregion": "us-east-1",
      "aws:securetransport": "true",
      "aws:currenttime": hoursFromNow(0.1),
    };
    return { action, resource, context: { ...always, ...context } };
  }
}

function resourcesOf(action: string): readonly string[] {
  const number = indexOf(action);
  if (number === undefined) return [];
  const templates = arnTemplatesOf(number);
  if (templates.length === 0) return ["*"];
  return templates.map((template) =>
    template
      .replace(`\${Partition}`, "aws")
      .replace(`\${Region}`, "us-east-1")
      .replace(`\${Account}`, ACCOUNT)
      .replaceAll("*", "zz9"),
  );
}
