import type { Account } from "../shared/provider-account";

/** Users that are programs: told by their path, and held to where they call from instead of to MFA. */
export interface MachineUsers {
  /** Each begins and ends with a slash, and has a name in between. */
  readonly paths: readonly string[];
  /** Networks in CIDR notation. */
  readonly sources: readonly string[];
  /** Ids of VPCs whose endpoints they call. */
  readonly vpcs: readonly string[];
}

/** What a user may make for itself with MFA, each with the actions that it takes. */
export const ownKeyActions = {
  "access-keys": ["iam:CreateAccessKey"],
  "ssh-keys": ["iam:UploadSSHPublicKey"],
  "service-credentials": ["iam:CreateServiceSpecificCredential", "iam:ResetServiceSpecificCredential"],
  "signing-certificates": ["iam:UploadSigningCertificate"],
} as const satisfies Record<string, readonly string[]>;

/** A credential that lives until somebody deletes it. */
export type OwnKey = keyof typeof ownKeyActions;

/** What decides the text of the policy. */
export interface UserMfaTerms {
  readonly machineUsers: MachineUsers;
  readonly ownKeys: readonly OwnKey[];
  readonly passwordBeforeMfa: boolean;
}

const callersName = "$" + "{aws:username}";

/** Without these nobody could set up MFA, or sign in with it on the command line. */
const enrolment = [
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetMFADevice",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "signin:AuthorizeOAuth2Access",
  "signin:CreateOAuth2Token",
  "sts:GetSessionToken",
];

/** Seeing and taking away what lasts; making it is a matter of `ownKeys`. */
const keyKeeping = [
  "iam:DeleteAccessKey",
  "iam:DeleteSSHPublicKey",
  "iam:DeleteServiceSpecificCredential",
  "iam:DeleteSigningCertificate",
  "iam:GetAccessKeyLastUsed",
  "iam:GetSSHPublicKey",
  "iam:ListAccessKeys",
  "iam:ListSSHPublicKeys",
  "iam:ListServiceSpecificCredentials",
  "iam:ListSigningCertificates",
  "iam:UpdateAccessKey",
  "iam:UpdateSSHPublicKey",
  "iam:UpdateServiceSpecificCredential",
  "iam:UpdateSigningCertificate",
];

/**
 * The policy that puts IAM users behind MFA and lets them set it up. The Allows are self-service on the own user; the first
 * two Denies are the gate, which holds whatever other policies a user has; the last one holds machine users to their networks.
 *
 * `BoolIfExists` makes the gate hold for access keys, whose requests carry no MFA key at all. DeactivateMFADevice is not spared:
 * with it a stolen password could take the second factor away. A passkey or security key is enabled by iam:EnableMFADevice
 * alone, a device of one-time codes that is an app by iam:CreateVirtualMFADevice first. What `aws login` calls is spared, since the exchange
 * of its code is a request before there is a session: the credentials carry the MFA of the sign-in in the browser, or none, and
 * then meet the gate. See "AWS: Allows MFA-authenticated IAM
 * users to manage their own credentials on the Security credentials page" and "Assign a passkey or security key in the AWS
 * Management Console" in the IAM User Guide; for `aws login`, "Login for AWS local development using console credentials" in the
 * AWS CLI User Guide.
 */
export function userMfaPolicy(account: Account, { machineUsers, ownKeys, passwordBeforeMfa }: UserMfaTerms): string {
  const iam = `arn:${account.partition}:iam::${account.id}`;
  // A user's name is unique in its account whatever its path, so what ends in it after a slash is the caller.
  const ownUser = [`${iam}:user/${callersName}`, `${iam}:user/*/${callersName}`];
  const machines = machineUsers.paths.map((path) => `${iam}:user${path}*`);
  const people = machines.length === 0 ? {} : { ArnNotLike: { "aws:PrincipalArn": machines } };
  const selfService = machines.length === 0 ? {} : { Condition: people };
  const withoutMfa = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" }, ...people };
  const password = passwordBeforeMfa ? ["iam:ChangePassword"] : [];
  const passwordRules = passwordBeforeMfa ? ["iam:GetAccountPasswordPolicy"] : [];

  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SeeWhatSelfServiceNeeds",
        Effect: "Allow",
        Action: ["iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"],
        Resource: "*",
        ...selfService,
      },
      {
        Sid: "NameNewMfaDevice",
        Effect: "Allow",
        Action: "iam:CreateVirtualMFADevice",
        Resource: `${iam}:mfa/*`,
        ...selfService,
      },
      {
        Sid: "ForgetOwnMfaDevice",
        Effect: "Allow",
        Action: "iam:DeleteVirtualMFADevice",
        Resource: [`${iam}:mfa/${callersName}`, `${iam}:mfa/${callersName}-*`],
        ...selfService,
      },
      {
        Sid: "ManageOwnPasswordMfaAndKeys",
        Effect: "Allow",
        Action: [
          "iam:ChangePassword",
          "iam:DeactivateMFADevice",
          "iam:EnableMFADevice",
          "iam:GetMFADevice",
          "iam:GetUser",
          "iam:ListMFADevices",
          "iam:ResyncMFADevice",
          ...keyKeeping,
          ...ownKeys.flatMap((kind) => ownKeyActions[kind]),
        ],
        Resource: ownUser,
        ...selfService,
      },
      {
        Sid: "SignInOnTheCommandLine",
        Effect: "Allow",
        Action: ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"],
        Resource: `arn:${account.partition}:signin:*:*:oauth2/public-client/*`,
        ...selfService,
      },
      {
        Sid: "NothingButEnrolmentWithoutMfa",
        Effect: "Deny",
        NotAction: [...password, ...passwordRules, ...enrolment].sort(),
        Resource: "*",
        Condition: withoutMfa,
      },
      {
        Sid: "OnlyOwnUserWithoutMfa",
        Effect: "Deny",
        Action: [...password, "iam:EnableMFADevice", "iam:ResyncMFADevice"],
        NotResource: ownUser,
        Condition: withoutMfa,
      },
      ...(machines.length === 0 ? [] : [machinesFromTheirNetworks(machines, machineUsers)]),
    ],
  });
}

/**
 * A request over a VPC endpoint has no public address and one over the internet no VPC, so each key counts where it is there.
 * What a service does for the caller comes from the service's network: the call that made it do so has been judged here. See
 * "AWS global condition context keys" and "AWS: Denies access to AWS based on the source IP" in the IAM User Guide.
 */
function machinesFromTheirNetworks(machines: readonly string[], { sources, vpcs }: MachineUsers): object {
  return {
    Sid: "MachinesFromTheirNetworksOnly",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      ArnLike: { "aws:PrincipalArn": machines },
      ...(sources.length === 0 ? {} : { NotIpAddressIfExists: { "aws:SourceIp": sources } }),
      ...(vpcs.length === 0 ? {} : { StringNotEqualsIfExists: { "aws:SourceVpc": vpcs } }),
      BoolIfExists: { "aws:ViaAWSService": "false" },
    },
  };
}
