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
