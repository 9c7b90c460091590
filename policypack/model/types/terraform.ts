import { aws } from "./aws";
import { awsNative } from "./aws-native";
import { powerless } from "./powerless";
import type { Declares, TypeTable } from "./vocabulary";

/**
 * The types of Pulumi's Terraform bridge (HCL programs, Terraform modules, `pulumi package add terraform-provider`), made from those of
 * @pulumi/aws and @pulumi/aws-native. A token is Terraform's name in camel case, a property as well.
 */

/** Terraform's names, where they are not Pulumi's module and kind one after the other. Terraform Registry, "AWS Provider". */
const renamed: Readonly<Record<string, string>> = {
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "iamOpenidConnectProvider",
  "aws:iam/sshKey:SshKey": "iamUserSshKey",
  "aws:account/alternativeContact:AlternativeContact": "accountAlternateContact",
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack":
    "serverlessapplicationrepositoryCloudformationStack",
  "aws:cloudcontrol/resource:Resource": "cloudcontrolapiResource",
};

/** Blocks and lists that Pulumi names in the plural, or takes for one object. A block may arrive as an object or as a list. */
const blocks: readonly (readonly [path: RegExp, written: string])[] = [
  [/^inlinePolicies\[\]/, "inlinePolicy[]"],
  [/^customerManagedPolicyReferences\[\]/, "customerManagedPolicyReference[]"],
  [/^customerManagedPolicyReference$/, "customerManagedPolicyReference[]"],
  [/^permissionsBoundary\.customerManagedPolicyReference$/, "permissionsBoundary[].customerManagedPolicyReference[]"],
  [/^permissionsBoundary\./, "permissionsBoundary[]."],
  [
    /^entitlement\.principalRole\.principal\.identityCenter\./,
    "entitlement[].principalRole[].principal[].identityCenter[].",
  ],
  [/^entitlement\.principalRole\./, "entitlement[].principalRole[]."],
];

/** The members of an entry that are no paths. */
const words = new Set(["declares", "kind", "credential", "protocol", "written"]);

/** What a description says of the bridge's resource; twice where a name may be written either way. */
function bridged(entry: Declares): readonly Declares[] {
  let differs = false;
  const written = JSON.parse(JSON.stringify(entry), (key, value: unknown) => {
    if (typeof value !== "string" || words.has(key)) return value;
    const block = blocks.find(([path]) => path.test(value));
    if (block === undefined) return value;
    differs = true;
    return value.replace(...block);
  }) as Declares;
  const isPlural = JSON.stringify(entry) !== JSON.stringify(written) && JSON.stringify(entry).includes("ies[]");
  return differs && isPlural ? [written, entry] : [written];
}

/** `iamUserPolicy` for `aws:iam/userPolicy:UserPolicy`, `iamUserPolicy` for `aws-native:iam:UserPolicy`. */
function nameOf(token: string): string | undefined {
  const own = renamed[token];
  if (own !== undefined) return own;
  const [provider, module = "", kind = ""] = token.split(":");
  if (provider !== "aws" && provider !== "aws-native") return undefined;
  return `${module.split("/")[0]}${kind}`;
}

/** `aws:index/iamUserPolicy:IamUserPolicy`. */
function tokenOf(provider: "aws" | "awscc", name: string): string {
  return `${provider}:index/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function bridgedTokens(tokens: Iterable<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const token of tokens) {
    const name = nameOf(token);
    // The registry's resource of any kind has no counterpart there.
    if (name === undefined || token.startsWith("aws-native:index:")) continue;
    found.set(tokenOf(token.startsWith("aws:") ? "aws" : "awscc", name), token);
  }
  return found;
}

const described: TypeTable = { ...aws, ...awsNative };

export const terraform: TypeTable = {
  "pulumi:providers:awscc": [{ declares: "provider" }],
  "pulumi:providers:terraform-provider": [{ declares: "provider" }],
  ...Object.fromEntries(
    [...bridgedTokens(Object.keys(described))].map(([token, from]) => [
      token,
      (described[from] ?? []).flatMap(bridged),
    ]),
  ),
};

/** The bridge's types that give nobody any power, as their originals do not. */
export const terraformPowerless: ReadonlySet<string> = new Set(bridgedTokens(powerless.keys()).keys());

/** Whether a resource's blocks may be written as objects or as lists. */
export function writesBlocks(type: string): boolean {
  return type.startsWith("aws:index/") || type.startsWith("awscc:index/");
}
