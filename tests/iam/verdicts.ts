import { adminPower, type EscalationOptions, escalationPaths, type Principal, type Shared } from "../../policypack/iam";

/** Verdicts in a few words, for cases to compare. */

/** `full`, `iam-full mfa`, `no`, `unknown`: the level with its qualifiers. */
export function power(principal: Principal, options: Shared = {}): string {
  const verdict = adminPower(principal, options);
  if (verdict.answer !== "yes") return verdict.answer;
  return [verdict.because.level, ...verdict.because.qualifiers].join(" ");
}

/** The same, but instead of `unknown` what is not known. */
export function powerOrReasons(principal: Principal): string {
  const verdict = adminPower(principal);
  return verdict.answer === "unknown" ? verdict.because.join("; ") : power(principal);
}

/** Paths of tier block that need nothing to exist, with what restricts them. */
export function paths(principal: Principal, options: EscalationOptions = {}): readonly string[] {
  return escalationPaths(principal, options)
    .filter(({ path }) => path.tier === "block" && path.requires === "none")
    .map(({ path, verdict }) =>
      [path.id, ...(verdict.answer === "yes" ? verdict.because.qualifiers : [verdict.answer])].join(" "),
    );
}
