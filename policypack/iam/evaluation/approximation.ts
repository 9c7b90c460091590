/**
 * What to make of parts that are not known yet, and of operators and keys that are not understood. Every question is
 * answered twice by the same code, from below and from above; where both agree, the answer holds whatever the parts turn
 * out to be.
 */
export interface Approximation {
  readonly name: "lower-power" | "lower-protection" | "upper";
  /** `less` takes as little as the known parts surely allow, `more` as much as they may allow. */
  readonly allows: "less" | "more";
  /** Unknown parts of Denies: `less` leaves them out, `more` lets them deny all that they could. */
  readonly unknownDenies: "less" | "more";
  /** Conditions of Denies that are not understood: `less` never holds, `more` always. */
  readonly notUnderstoodDenies: "less" | "more";
  /** What a policy that is not read yet does. */
  readonly unread: "nothing" | "allows-everything" | "denies-everything";
}

/** The least power: only what is known grants; a Deny that is not known yet is left to the `unless` of the answer. */
export const lowerPower: Approximation = {
  name: "lower-power",
  allows: "less",
  unknownDenies: "less",
  notUnderstoodDenies: "more",
  unread: "nothing",
};

/** The least that gets past a protection: whatever is not known yet may be part of it. */
export const lowerProtection: Approximation = {
  name: "lower-protection",
  allows: "less",
  unknownDenies: "more",
  notUnderstoodDenies: "more",
  unread: "denies-everything",
};

/** The most that may be allowed. */
export const upper: Approximation = {
  name: "upper",
  allows: "more",
  unknownDenies: "less",
  notUnderstoodDenies: "less",
  unread: "allows-everything",
};
