import fc from "fast-check";
import { mayAssume, parseDocument, type Verdict, type Witness } from "../../../policypack/iam";
import { trusts } from "../reference";
import { condition, type Json } from "./conditions";
import { type Answered, Disagreement } from "./disagreement";
import { ACCOUNT } from "./documents";
import { now } from "./facts";
import { completed, impossibility, requestsFrom, scenarioOf, scenariosOf } from "./requests";

/** A role's trust policy and somebody who wants to assume the role. */
export interface TrustCase {
  readonly kind: "user" | "role";
  readonly mfa: boolean;
  readonly trust: Json;
  readonly seed: number;
}

const ROLE = `arn:aws:iam::${ACCOUNT}:role/target`;
const ARNS = { user: `arn:aws:iam::${ACCOUNT}:user/alice`, role: `arn:aws:iam::${ACCOUNT}:role/robot` } as const;

const principal = fc.constantFrom<Json>(
  "*",
  { AWS: "*" },
  { AWS: ACCOUNT },
  { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  { AWS: [`arn:aws:iam::${ACCOUNT}:root`, "arn:aws:iam::444455556666:root"] },
  { AWS: ARNS.user },
  { AWS: [ARNS.role, ARNS.user] },
  { AWS: ARNS.role, Service: "ec2.amazonaws.com" },
  { AWS: "arn:aws:iam::444455556666:user/alice" },
  { Service: "lambda.amazonaws.com" },
  { Federated: "cognito-identity.amazonaws.com" },
);

const statement = fc
  .tuple(
    fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    fc.oneof({ weight: 8, arbitrary: fc.constant("Principal") }, { weight: 1, arbitrary: fc.constant("NotPrincipal") }),
    principal,
    fc.constantFrom<Json>(
      "sts:AssumeRole",
      "sts:*",
      "sts:Assume*",
      "*",
      ["sts:TagSession", "STS:assumerole"],
      "sts:AssumeRoleWithSAML",
    ),
    condition,
  )
  .map(([Effect, element, who, Action, Condition]) => ({
    Effect,
    [Effect === "Deny" ? element : "Principal"]: who,
    Action,
    ...(Condition === undefined ? {} : { Condition }),
  }));

export const trustCase: fc.Arbitrary<TrustCase> = fc.record({
  kind: fc.constantFrom("user" as const, "role" as const),
  mfa: fc.boolean(),
  trust: fc
    .tuple(fc.constantFrom("2012-10-17", "2008-10-17"), fc.array(statement, { minLength: 1, maxLength: 3 }))
    .map(([Version, Statement]) => ({ Version, Statement })),
  seed: fc.nat(),
});

/** Asks the core about the trust policy and holds the answer against the reference. */
export function askTrust({ kind, mfa, trust, seed }: TrustCase): readonly Answered[] {
  const { document } = parseDocument(JSON.stringify(trust), "trust");
  if (document === undefined) throw new Disagreement("the trust policy is not read");
  const verdict = mayAssume({ origin: "trust", document }, { kind, arn: ARNS[kind], account: ACCOUNT }, { mfa, now });
  const caller = { arn: ARNS[kind], account: ACCOUNT };
  if (verdict.answer === "yes") {
    for (const witness of verdict.because.witnesses) checkWitness(witness, verdict.because.by);
  } else if (verdict.answer === "no") {
    const possible = scenariosOf(kind).filter(({ name }) => (name === "with MFA") === mfa);
    for (const request of requestsFrom([trust], { action: "sts:AssumeRole", resource: ROLE }, possible, seed, 12))
      if (trusts(trust, caller, request) !== "no")
        throw new Disagreement(`mayAssume answers no, but this request is allowed: ${JSON.stringify(request)}`);
  }
  return [answered(verdict)];

  function checkWitness(witness: Witness, by: "named" | "account" | "anyone"): void {
    const scenario = scenarioOf(witness, kind);
    for (const request of completed(witness, scenario.context, [trust])) {
      const reason = impossibility(request, scenario);
      if (reason !== undefined)
        throw new Disagreement(`mayAssume has a witness that nobody can make, ${reason}: ${JSON.stringify(witness)}`);
      const trusted = trusts(trust, caller, request);
      if (trusted !== (by === "account" ? "account" : "direct"))
        throw new Disagreement(`mayAssume says "${by}", the reference "${trusted}": ${JSON.stringify(witness)}`);
    }
  }
}

function answered(verdict: Verdict<unknown>): Answered {
  const because = verdict.answer === "unknown" ? verdict.because : [];
  return { question: "mayAssume", answer: verdict.answer, because };
}
