/** Policies that several tests explain. */

export const everything = policyOf({ Effect: "Allow", Action: "*", Resource: "*" });

export const readOnly = policyOf({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });

export const ownInlinePolicies = policyOf({
  Effect: "Allow",
  Action: "iam:PutUserPolicy",
  Resource: "arn:aws:iam::*:user/${aws:username}",
});

export const gate = policyOf({
  Effect: "Deny",
  NotAction: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"],
  Resource: "*",
  Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
});

export const gateWithoutSetUp = policyOf({
  Effect: "Deny",
  NotAction: "iam:CreateVirtualMFADevice",
  Resource: "*",
  Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
});

/** Long-term keys have no such key, so it lets them through. */
export const leakyGate = policyOf({
  Effect: "Deny",
  NotAction: "sts:GetSessionToken",
  Resource: "*",
  Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
});

export function policyOf(...statements: readonly unknown[]) {
  return { Version: "2012-10-17", Statement: statements };
}
