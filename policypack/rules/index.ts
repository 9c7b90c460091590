import { accessKeyRotation } from "./access-key-rotation";
import { adminGroupMembership } from "./admin-group-membership";
import { noAssumeRootGrant } from "./no-assume-root-grant";
import { noDirectUserPolicy } from "./no-direct-user-policy";
import { noEmbeddedAccessKey } from "./no-embedded-access-key";
import { noInlineGroupPolicy } from "./no-inline-group-policy";
import { noLongLivedCredential } from "./no-long-lived-credential";
import { noOpenAdminRole } from "./no-open-admin-role";
import { noOverbroadGroup } from "./no-overbroad-group";
import { noOverbroadPermissionSet } from "./no-overbroad-permission-set";
import { noOverbroadRole } from "./no-overbroad-role";
import { noOverbroadUser } from "./no-overbroad-user";
import { noPrivilegeEscalation } from "./no-privilege-escalation";
import { noStaticProviderCredentials } from "./no-static-provider-credentials";
import { organizationAllFeatures } from "./organization-all-features";
import { passwordPolicyStrength } from "./password-policy-strength";
import { readableIdentity } from "./readable-identity";
import { requireAlternateContacts } from "./require-alternate-contacts";
import { requireCentralRootAccess } from "./require-central-root-access";
import { requirePermissionsBoundary } from "./require-permissions-boundary";
import { requireUserMfa } from "./require-user-mfa";
import { rootEmailDomain } from "./root-email-domain";
import { rootScpHolds } from "./root-scp-holds";
import type { AnyRule } from "./rule";
import { safeLoginProfile } from "./safe-login-profile";
import { scpAttached } from "./scp-attached";
import { scpSize } from "./scp-size";
import { singleActiveAccessKey } from "./single-active-access-key";
import { soundEntitlements } from "./sound-entitlements";
import { soundFederatedTrust } from "./sound-federated-trust";
import { soundMfaCondition } from "./sound-mfa-condition";
import { timeBoxedAdminRole } from "./time-boxed-admin-role";

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
