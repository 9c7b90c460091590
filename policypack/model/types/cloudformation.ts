import { awsNative } from "./aws-native";
import type { Declares, TypeTable } from "./vocabulary";

/** CloudFormation's spelling of modules and kinds, where it is not that of @pulumi/aws-native with a capital in front. */
const spelling: Readonly<Record<string, string>> = {
  iam: "IAM",
  sso: "SSO",
  accountaccess: "AccountAccess",
  cloudformation: "CloudFormation",
  OidcProvider: "OIDCProvider",
  SamlProvider: "SAMLProvider",
};

/** The members of an entry that are no paths. */
const words = new Set(["declares", "kind", "credential", "protocol", "written"]);

/**
 * The types of CloudFormation, made from those of @pulumi/aws-native, which spells the same names in camel case.
 * AWS CloudFormation Template Reference, "AWS resource and property types reference".
 */
export const cloudFormation: TypeTable = Object.fromEntries(
  Object.entries(awsNative).flatMap(([token, entries]) => {
    const [provider, module = "", kind = ""] = token.split(":");
    return provider === "aws-native" ? [[`AWS::${spelt(module)}::${spelt(kind)}`, entries.map(withCapitals)]] : [];
  }),
);

function spelt(name: string): string {
  return spelling[name] ?? capital(name);
}

function withCapitals(entry: Declares): Declares {
  return JSON.parse(JSON.stringify(entry), (key, value: unknown) => {
    if (typeof value !== "string" || words.has(key) || value === "self") return value;
    // Stack sets and nested stacks spell it so; the registry's schema of stacks does not.
    return value === "templateUrl" ? "TemplateURL" : value.split(".").map(capital).join(".");
  });
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
