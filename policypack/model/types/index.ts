import { aws } from "./aws";
import { awsNative } from "./aws-native";
import { cloudFormation } from "./cloudformation";
import { powerless } from "./powerless";
import type { Declares, TypeTable } from "./vocabulary";

export type {
  Declares,
  DeclaresIdentity,
  HolderKind,
  IdentityKind,
  PasswordPaths,
  Path,
  Target,
  TypeTable,
} from "./vocabulary";

/** What each resource type says about identity. */
const table: ReadonlyMap<string, readonly Declares[]> = new Map(
  Object.entries({ ...aws, ...awsNative, ...cloudFormation } satisfies TypeTable),
);

/** The types that the table reads. */
export const identityTypes: readonly string[] = [...table.keys()];

/** The services whose resources are about identity and nothing else. */
const identityService =
  /^(aws:(iam|ssoadmin|identitystore|organizations|account|rolesanywhere)\/|aws-native:(iam|sso|identitystore|organizations|rolesanywhere):|AWS::(IAM|SSO|IdentityStore|Organizations|RolesAnywhere)::)/;

const nothing: readonly Declares[] = [];
const unseen: readonly Declares[] = [{ declares: "unseen kind" }];

/** What resources of a type say about identity: by the table; nothing where the type is of another service, or known to give no power. */
export function declaresOf(type: string): readonly Declares[] {
  const entries = table.get(type);
  if (entries !== undefined) return entries;
  return identityService.test(type) && !powerless.has(type) ? unseen : nothing;
}
