import { mayCall, mfaHole } from "../../../policypack/iam";
import { checkMfa, ownCalls, principalOf, refuse, requireAccepted, SELF_SERVICE } from "./checks";
import { type Answered, Disagreement } from "./disagreement";
import type { PolicySet } from "./documents";
import { now } from "./facts";
import { scenariosOf } from "./requests";

/** Asks about many resources at once, and about users to whom another policy may allow everything. */
export function askWider(set: PolicySet): readonly Answered[] {
  return [askSome(set), askAll(set), ...(set.kind === "user" ? [askRobust(set)] : [])];
}

/** Resources that the set's own is one of. */
function around({ resource }: PolicySet): string {
  return resource.length > 1 ? `${resource.slice(0, -1)}*` : resource;
}

function askSome(set: PolicySet): Answered {
  const verdict = mayCall(principalOf(set), { action: set.action, resources: [around(set)] }, { now });
  const asked = { action: set.action, resource: set.resource };
  if (verdict.answer === "no") refuse(set, "mayCall", asked, scenariosOf(set.kind), 12);
  if (verdict.answer === "yes")
    for (const { resource } of ownCalls(set, requireAccepted(set, "mayCall", verdict.because.witnesses)))
      if (!resource.startsWith(set.resource.slice(0, -1)))
        throw new Disagreement(`mayCall answers about another resource: ${resource}`);
  return answered("mayCall", verdict);
}

/** What may be called on all resources may be called on this one, and on one of them. */
function askAll(set: PolicySet): Answered {
  const principal = principalOf(set);
  const verdict = mayCall(principal, { action: set.action, resources: [around(set)], on: "all" }, { now });
  const single = mayCall(principal, { action: set.action, resources: [set.resource] }, { now });
  if (verdict.answer === "yes") {
    requireAccepted(set, "mayCall", verdict.because.witnesses);
    if (single.answer === "no") throw new Disagreement("mayCall is possible on all resources, but not on this one");
  }
  const onlyOne = mayCall(principal, { action: set.action, resources: [set.resource], on: "all" }, { now });
  if (onlyOne.answer !== "unknown" && single.answer !== "unknown" && onlyOne.answer !== single.answer)
    throw new Disagreement(`mayCall on one resource is "${single.answer}", on every one of one "${onlyOne.answer}"`);
  return answered("mayCall", verdict);
}

const EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

function askRobust(set: PolicySet): Answered {
  const verdict = mfaHole(principalOf(set), { mode: "robust", selfService: SELF_SERVICE, now });
  checkMfa({ ...set, identity: [...set.identity, EVERYTHING] }, verdict);
  return answered("mfaHole", verdict);
}

function answered(
  question: Answered["question"],
  verdict: { readonly answer: Answered["answer"]; readonly because?: unknown },
): Answered {
  const because = verdict.answer === "unknown" && Array.isArray(verdict.because) ? verdict.because.map(String) : [];
  return { question, answer: verdict.answer, because };
}
