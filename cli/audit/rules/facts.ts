import type { FilePosition } from "../../terminal/json-file";
import type { AccountRecords } from "../records/records";
import { recordIn, urnOf } from "../stack/account-stack";
import { rootUser } from "../stack/credentials";

/** Somebody or something that a rule of accounts judges. */
export interface AccountSubject {
  readonly urn: string;
  /** A name that people know: `user "anna"`, `root user`. */
  readonly name: string;
}

/** A user or the root user, with its row in the credential report. */
export interface Reported extends AccountSubject {
  readonly row: FilePosition;
}

/** What rules of accounts look at. */
export interface AccountFacts {
  readonly account: string;
  /** When it was read. */
  readonly readAt: Date;
  readonly rootUrn: string;
  readonly root?: Reported;
  readonly users: readonly Reported[];
  /** Its entries, by name ("GetAccountSummary", IAM API Reference). */
  readonly summary?: FilePosition;
  /** The ARN of whoever asked. */
  readonly caller?: string;
  readonly groups: readonly (AccountSubject & { readonly hasMembers: boolean })[];
}

export const ROOT_TYPE = "aws-account:index:RootUser";

export function factsOf(records: AccountRecords): AccountFacts {
  const { account, readAt } = records;
  const rootUrn = urnOf(account, ROOT_TYPE, "root");
  const users: Reported[] = [];
  let root: Reported | undefined;
  for (const row of recordIn(records, "credential-report")?.items() ?? []) {
    const name = row.required("user").text();
    if (name === rootUser) root = { urn: rootUrn, name: "root user", row };
    else users.push({ urn: urnOf(account, "aws:iam/user:User", name), name: `user "${name}"`, row });
  }
  const summary = recordIn(records, "account-summary")?.required("SummaryMap");
  const caller = recordIn(records, "caller-identity")?.required("Arn").text();
  return {
    ...{ account, readAt, rootUrn, users, groups: groupsOf(records) },
    ...(root === undefined ? {} : { root }),
    ...(summary === undefined ? {} : { summary }),
    ...(caller === undefined ? {} : { caller }),
  };
}

function groupsOf(records: AccountRecords): AccountFacts["groups"] {
  const details = recordIn(records, "authorization-details");
  const joined = new Set(
    (details?.itemsOf("UserDetailList") ?? []).flatMap((user) =>
      user.itemsOf("GroupList").map((group) => group.text()),
    ),
  );
  return (details?.itemsOf("GroupDetailList") ?? []).map((group) => {
    const name = group.required("GroupName").text();
    const urn = urnOf(records.account, "aws:iam/group:Group", name);
    return { urn, name: `group "${name}"`, hasMembers: joined.has(name) };
  });
}
