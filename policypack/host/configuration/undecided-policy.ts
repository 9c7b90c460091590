/** The policy under whose name a stack's doubts are told, all in one finding. */
export const undecidedPolicy = {
  id: "undecided",
  title: "What this stack leaves undecided",
  severity: "medium",
  level: "advisory",
  rationale:
    "A preview does not know every value, and some policies are kept elsewhere. What the rules cannot decide for that, and what could block once it is decided, is " +
    "told in one finding on the stack. Doubts about what would be advice are not told.",
  remediation:
    "Build policies from what a preview knows: names are known, ARNs of new resources are not. Keep what decides in the stack, or vouch for it under `settings`. " +
    "To block instead, set `undecided` to mandatory (`all: mandatory` does so too), or the option `onUnknown` of single rules to enforce.",
} as const;
