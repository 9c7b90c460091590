import type { AnyAccountRule } from "./account-rule";
import { noRootDeployIdentity } from "./no-root-deploy-identity";
import { rootAccessKey } from "./root-access-key";
import { rootMfa } from "./root-mfa";
import { rootRecentUse } from "./root-recent-use";
import { rootSigningCertificate } from "./root-signing-certificate";
import { unusedCredential } from "./unused-credential";
import { unusedGroup } from "./unused-group";
import { userWithoutMfaDevice } from "./user-without-mfa-device";

/** The rules that only an account can answer, beside those of the policy pack. */
export const accountRules: readonly AnyAccountRule[] = [
  rootAccessKey,
  rootMfa,
  rootSigningCertificate,
  rootRecentUse,
  noRootDeployIdentity,
  unusedCredential,
  userWithoutMfaDevice,
  unusedGroup,
];
