import type { Account } from "../shared/provider-account";

/** An administrator's session lasts no longer, and its MFA sign-in is no older: one hour, in seconds. */
export const ADMIN_SESSION_SECONDS = 3600;

const callersName = "$" + "{aws:username}";

export function roleArnOf(account: Account, roleName: string): string {
  return `arn:${account.partition}:iam::${account.id}:role/${roleName}`;
}

/**
 * Who may assume the administrator role: IAM users of this account with one of these names, signed in with MFA within the
 * last hour.
 *
 * The principal is the account, so that each member also needs the group's permission, and so that a member who does not
 * exist yet does not make IAM refuse the role. By itself that would let everyone in who may call sts:AssumeRole on
 * `*`; `aws:username` closes it: only IAM users have the key, and a name is unique in an account whatever its path. See
 * "AWS global condition context keys" in the IAM User Guide. StringEquals minds letter case: a name is spelt as IAM shows it.
 */
export function trustPolicy(account: Account, members: readonly string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "MembersWithMfa",
        Effect: "Allow",
        Principal: { AWS: `arn:${account.partition}:iam::${account.id}:root` },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:username": members },
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          NumericLessThan: { "aws:MultiFactorAuthAge": String(ADMIN_SESSION_SECONDS) },
        },
      },
    ],
  });
}

/**
 * What the group itself permits: to look after one's own password and MFA device, and to assume the administrator role.
 * The last two statements are the gate: without MFA everything but self-service is denied, whatever other policies a member
 * has, and self-service that writes reaches the own user only. `BoolIfExists` makes the gate hold for long-term access
 * keys too, whose requests carry no MFA key at all. DeactivateMFADevice is not among the exceptions: with it a stolen
 * password could take the second factor away. Signing in on the command line (`aws login`) is among them, since the exchange of
 * its code for credentials is a request before there is a session: the credentials carry the MFA of the sign-in in the browser, or
 * none, and then meet this gate. See "Sign in through the AWS Command Line Interface" in the AWS Sign-In User Guide and "AWS: Allows MFA-authenticated IAM users to manage their own credentials
 * on the Security credentials page" in the IAM User Guide.
 */
export function groupPolicy(account: Account, roleName: string): string {
  const ownUser = [
    `arn:${account.partition}:iam::${account.id}:user/${callersName}`,
    // A user with a path; the name after it is still the caller's own.
    `arn:${account.partition}:iam::${account.id}:user/*/${callersName}`,
  ];
  const withoutMfa = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SeeWhatSelfServiceNeeds",
        Effect: "Allow",
        Action: ["iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"],
        Resource: "*",
      },
      {
        Sid: "NameNewMfaDevice",
        Effect: "Allow",
        Action: "iam:CreateVirtualMFADevice",
        Resource: `arn:${account.partition}:iam::${account.id}:mfa/*`,
      },
      {
        Sid: "ManageOwnPasswordAndMfa",
        Effect: "Allow",
        Action: [
          "iam:ChangePassword",
          "iam:DeactivateMFADevice",
          "iam:EnableMFADevice",
          "iam:GetMFADevice",
          "iam:GetUser",
          "iam:ListMFADevices",
          "iam:ResyncMFADevice",
        ],
        Resource: ownUser,
      },
      {
        Sid: "SignInOnTheCommandLine",
        Effect: "Allow",
        Action: ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"],
        Resource: `arn:${account.partition}:signin:*:${account.id}:oauth2/public-client/*`,
      },
      {
        Sid: "BecomeAdministrator",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: roleArnOf(account, roleName),
      },
      {
        Sid: "NothingButSelfServiceWithoutMfa",
        Effect: "Deny",
        NotAction: [
          "iam:ChangePassword",
          "iam:CreateVirtualMFADevice",
          "iam:EnableMFADevice",
          "iam:GetAccountPasswordPolicy",
          "iam:GetMFADevice",
          "iam:GetUser",
          "iam:ListMFADevices",
          "iam:ListVirtualMFADevices",
          "iam:ResyncMFADevice",
          "signin:AuthorizeOAuth2Access",
          "signin:CreateOAuth2Token",
          "sts:GetSessionToken",
        ],
        Resource: "*",
        Condition: withoutMfa,
      },
      {
        Sid: "OnlyOwnUserWithoutMfa",
        Effect: "Deny",
        Action: ["iam:ChangePassword", "iam:EnableMFADevice", "iam:ResyncMFADevice"],
        NotResource: ownUser,
        Condition: withoutMfa,
      },
    ],
  });
}
