import { IAM } from "@aws-sdk/client-iam";
import type { WireMap } from "../../rpc";
import { client } from "./connection";
import type { Kinds } from "./kind";
import { flagIn, numberIn } from "./values";

const iam = client(IAM);

/** Every setting is given at each update: what is left out falls back to IAM's default ("UpdateAccountPasswordPolicy"). */
function passwordSettings(inputs: WireMap) {
  return {
    AllowUsersToChangePassword: flagIn(inputs, "allowUsersToChangePassword"),
    HardExpiry: flagIn(inputs, "hardExpiry"),
    MaxPasswordAge: numberIn(inputs, "maxPasswordAge"),
    MinimumPasswordLength: numberIn(inputs, "minimumPasswordLength"),
    PasswordReusePrevention: numberIn(inputs, "passwordReusePrevention"),
    RequireLowercaseCharacters: flagIn(inputs, "requireLowercaseCharacters"),
    RequireNumbers: flagIn(inputs, "requireNumbers"),
    RequireSymbols: flagIn(inputs, "requireSymbols"),
    RequireUppercaseCharacters: flagIn(inputs, "requireUppercaseCharacters"),
  };
}

export const iamAccountKinds: Kinds = {
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
    async create(inputs, aws) {
      await iam(aws).updateAccountPasswordPolicy(passwordSettings(inputs));
      return "iam-account-password-policy";
    },
    async read(_id, aws) {
      const { PasswordPolicy: policy } = await iam(aws).getAccountPasswordPolicy({});
      if (policy === undefined) return undefined;
      return {
        allowUsersToChangePassword: policy.AllowUsersToChangePassword ?? false,
        expirePasswords: policy.ExpirePasswords ?? false,
        hardExpiry: policy.HardExpiry ?? false,
        maxPasswordAge: policy.MaxPasswordAge ?? 0,
        minimumPasswordLength: policy.MinimumPasswordLength ?? null,
        passwordReusePrevention: policy.PasswordReusePrevention ?? 0,
        requireLowercaseCharacters: policy.RequireLowercaseCharacters ?? false,
        requireNumbers: policy.RequireNumbers ?? false,
        requireSymbols: policy.RequireSymbols ?? false,
        requireUppercaseCharacters: policy.RequireUppercaseCharacters ?? false,
      };
    },
    async update(_id, inputs, aws) {
      await iam(aws).updateAccountPasswordPolicy(passwordSettings(inputs));
    },
    async delete(_id, aws) {
      await iam(aws).deleteAccountPasswordPolicy({});
    },
  },
};
