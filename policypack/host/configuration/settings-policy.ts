import { settingsOptions } from "../../rules";

/**
 * The policy that holds what several rules share, and reports mistakes in the pack's configuration (as advice) and, at its level, calls of
 * the protocol that were refused and values that are nested too deeply to be read.
 */
export const settingsPolicy = {
  id: "settings",
  title: "What several rules share, mistakes in the configuration, and attempts to change it from outside",
  severity: "low",
  level: "mandatory",
  rationale:
    "A name that is written wrong is accepted by Pulumi and ignored, so a guardrail can be off without anybody knowing. " +
    "Mistakes are reported once for each stack and never stop it. What does stop it is a call of the pack that is not the engine's, such as " +
    "a second configuration: it is refused, and whoever makes it means to switch a guardrail off. So does a value that is nested deeper than " +
    "500 levels, which no service takes and no rule reads.",
  remediation:
    "Correct the policy pack's configuration where the finding says so. Until then a value of the wrong type counts as not given, a wrong entry of a list is left out of it, and a wrong text that stands alone holds as it is written.",
  options: settingsOptions,
} as const;

/** The option of `settings` that is no plain value: a list of waivers. */
export const waiversOption = {
  name: "waivers",
  description:
    "Findings that the organisation accepts for a time: rule, resource (glob over the URN or the logical name), reason (ten characters or more), " +
    "expires (YYYY-MM-DD, valid through that day in UTC) and, to narrow it, project and stack.",
} as const;
