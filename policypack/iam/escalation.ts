import type { Grant, Principal } from "./principal";

export interface EscalationPath {
  readonly id: string;
  readonly actions: readonly string[];
  readonly tier: "block" | "warn";
  readonly requires:
    | "none"
    | "existing-resource"
    | "boundary"
    | "identity-center-account"
    | "retired-service"
    | "unreviewed";
  readonly passedTo?: readonly string[];
  readonly supersetOf?: readonly string[];
}
export interface EscalationFinding {
  readonly path: EscalationPath;
  readonly verdict: import("./verdict").Verdict<Grant>;
}
export interface EscalationOptions {
  /** ARNs of roles with admin power in the stack: passing or changing one of them is as good as an arbitrary role. */
  readonly adminRoles?: readonly string[];
}
export function escalationPaths(_principal: Principal, _options: EscalationOptions = {}): readonly EscalationFinding[] {
  return [];
}
