/**
 * WHAT WE FORBID. The graph's subjects go in; out come findings and what is undecided.
 *
 * - `authoring`: what a rule is made of (`defineRule`, options, wording) and what its examples are made of.
 * - `analysis`: what several rules ask of the graph: who is administrator, who reaches whom through roles, whom a trust policy lets in.
 * - `key-scan`: access keys in texts, however they are wrapped.
 * - `users`, `root-and-keys`, `administrators`, `organization`: a file for each rule. No rule imports another.
 */

import { adminGroupMembership } from "./administrators/admin-group-membership";
import { noInlineGroupPolicy } from "./administrators/no-inline-group-policy";
import { noOpenAdminRole } from "./administrators/no-open-admin-role";
import { noOverbroadGroup } from "./administrators/no-overbroad-group";
import { noOverbroadPermissionSet } from "./administrators/no-overbroad-permission-set";
import { noOverbroadRole } from "./administrators/no-overbroad-role";
import { noOverbroadUser } from "./administrators/no-overbroad-user";
import { noPrivilegeEscalation } from "./administrators/no-privilege-escalation";
import { requirePermissionsBoundary } from "./administrators/require-permissions-boundary";
import { soundEntitlements } from "./administrators/sound-entitlements";
import { soundFederatedTrust } from "./administrators/sound-federated-trust";
import { soundPolicyDelegation } from "./administrators/sound-policy-delegation";
import { timeBoxedAdminRole } from "./administrators/time-boxed-admin-role";
import type { AnyRule } from "./authoring/rule";
import { organizationAllFeatures } from "./organization/organization-all-features";
import { passwordPolicyStrength } from "./organization/password-policy-strength";
import { readableIdentity } from "./organization/readable-identity";
import { rootScpHolds } from "./organization/root-scp-holds";
import { scpAttached } from "./organization/scp-attached";
import { scpSize } from "./organization/scp-size";
import { noAssumeRootGrant } from "./root-and-keys/no-assume-root-grant";
import { noEmbeddedAccessKey } from "./root-and-keys/no-embedded-access-key";
import { noStaticProviderCredentials } from "./root-and-keys/no-static-provider-credentials";
import { requireAlternateContacts } from "./root-and-keys/require-alternate-contacts";
import { requireCentralRootAccess } from "./root-and-keys/require-central-root-access";
import { rootEmailDomain } from "./root-and-keys/root-email-domain";
import { accessKeyRotation } from "./users/access-key-rotation";
import { noDirectUserPolicy } from "./users/no-direct-user-policy";
import { noLongLivedCredential } from "./users/no-long-lived-credential";
import { requireUserMfa } from "./users/require-user-mfa";
import { safeLoginProfile } from "./users/safe-login-profile";
import { singleActiveAccessKey } from "./users/single-active-access-key";
import { soundMfaCondition } from "./users/sound-mfa-condition";

/** Rules about one thing, as people look for them. */
export interface Topic {
  readonly title: string;
  readonly rules: readonly AnyRule[];
}

/** Every rule of the pack, by topic; one that is missing here does not exist. */
export const topics: readonly Topic[] = [
  {
    title: "Users",
    rules: [
      requireUserMfa,
      soundMfaCondition,
      noLongLivedCredential,
      accessKeyRotation,
      singleActiveAccessKey,
      noDirectUserPolicy,
      safeLoginProfile,
    ],
  },
  {
    title: "Root user and keys",
    rules: [
      noStaticProviderCredentials,
      noEmbeddedAccessKey,
      noAssumeRootGrant,
      rootEmailDomain,
      requireAlternateContacts,
      requireCentralRootAccess,
    ],
  },
  {
    title: "Administrators",
    rules: [
      noOverbroadGroup,
      noOverbroadUser,
      noOverbroadRole,
      noPrivilegeEscalation,
      adminGroupMembership,
      requirePermissionsBoundary,
      noInlineGroupPolicy,
      noOverbroadPermissionSet,
      soundEntitlements,
      soundPolicyDelegation,
      noOpenAdminRole,
      soundFederatedTrust,
      timeBoxedAdminRole,
    ],
  },
  {
    title: "Account and organization",
    rules: [passwordPolicyStrength, rootScpHolds, scpSize, scpAttached, organizationAllFeatures, readableIdentity],
  },
];

export const rules: readonly AnyRule[] = topics.flatMap((topic) => topic.rules);

export {
  adminPowerItself,
  type Step,
  stepsOf,
  type WayEnd,
  type Ways,
  waysToAdministrator,
  withoutStatement,
} from "./analysis/ways-to-administrator";
export { Analysis } from "./authoring/analysis";
export { type Example, type ExampleResource, isUnknownFrom } from "./authoring/example";
export { matchesGlob } from "./authoring/globs";
export {
  commonOptions,
  type OptionSchema,
  type OptionSchemas,
  type OptionValues,
  type TextForm,
} from "./authoring/options";
export type {
  AnyRule,
  Cause,
  Control,
  Finding,
  Level,
  Outcome,
  Phase,
  Rule,
  RuleContext,
  Severity,
  Undecided,
  Yielded,
} from "./authoring/rule";
export { type Settings, settingsOptions } from "./authoring/settings";
export { statementsInWords } from "./authoring/wording";
