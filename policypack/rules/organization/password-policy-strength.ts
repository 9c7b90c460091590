import type { PasswordPolicy, Value } from "../../model";
import type { OptionValues } from "../authoring/options";
import { defineRule, type Outcome } from "../authoring/rule";

const passwordPolicyType = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";

const strong = {
  maxPasswordAge: 90,
  minimumPasswordLength: 14,
  passwordReusePrevention: 24,
  requireLowercaseCharacters: true,
  requireUppercaseCharacters: true,
  requireNumbers: true,
  requireSymbols: true,
};

const options = {
  maxAgeDays: {
    type: "integer",
    description: "Longest age of a password, in days.",
    default: 90,
    minimum: 1,
    maximum: 1095,
  },
  minimumLength: {
    type: "integer",
    description: "Shortest password allowed, in characters.",
    default: 14,
    minimum: 6,
    maximum: 128,
  },
  reusePrevention: {
    type: "integer",
    description: "How many earlier passwords must not be used again.",
    default: 24,
    minimum: 1,
    maximum: 24,
  },
} as const;

type Options = OptionValues<typeof options>;

/** One demand on the policy: the property that meets it, and what to say and to set where it does not. */
interface Demand {
  readonly property: string;
  readonly value: Value<unknown>;
  readonly weak: boolean;
  readonly says: string;
  readonly mend: number | boolean;
}

/**
 * What the account password policy has to have. A value left out is AWS's default: no expiry, 6 characters, no memory,
 * no character class (IAM API Reference, "UpdateAccountPasswordPolicy").
 */
function demandsOf(policy: PasswordPolicy, options: Options): readonly Demand[] {
  const demand = <T>(
    property: string,
    value: Value<T>,
    meets: (value: T) => boolean,
    says: (value: T) => string,
    mend: number | boolean,
  ): Demand => ({
    property,
    value,
    weak: value.known && !meets(value.value),
    says: value.known ? says(value.value) : "",
    mend,
  });
  const characterClass = (property: string, value: Value<boolean | undefined>, name: string): Demand =>
    demand(
      property,
      value,
      (required) => required === true,
      () => `no ${name} is required`,
      true,
    );

  return [
    demand(
      "maxPasswordAge",
      policy.maxAgeDays,
      (days) => days !== undefined && days > 0 && days <= options.maxAgeDays,
      (days) =>
        days === undefined || days <= 0
          ? "passwords never expire"
          : `passwords expire after ${days} days (${options.maxAgeDays} at most)`,
      options.maxAgeDays,
    ),
    demand(
      "minimumPasswordLength",
      policy.minimumLength,
      (length) => length !== undefined && length >= options.minimumLength,
      (length) => `passwords may have only ${length ?? 6} characters (${options.minimumLength} at least)`,
      options.minimumLength,
    ),
    demand(
      "passwordReusePrevention",
      policy.reusePrevention,
      (count) => count !== undefined && count >= options.reusePrevention,
      (count) =>
        `${count ? `only the last ${count} passwords` : "no earlier passwords"} are refused (the last ${options.reusePrevention} at least)`,
      options.reusePrevention,
    ),
    characterClass("requireLowercaseCharacters", policy.requiresLowercase, "lower-case letter"),
    characterClass("requireUppercaseCharacters", policy.requiresUppercase, "upper-case letter"),
    characterClass("requireNumbers", policy.requiresNumbers, "digit"),
    characterClass("requireSymbols", policy.requiresSymbols, "symbol"),
  ];
}

export const passwordPolicyStrength = defineRule({
  id: "password-policy-strength",
  title: "The account's password policy is strong",
  severity: "medium",
  level: "mandatory",
  rationale:
    "One policy rules every IAM user's password in the account, and writing it overwrites what was there. Short, lasting or reused passwords are what " +
    "credential stuffing lives on. Rotation every 90 days is what PCI DSS and AWS's own checks ask for; length and memory are the CIS benchmark's.",
  remediation: "Set at least the values named in the finding; stricter ones pass.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.8" },
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.9" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.3.9" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.17" },
    { framework: "AWS Config", version: "2024", id: "iam-password-policy" },
  ],
  options,
  on: "passwordPolicy",

  *check(policy, { options }): Iterable<Outcome> {
    const subject = "the account's password policy";
    const { urn } = policy.resource;
    const demands = demandsOf(policy, options);

    const weak = demands.filter((demand) => demand.weak);
    if (weak.length > 0) {
      yield {
        kind: "finding",
        urn,
        subject,
        what: `The password policy is weak: ${weak.map((demand) => demand.says).join("; ")}.`,
        why: "It replaces the account's present policy and holds for every IAM user with a console password.",
        fix: `Set ${weak.map((demand) => `${demand.property}: ${demand.mend}`).join(", ")}.`,
      };
    }
    for (const { property, value } of demands) {
      if (!value.known) {
        yield { kind: "undecided", urn, subject, because: `${property} is not known yet`, waiting: [value.waiting] };
      }
    }
    if (policy.hardExpiry.known && policy.hardExpiry.value === true) {
      yield {
        kind: "finding",
        urn,
        subject,
        ceiling: "advisory",
        what: "hardExpiry locks out every user whose password has expired.",
        why: "With it nobody can set a new password after the last day without an administrator, the administrators included.",
        fix: "Set hardExpiry: false; an expired password then only forces a new one at the next sign-in.",
      };
    }
  },

  remediate(policy, { options }) {
    return Object.fromEntries(
      demandsOf(policy, options)
        .filter((demand) => demand.weak)
        .map((demand) => [demand.property, demand.mend]),
    );
  },

  examples: {
    fail: [
      {
        title: "a policy without expiry, memory or character classes",
        resources: [{ type: passwordPolicyType, name: "password-policy", properties: { minimumPasswordLength: 8 } }],
      },
      {
        title: "passwords that last a year",
        resources: [
          { type: passwordPolicyType, name: "password-policy", properties: { ...strong, maxPasswordAge: 365 } },
        ],
      },
      {
        title: "a hard expiry, which is only advised against",
        resources: [{ type: passwordPolicyType, name: "password-policy", properties: { ...strong, hardExpiry: true } }],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "90 days, 14 characters, 24 remembered, all classes",
        resources: [{ type: passwordPolicyType, name: "password-policy", properties: strong }],
      },
      {
        title: "stricter than asked",
        resources: [
          {
            type: passwordPolicyType,
            name: "password-policy",
            properties: { ...strong, maxPasswordAge: 60, minimumPasswordLength: 20 },
          },
        ],
      },
    ],
    undecided: [
      {
        title: "a maximum age that is not known yet",
        resources: [
          {
            type: passwordPolicyType,
            name: "password-policy",
            properties: { ...strong, maxPasswordAge: { unknownFrom: "settings" } },
          },
        ],
      },
    ],
  },
});
