import { noDirectUserPolicy } from "./no-direct-user-policy";
import { noEmbeddedAccessKey } from "./no-embedded-access-key";
import { noInlineGroupPolicy } from "./no-inline-group-policy";
import { noLongLivedCredential } from "./no-long-lived-credential";
import { noOverbroadGroup } from "./no-overbroad-group";
import { noOverbroadPermissionSet } from "./no-overbroad-permission-set";
import { noOverbroadRole } from "./no-overbroad-role";
import { noOverbroadUser } from "./no-overbroad-user";
import { noPrivilegeEscalation } from "./no-privilege-escalation";
import { noStaticProviderCredentials } from "./no-static-provider-credentials";
import { passwordPolicyStrength } from "./password-policy-strength";
import { readableIdentity } from "./readable-identity";
import { requireUserMfa } from "./require-user-mfa";
import { rootScpHolds } from "./root-scp-holds";
import type { AnyRule } from "./rule";
import { singleActiveAccessKey } from "./single-active-access-key";
import { timeBoxedAdminRole } from "./time-boxed-admin-role";

/** Every rule of the pack; one that is missing here does not exist. */
export const rules: readonly AnyRule[] = [
  requireUserMfa,
  noStaticProviderCredentials,
  noEmbeddedAccessKey,
  noOverbroadGroup,
  noOverbroadUser,
  noPrivilegeEscalation,
  noOverbroadPermissionSet,
  noOverbroadRole,
  timeBoxedAdminRole,
  noInlineGroupPolicy,
  noDirectUserPolicy,
  noLongLivedCredential,
  singleActiveAccessKey,
  passwordPolicyStrength,
  rootScpHolds,
  readableIdentity,
];
