import { noEmbeddedAccessKey } from "./no-embedded-access-key";
import { noOverbroadGroup } from "./no-overbroad-group";
import { noOverbroadUser } from "./no-overbroad-user";
import { noPrivilegeEscalation } from "./no-privilege-escalation";
import { noStaticProviderCredentials } from "./no-static-provider-credentials";
import { passwordPolicyStrength } from "./password-policy-strength";
import { readableIdentity } from "./readable-identity";
import { requireUserMfa } from "./require-user-mfa";
import { rootScpHolds } from "./root-scp-holds";
import type { AnyRule } from "./rule";

/** Every rule of the pack; one that is missing here does not exist. */
export const rules: readonly AnyRule[] = [
  requireUserMfa,
  noStaticProviderCredentials,
  noEmbeddedAccessKey,
  noOverbroadGroup,
  noOverbroadUser,
  noPrivilegeEscalation,
  passwordPolicyStrength,
  rootScpHolds,
  readableIdentity,
];
