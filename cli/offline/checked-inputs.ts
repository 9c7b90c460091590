import { goJson, sorted } from "./go-json";
import { generatedName } from "./naming";
import type { ResourceProperties } from "./sdk";
import { packageOf } from "./urn";
import { containsUnknown, isObject, isSecret, type Json, type JsonObject, secret, UNKNOWN, unwrapSecret } from "./wire";

/** What the provider fills in where the program says nothing (provider documentation of each resource). */
const DEFAULTS: Readonly<Record<string, JsonObject>> = {
  "aws:iam/accessKey:AccessKey": { status: "Active" },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": { allowUsersToChangePassword: true, minimumPasswordLength: 6 },
  "aws:iam/group:Group": { path: "/" },
  "aws:iam/instanceProfile:InstanceProfile": { path: "/" },
  "aws:iam/policy:Policy": { path: "/" },
  "aws:iam/role:Role": { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  "aws:iam/user:User": { forceDestroy: false, path: "/" },
  "aws:iam/userLoginProfile:UserLoginProfile": { passwordLength: 20 },
  "aws:organizations/organization:Organization": { featureSet: "ALL" },
  "aws:organizations/policy:Policy": { type: "SERVICE_CONTROL_POLICY" },
  "aws:ssoadmin/permissionSet:PermissionSet": { sessionDuration: "PT1H" },
};

/** A resource's inputs as they are once its provider has checked them: with a name, defaults, and policies as text. */
export function checkedInputs(urn: string, type: string, inputs: JsonObject, sdk: ResourceProperties): JsonObject {
  const asText = Object.entries(inputs).map(([key, value]) => [key, packageOf(type) === "aws" ? policyText(value) : value]);
  return { ...DEFAULTS[type], ...generatedName(urn, type, inputs, sdk), ...Object.fromEntries(asText) };
}

/** A policy document given as an object becomes text, and wholly unknown where any part of it is. */
function policyText(value: Json): Json {
  const content = unwrapSecret(value);
  if (!isObject(content) || !("Statement" in content)) return value;
  const text = containsUnknown(content) ? UNKNOWN : goJson(sorted(withoutSecrets(content)));
  return isSecret(value) ? secret(text) : text;
}

function withoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  if (isSecret(value)) return withoutSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));
}
