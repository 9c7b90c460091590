import { type Grant, mayCall, mfaHole, type Principal, type Shared, unknown } from "../../../policypack/iam";
import { everything } from "../input/subject";

/** Calls that a user needs to set up a device of its own before it has MFA. */
const setUp = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"] as const;

/**
 * `hole`: a request outside self-service needs no MFA. `gate`: none does, and none would if another policy allowed everything.
 * `by-grants`: none does, only because nothing grants it without MFA; another policy could.
 */
export type MfaAnswer =
  | { readonly answer: "hole"; readonly because: Grant }
  | {
      readonly answer: "gate" | "by-grants";
      /** Calls for setting MFA up that a user without MFA can make, and those that it cannot. */
      readonly setUpAllowed: readonly string[];
      readonly setUpRefused: readonly string[];
    }
  | { readonly answer: "unknown"; readonly because: readonly string[] };

/** What the principal's policies let through without MFA. */
export function mfaAnswer(principal: Principal, options: Shared = {}): MfaAnswer {
  const effective = mfaHole(principal, options);
  if (effective.answer === "yes") return { answer: "hole", because: effective.because };
  if (effective.answer === "unknown") return effective;
  const robust = mfaHole(principal, { ...options, mode: "robust" });
  if (robust.answer === "unknown") return unknown(...robust.because);
  const isGate = robust.answer === "no";
  // A gate refuses; whether it spares a call shows when everything else is allowed.
  const asked = isGate ? { ...principal, identity: [...principal.identity, everything] } : principal;
  const setUpAllowed = setUp.filter((action) => isOpenWithoutMfa(asked, action, options));
  return {
    answer: isGate ? "gate" : "by-grants",
    setUpAllowed,
    setUpRefused: setUp.filter((action) => !setUpAllowed.includes(action)),
  };
}

function isOpenWithoutMfa(principal: Principal, action: string, options: Shared): boolean {
  const verdict = mayCall(principal, { action, resources: [] }, options);
  return verdict.answer === "yes" && !verdict.because.qualifiers.includes("mfa");
}
