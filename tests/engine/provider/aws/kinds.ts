import { accountKinds } from "./account";
import { cloudWatchKinds } from "./cloudwatch";
import { eventBridgeKinds } from "./event-bridge";
import { iamAccountKinds } from "./iam-account";
import { iamGroupKinds } from "./iam-groups";
import { iamIdentityProviderKinds } from "./iam-identity-providers";
import { iamPolicyKinds } from "./iam-policies";
import { iamRoleKinds } from "./iam-roles";
import { iamUserKinds } from "./iam-users";
import { identityStoreKinds } from "./identity-store";
import { keptKinds } from "./kept";
import type { Kinds } from "./kind";
import { kmsKinds } from "./kms";
import { organizationsKinds } from "./organizations";
import { snsKinds } from "./sns";
import { ssoAdminKinds } from "./sso-admin";

/** Every resource type that the stand-in makes at the emulator. */
export const kinds: Kinds = {
  ...accountKinds,
  ...cloudWatchKinds,
  ...eventBridgeKinds,
  ...iamAccountKinds,
  ...iamGroupKinds,
  ...iamIdentityProviderKinds,
  ...iamPolicyKinds,
  ...iamRoleKinds,
  ...iamUserKinds,
  ...identityStoreKinds,
  ...keptKinds,
  ...kmsKinds,
  ...organizationsKinds,
  ...snsKinds,
  ...ssoAdminKinds,
};
