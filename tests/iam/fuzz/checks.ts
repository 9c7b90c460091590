import {
  adminPower,
  type Document,
  mayCall,
  mfaHole,
  type Policy,
  type Principal,
  parseDocument,
  type Verdict,
  type Witness,
} from "../../../policypack/iam";
import { isAllowed, type Policies, type Request } from "../reference";
import type { Json } from "./conditions";
import { type Answered, Disagreement } from "./disagreement";
import { ACCOUNT, type PolicySet } from "./documents";
import { now } from "./facts";
import { completed, impossibility, requestsFrom, type Scenario, scenarioOf, scenariosOf } from "./requests";

export const SELF_SERVICE = ["iam:ListUsers", "iam:GetAccountSummary"];

/** Asks the core every question about the set and holds each answer against the reference; a Disagreement says what is wrong. */
export function askAll(set: PolicySet): readonly Answered[] {
  const principal = principalOf(set);
  return [
    answered("mayCall", checkCall(set, mayCall(principal, { action: set.action, resources: [set.resource] }, { now }))),
    answered("adminPower", checkAdmin(set, adminPower(principal, { now }))),
    ...(set.kind === "user"
      ? [answered("mfaHole", checkMfa(set, mfaHole(principal, { selfService: SELF_SERVICE, now })))]
      : []),
  ];
}

/** Asks only whether the set's request may be made. */
export function askCall(set: PolicySet): readonly Answered[] {
  const call = { action: set.action, resources: [set.resource] };
  return [answered("mayCall", checkCall(set, mayCall(principalOf(set), call, { now })))];
}

function answered(question: Answered["question"], verdict: Verdict<unknown>): Answered {
  return { question, answer: verdict.answer, because: verdict.answer === "unknown" ? verdict.because : [] };
}

type Granted = Verdict<{ readonly witnesses: readonly Witness[] }>;

function checkCall(set: PolicySet, verdict: Granted): Granted {
  const asked = { action: set.action, resource: set.resource };
  if (verdict.answer === "no") refuse(set, "mayCall", asked, scenariosOf(set.kind), 24);
  if (verdict.answer !== "yes") return verdict;
  for (const witness of ownCalls(set, requireAccepted(set, "mayCall", verdict.because.witnesses)))
    if (witness.action.toLowerCase() !== asked.action.toLowerCase() || witness.resource !== asked.resource)
      throw new Disagreement(`mayCall answers about another request: ${JSON.stringify(witness)}`);
  return verdict;
}

/**
 * The witnesses without the call by which somebody tags itself first ("Tagging IAM users", IAM User Guide): the tag may be what
 * the policies ask for.
 */
export function ownCalls(set: PolicySet, witnesses: readonly Witness[]): readonly Witness[] {
  const [tag, self] =
    set.kind === "user"
      ? ["iam:TagUser", `arn:aws:iam::${ACCOUNT}:user/alice`]
      : ["iam:TagRole", `arn:aws:iam::${ACCOUNT}:role/robot`];
  const [first, ...others] = witnesses;
  const isTagging = first?.action === tag && first.resource === self && others.length > 0;
  return isTagging ? others : witnesses;
}

function checkAdmin(set: PolicySet, verdict: Granted): Granted {
  if (verdict.answer === "yes") requireAccepted(set, "adminPower", verdict.because.witnesses);
  if (verdict.answer !== "no") return verdict;
  const [put, attach, resource] =
    set.kind === "user"
      ? ["iam:PutUserPolicy", "iam:AttachUserPolicy", `arn:aws:iam::${ACCOUNT}:user/alice`]
      : ["iam:PutRolePolicy", "iam:AttachRolePolicy", `arn:aws:iam::${ACCOUNT}:role/robot`];
  refuse(set, "adminPower", { action: put, resource }, scenariosOf(set.kind), 12);
  // Attaching helps only with a policy that grants something.
  const attaching = scenariosOf(set.kind).map((scenario) => ({
    ...scenario,
    context: { ...scenario.context, "iam:policyarn": "arn:aws:iam::aws:policy/AdministratorAccess" },
  }));
  refuse(set, "adminPower", { action: attach, resource }, attaching, 12);
  return verdict;
}

const OUTSIDE_SELF_SERVICE: readonly Pick<Request, "action" | "resource">[] = [
  { action: "iam:PutUserPolicy", resource: `arn:aws:iam::${ACCOUNT}:user/alice` },
  { action: "iam:CreateAccessKey", resource: `arn:aws:iam::${ACCOUNT}:user/team/bob` },
  { action: "iam:PassRole", resource: `arn:aws:iam::${ACCOUNT}:role/app-web` },
  { action: "sts:AssumeRole", resource: `arn:aws:iam::${ACCOUNT}:role/admin` },
  { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/a/b" },
  { action: "s3:ListAllMyBuckets", resource: "*" },
];

export function checkMfa(set: PolicySet, verdict: Granted): Granted {
  if (verdict.answer === "yes") {
    for (const witness of requireAccepted(set, "mfaHole", verdict.because.witnesses)) {
      if (SELF_SERVICE.some((action) => action.toLowerCase() === witness.action.toLowerCase()))
        throw new Disagreement(`mfaHole names a request of the self-service list: ${JSON.stringify(witness)}`);
      if (scenarioOf(witness, set.kind).name === "with MFA")
        throw new Disagreement(`mfaHole names a request with MFA: ${JSON.stringify(witness)}`);
    }
  }
  if (verdict.answer !== "no") return verdict;
  const withoutMfa = scenariosOf(set.kind).filter((scenario) => scenario.name !== "with MFA");
  const asked = { action: set.action, resource: set.resource };
  if (!SELF_SERVICE.includes(set.action)) refuse(set, "mfaHole", asked, withoutMfa, 12);
  for (const request of OUTSIDE_SELF_SERVICE) refuse(set, "mfaHole", request, withoutMfa, 4);
  return verdict;
}

/** No request that the caller could make may be allowed. */
export function refuse(
  set: PolicySet,
  question: Answered["question"],
  asked: Pick<Request, "action" | "resource">,
  scenarios: readonly Scenario[],
  count: number,
): void {
  const policies = policiesOf(set);
  for (const request of requestsFrom(documentsOf(set), asked, scenarios, set.seed, count))
    if (isAllowed(request, policies))
      throw new Disagreement(`${question} answers no, but this request is allowed: ${JSON.stringify(request)}`);
}

/** Every witness is a request that the caller could make and that is allowed. */
export function requireAccepted(
  set: PolicySet,
  question: Answered["question"],
  witnesses: readonly Witness[],
): readonly Witness[] {
  if (witnesses.length === 0) throw new Disagreement(`${question} answers yes without a witness`);
  for (const witness of witnesses) {
    const scenario = scenarioOf(witness, set.kind);
    for (const request of completed(witness, scenario.context, documentsOf(set))) {
      const reason = impossibility(request, scenario);
      if (reason !== undefined)
        throw new Disagreement(`${question} has a witness that nobody can make, ${reason}: ${JSON.stringify(witness)}`);
      if (!isAllowed(request, policiesOf(set)))
        throw new Disagreement(`${question} has a witness that is not allowed: ${JSON.stringify([witness, request])}`);
    }
  }
  return witnesses;
}

function documentsOf({ identity, boundary, scps }: PolicySet): readonly Json[] {
  return [...identity, ...(boundary === undefined ? [] : [boundary]), ...scps.flat()];
}

export function policiesOf({ identity, boundary, scps }: PolicySet): Policies {
  return { identity, ...(boundary === undefined ? {} : { boundary }), scps };
}

export function principalOf({ kind, identity, boundary, scps }: PolicySet): Principal {
  return {
    kind,
    name: kind === "user" ? "alice" : "robot",
    path: "/",
    account: ACCOUNT,
    partition: "aws",
    identity: identity.map((json, i) => read(json, "identity", `identity[${i}]`)),
    ...(boundary === undefined ? {} : { boundary: read(boundary, "identity", "boundary") }),
    scps: scps.map((level, i) => level.map((json, j) => read(json, "scp", `scps[${i}][${j}]`))),
  };
}

function read(json: Json, kind: Document["kind"], origin: string): Policy {
  const { document, faults } = parseDocument(JSON.stringify(json), kind);
  if (document === undefined) throw new Disagreement(`${origin} is not read: ${JSON.stringify(faults)}`);
  return { origin, document };
}
