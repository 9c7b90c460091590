import { accessKeyRotation } from "./users/access-key-rotation";
import { adminGroupMembership } from "./administrators/admin-group-membership";
import { noAssumeRootGrant } from "./root-and-keys/no-assume-root-grant";
import { noDirectUserPolicy } from "./users/no-direct-user-policy";
import { noEmbeddedAccessKey } from "./root-and-keys/no-embedded-access-key";
import { noInlineGroupPolicy } from "./administrators/no-inline-group-policy";
import { noLongLivedCredential } from "./users/no-long-lived-credential";
import { noOpenAdminRole } from "./administrators/no-open-admin-role";
import { noOverbroadGroup } from "./administrators/no-overbroad-group";
import { noOverbroadPermissionSet } from "./administrators/no-overbroad-permission-set";
import { noOverbroadRole } from "./administrators/no-overbroad-role";
import { noOverbroadUser } from "./administrators/no-overbroad-user";
import { noPrivilegeEscalation } from "./administrators/no-privilege-escalation";
import { noStaticProviderCredentials } from "./root-and-keys/no-static-provider-credentials";
import { organizationAllFeatures } from "./organization/organization-all-features";
import { passwordPolicyStrength } from "./organization/password-policy-strength";
import { readableIdentity } from "./organization/readable-identity";
import { requireAlternateContacts } from "./root-and-keys/require-alternate-contacts";
import { requireCentralRootAccess } from "./root-and-keys/require-central-root-access";
import { requirePermissionsBoundary } from "./administrators/require-permissions-boundary";
import { requireUserMfa } from "./users/require-user-mfa";
import { rootEmailDomain } from "./root-and-keys/root-email-domain";
import { rootScpHolds } from "./organization/root-scp-holds";
import type { AnyRule } from "./authoring/rule";
import { safeLoginProfile } from "./users/safe-login-profile";
import { scpAttached } from "./organization/scp-attached";
import { scpSize } from "./organization/scp-size";
import { singleActiveAccessKey } from "./users/single-active-access-key";
import { soundEntitlements } from "./administrators/sound-entitlements";
import { soundFederatedTrust } from "./administrators/sound-federated-trust";
import { soundMfaCondition } from "./users/sound-mfa-condition";
import { timeBoxedAdminRole } from "./administrators/time-boxed-admin-role";

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
