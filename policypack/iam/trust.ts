import type { Grant, Policy, Principal } from "./principal";
import { unknown, type Verdict } from "./verdict";

export interface Caller {
  readonly kind: "user" | "role";
  readonly arn: string;
  readonly account?: string;
}
export interface Assumption extends Grant {
  /** `named`: the trust policy names the caller, which in the same account needs no policy of its own; `account`: it trusts the account, whose own policies must allow the call as well. */
  readonly by: "named" | "account" | "anyone";
}
export function mayAssume(_trust: Policy, _caller: Caller, _options: { readonly mfa: boolean }): Verdict<Assumption> {
  return unknown("interim");
}
export function mayCall(
  _principal: Principal,
  _request: { readonly action: string; readonly resources: readonly string[]; readonly on?: "some" | "all" },
): Verdict<Grant> {
  return unknown("interim");
}
