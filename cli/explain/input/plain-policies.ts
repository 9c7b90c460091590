import { isRead, type Policy } from "../../../policypack/iam";
import { everything, type Role, type Subject } from "./subject";

/** Policies of which nothing but the text is known, taken together for what the user says they are. */
export function subjectsOf(policies: readonly Policy[], as: Role): readonly Subject[] {
  const name = policies.map(({ origin }) => origin).join(", ");
  if (policies.length === 0) return [];
  switch (as) {
    case "user":
    case "group":
    case "role":
      return [{ as, name, principal: { kind: as, identity: policies, ...accountOf(policies) }, assumptions: [] }];
    case "boundary":
      // A principal has one boundary at most.
      return policies.map((boundary) => ({
        as,
        name: boundary.origin,
        principal: { kind: "user", identity: [everything], boundary },
        assumptions: ["The user's own policies allow everything: what is left is what the boundary lets through."],
      }));
    case "scp":
      return [scpSubject(name, policies)];
  }
}

function scpSubject(name: string, policies: readonly Policy[]): Subject {
  const allows = policies.some((policy) => isRead(policy) && policy.document.statements.some(isAllow));
  const assumptions = ["An administrator of a member account asks: what is left is what the SCPs let through."];
  if (!allows) assumptions.push("FullAWSAccess is attached beside them, since none of them allows anything.");
  return {
    as: "scp",
    name,
    principal: { kind: "role", identity: [everything], scps: [allows ? policies : [...policies, everything]] },
    assumptions,
  };
}

function isAllow({ effect }: { readonly effect: unknown }): boolean {
  return effect === "Allow";
}

/** The account that the ARNs of the policies agree on; a policy is attached only within its own account. */
function accountOf(policies: readonly Policy[]): { readonly account?: string } {
  const named = policies.flatMap(({ origin }) => /^arn:[^:]+:iam::([0-9]{12}):policy\//.exec(origin)?.[1] ?? []);
  const [account, ...others] = new Set(named);
  return account === undefined || others.length > 0 ? {} : { account };
}
