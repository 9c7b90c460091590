import { settingsOptions } from "../rules/settings";

/** The policy that holds what several rules share and reports mistakes in the pack's configuration, nothing else. */
export const settingsPolicy = {
  id: "settings",
  title: "What several rules share, and mistakes in the configuration",
  severity: "low",
  level: "advisory",
  rationale:
    "A name that is written wrong is accepted by Pulumi and ignored, so a guardrail can be off without anybody knowing. " +
    "Mistakes are reported once for each stack and never stop it.",
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
