import { serve } from "../../../policypack/host/protocol/server";
import { rules } from "../../../policypack/rules";
import { defineRule } from "../../../policypack/rules/authoring/rule";

/** What the broken rule's error quotes, and nobody may see. */
const QUOTED = "hunter2-from-the-error";

const broken = defineRule({
  id: "broken-rule",
  title: "A rule with a fault in it",
  severity: "low",
  level: "mandatory",
  rationale: "It breaks.",
  remediation: "Mend it.",
  controls: [],
  options: {},
  on: "group",
  check(): [] {
    throw new Error(QUOTED);
  },
  examples: { fail: [], pass: [], undecided: [] },
});

serve(
  {
    name: "aws-identity-guardrails",
    version: "0.1.0",
    description: "The rules and one that breaks.",
    readme: () => "",
  },
  { rules: [...rules, broken], now: () => new Date() },
);
