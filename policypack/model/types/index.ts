import { remembering } from "../../iam";
import { aws } from "./aws";
import { awsNative } from "./aws-native";
import { cloudFormation } from "./cloudformation";
import { powerless } from "./powerless";
import { terraform, terraformPowerless } from "./terraform";
import type { Declares, TypeTable } from "./vocabulary";

export { writesBlocks } from "./terraform";
export type {
  CredentialKind,
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
  Object.entries({ ...aws, ...awsNative, ...cloudFormation, ...terraform } satisfies TypeTable),
);

/** The types that the table reads. */
export const identityTypes: readonly string[] = [...table.keys()];

/** The services whose resources are about identity and nothing else. */
const identityService =
  /^(aws:(iam|ssoadmin|identitystore|organizations|account|accountaccess|rolesanywhere)\/|aws-native:(iam|sso|identitystore|organizations|accountaccess|rolesanywhere):|AWS::(IAM|SSO|IdentityStore|Organizations|AccountAccess|RolesAnywhere)::)/;

/** Words of a token that speak of identity, whatever the package. */
const identityWords: ReadonlySet<string> = new Set([
  "iam",
  "ssoadmin",
  "identitystore",
  "organizations",
  "accountaccess",
]);

/** Packages of other clouds, whose identities are none of AWS. */
const otherClouds: ReadonlySet<string> = new Set([
  "alicloud",
  "azure",
  "azure-native",
  "azuread",
  "gcp",
  "google-native",
  "ibm",
  "kubernetes",
  "oci",
  "tencentcloud",
  "yandex",
]);

const nothing: readonly Declares[] = [];
const unseen: readonly Declares[] = [{ declares: "unseen kind" }];

/** What resources of a type say about identity: by the table; nothing where the type is of another service, or known to give no power. */
export const declaresOf: (type: string) => readonly Declares[] = remembering((type) => {
  const entries = table.get(type);
  if (entries !== undefined) return entries;
  const isHarmless = powerless.has(type) || terraformPowerless.has(type);
  return !isHarmless && looksLikeIdentity(type) ? unseen : nothing;
});

/** Whether a resource of a type may be what makes a graph hold a subject of that kind: as one itself, or by naming one. */
export function mayBring(kind: "user" | "organization account", type: string): boolean {
  return declaresOf(type).some((entry) => {
    if ([kind, "template", "desired state"].includes(entry.declares)) return true;
    if (kind !== "user") return false;
    return ("on" in entry && entry.on.kind === kind) || ("user" in entry && typeof entry.user === "object");
  });
}

function looksLikeIdentity(type: string): boolean {
  if (identityService.test(type)) return true;
  return !isForeign(type) && wordsIn(type).some((word) => identityWords.has(word));
}

/** Of another cloud, or Pulumi's own: providers, stacks. A module of CloudFormation is named where its template is read. */
function isForeign(type: string): boolean {
  const [name = ""] = type.split(":");
  return name === "pulumi" || otherClouds.has(name) || type.endsWith("::MODULE");
}

/** `aws`, `index`, `iam`, `user` of `aws:index/iamUser`. */
function wordsIn(type: string): readonly string[] {
  return type
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}
