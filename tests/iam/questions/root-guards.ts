import { rootHold } from "../../../policypack/iam";
import type { RootOptions } from "../../../policypack/iam/questions/root-scp";
import { documentOf } from "../policies";

export const root = "arn:aws:iam::*:root";

/** `no` when root is bound, else the mistake; one answer for each statement that means root. */
export function gaps(statements: readonly object[], partition?: string, more: Partial<RootOptions> = {}): string {
  const options = { origin: "scp", ...(partition === undefined ? {} : { partition }), ...more };
  return rootHold(documentOf(statements, "scp"), options)
    .map(({ escapes }) => (escapes.answer === "yes" ? escapes.because.mistake : escapes.answer))
    .join(" ");
}

export const guard = (Condition: unknown, more: object = {}) => ({
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition,
  ...more,
});
export const sound = { ArnLike: { "aws:PrincipalArn": root } };

/** Why the only statement misses root. */
export function reasonFor(condition: unknown, more: Partial<RootOptions> = {}): string {
  const [verdict] = rootHold(documentOf([guard(condition)], "scp"), { origin: "scp", ...more });
  return verdict?.escapes.answer === "yes" ? verdict.escapes.because.reason : "";
}
