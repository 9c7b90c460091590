import { arnGlob, nameGlobOf, policyArns, userNameOrPathGlob } from "./glob-forms";
import type { OptionSchemas, OptionValues } from "./options";
import { accountId, organizationId } from "./text-forms";

/** What several rules share; configured under the policy name `settings` and nowhere else. */
export const settingsOptions = {
  sanctionedGroups: {
    type: "strings",
    description: "Groups that may hold admin power, as name globs; each must be gated by MFA.",
    default: [],
    form: nameGlobOf("group"),
  },
  sanctionedUsers: {
    type: "strings",
    description: "Users that may hold admin power, as name globs.",
    default: [],
    form: nameGlobOf("user"),
  },
  machineUsers: {
    type: "strings",
    description: "Users that are machines, as name or path globs; a user with a login profile is never one.",
    default: [],
    form: userNameOrPathGlob,
  },
  trustedAccounts: {
    type: "strings",
    description:
      "Accounts outside the stack that may be trusted with admin roles, as 12-digit ids. An empty list trusts none.",
    form: accountId,
  },
  trustedOrganization: {
    type: "string",
    description: "The organization whose accounts may be trusted, such as o-a1b2c3d4e5.",
    form: organizationId,
  },
  maxSessionSeconds: {
    type: "integer",
    description: "Longest session of an admin role that people may assume, in seconds.",
    default: 3600,
    minimum: 900,
    maximum: 43200,
  },
  gatePolicies: {
    type: "strings",
    description: "MFA gates kept outside the stack, as ARN globs of managed policies.",
    default: [],
    form: arnGlob("policy", policyArns),
  },
  gatedGroups: {
    type: "strings",
    description: "Groups outside the stack that are gated by MFA, as name globs.",
    default: [],
    form: nameGlobOf("group"),
  },
  blockBeforeCreation: {
    type: "boolean",
    description: "In an update, stop admin grants before they are created, not at its end.",
    default: true,
  },
  maxWaiverDays: {
    type: "integer",
    description: "How far ahead a waiver may expire, in days.",
    default: 365,
    minimum: 1,
  },
} as const satisfies OptionSchemas;

export type Settings = OptionValues<typeof settingsOptions>;
