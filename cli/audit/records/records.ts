/**
 * What an audit reads of an account, a record for each call or group of calls. The value of each is what the AWS CLI prints of the
 * command beside it, pages joined, so that a live account, `--save` and `--from` have one form.
 */
export type RecordKind =
  /** `aws sts get-caller-identity` */
  | "caller-identity"
  /** `aws iam get-account-authorization-details` */
  | "authorization-details"
  /** `aws iam get-credential-report`, its content decoded: a row for each user and for root, a column each, as text. */
  | "credential-report"
  /** `aws iam get-account-summary` */
  | "account-summary"
  /** `aws iam get-account-password-policy` */
  | "password-policy"
  /** `aws iam list-virtual-mfa-devices` */
  | "virtual-mfa-devices"
  /** `aws account get-alternate-contact`, by its three types; null where the account has none. */
  | "alternate-contacts"
  /** `aws organizations describe-organization` */
  | "organization"
  /** The account's path from the root of the organization, with the service control policies that are attached at each place. */
  | "service-control-policies"
  /** `aws iam list-organizations-features` */
  | "organizations-features"
  /** Permission sets with their policies and their assignments to this account. */
  | "permission-sets"
  /** Entitlements of account access manager. */
  | "entitlements";

export type AccountRecord =
  /** `source`: the file, or the call, for people. */
  | { readonly state: "read"; readonly value: unknown; readonly source: string }
  /** AWS says that the account has none. */
  | { readonly state: "none" }
  /** Nobody may say what it would hold. `permission`: the IAM action that was refused. */
  | { readonly state: "not read"; readonly because: string; readonly permission?: string };

/** Everything that was read of one account at one time. */
export interface AccountRecords {
  /** Twelve digits. */
  readonly account: string;
  readonly partition: string;
  /** When it was read: what is "recent" counts from here. */
  readonly readAt: Date;
  readonly records: ReadonlyMap<RecordKind, AccountRecord>;
}

/**
 * The value of "service-control-policies": no single command of the AWS CLI prints it. One entry for each place on the account's path,
 * from the root of the organization down to the account itself.
 */
export interface ServiceControlPolicies {
  readonly Path: readonly {
    /** `r-ab12`, `ou-ab12-11112222` or the account's twelve digits. */
    readonly Id: string;
    /** As `aws organizations list-policies-for-target` prints them, each with its `Content` of `describe-policy`. */
    readonly Policies: readonly {
      readonly Id: string;
      readonly Arn?: string;
      readonly Name?: string;
      readonly AwsManaged?: boolean;
      readonly Content: string;
    }[];
  }[];
}

/** The value of "permission-sets": those that are provisioned to the account, each with what the commands of `aws sso-admin` print of it. */
export interface PermissionSets {
  readonly PermissionSets: readonly {
    readonly PermissionSetArn: string;
    readonly Name: string;
    /** ISO 8601, such as `PT1H`. */
    readonly SessionDuration?: string;
    /** The JSON text; left out or empty where there is none. */
    readonly InlinePolicy?: string;
    readonly AttachedManagedPolicies?: readonly { readonly Name?: string; readonly Arn: string }[];
    readonly CustomerManagedPolicyReferences?: readonly { readonly Name: string; readonly Path?: string }[];
    readonly PermissionsBoundary?: {
      readonly ManagedPolicyArn?: string;
      readonly CustomerManagedPolicyReference?: { readonly Name: string; readonly Path?: string };
    };
    /** In this account. */
    readonly Assignments?: readonly { readonly PrincipalType: string; readonly PrincipalId: string }[];
  }[];
}

/** The value of "alternate-contacts": what `aws account get-alternate-contact` prints as `AlternateContact`, null where there is none. */
export type AlternateContacts = Readonly<
  Record<"SECURITY" | "BILLING" | "OPERATIONS", Readonly<Record<string, string>> | null>
>;

/** The value of "credential-report": a row for each user and for root (`<root_account>`), by the names of the columns. */
export type CredentialReport = readonly Readonly<Record<string, string>>[];
