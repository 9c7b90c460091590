/** The records that the rules' examples are made of, written once. */

/** `aws iam get-account-summary` */
export function summary(entries: Readonly<Record<string, number>>) {
  return { SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, ...entries } };
}

type Row = Readonly<Record<string, string>>;

/** A row of the credential report; columns that are left out are those of a user without credentials. */
export function row(user: string, columns: Row = {}): Row {
  return {
    user,
    arn: user === "<root_account>" ? "arn:aws:iam::111122223333:root" : `arn:aws:iam::111122223333:user/${user}`,
    user_creation_time: "2026-01-05T09:00:00+00:00",
    password_enabled: "false",
    password_last_used: "N/A",
    password_last_changed: "N/A",
    password_next_rotation: "N/A",
    mfa_active: "false",
    access_key_1_active: "false",
    access_key_1_last_rotated: "N/A",
    access_key_1_last_used_date: "N/A",
    access_key_2_active: "false",
    access_key_2_last_rotated: "N/A",
    access_key_2_last_used_date: "N/A",
    cert_1_active: "false",
    cert_1_last_rotated: "N/A",
    cert_2_active: "false",
    cert_2_last_rotated: "N/A",
    ...columns,
  };
}

export function root(columns: Row = {}): Row {
  return row("<root_account>", { password_enabled: "not_supported", ...columns });
}

/** `aws iam get-account-authorization-details`, of groups and their members alone. */
export function members(groups: Readonly<Record<string, readonly string[]>>) {
  const users = [...new Set(Object.values(groups).flat())];
  return {
    GroupDetailList: Object.keys(groups).map((name) => ({
      GroupName: name,
      Arn: `arn:aws:iam::111122223333:group/${name}`,
      Path: "/",
    })),
    UserDetailList: users.map((name) => ({
      UserName: name,
      Arn: `arn:aws:iam::111122223333:user/${name}`,
      Path: "/",
      GroupList: Object.keys(groups).filter((group) => groups[group]?.includes(name)),
    })),
  };
}

/** When the accounts of the examples are read. */
export const readAt = new Date("2026-06-01T12:00:00Z");
