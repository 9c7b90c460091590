import { iamAccountKinds } from "./iam-account";
import { iamGroupKinds } from "./iam-groups";
import { iamPolicyKinds } from "./iam-policies";
import { iamRoleKinds } from "./iam-roles";
import type { Kinds } from "./kind";
import { organizationsKinds } from "./organizations";

/** Every resource type that the stand-in makes at the emulator. */
export const kinds: Kinds = {
  ...iamAccountKinds,
  ...iamGroupKinds,
  ...iamPolicyKinds,
  ...iamRoleKinds,
  ...organizationsKinds,
};
