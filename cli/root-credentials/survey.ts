import { type AwsCaller, awsCall, fieldOf, listIn, Refused, textOf } from "./aws-cli";
import { deleteRootCredentials, isClean, type RootCredentials, rootCredentials, rootSession } from "./root-user";

/** What was found, or done, in one account. */
export type AccountAnswer = { readonly account: string; readonly name: string } & (
  | { readonly state: "clean" }
  | { readonly state: "found" | "deleted"; readonly credentials: RootCredentials }
  | { readonly state: "failed"; readonly reason: string }
);

export interface Survey {
  /** Twelve digits each; all open member accounts without any. */
  readonly accounts: readonly string[];
  readonly deletes: boolean;
}

/** Each runs four processes at a time. */
const ACCOUNTS_AT_ONCE = 3;

/**
 * Looks at the root credentials of member accounts, account by account, and deletes them where that is asked for. An account that
 * refuses does not keep the others from being done.
 *
 * @throws Refused where the organization may not be read
 */
export async function survey({ accounts, deletes }: Survey, caller: AwsCaller): Promise<readonly AccountAnswer[]> {
  const { Organization } = await organization(caller);
  const manager = textOf(Organization, "MasterAccountId");
  const partition = textOf(Organization, "Arn").split(":")[1] ?? "aws";
  const listed = listIn(await awsCall(["organizations", "list-accounts"], caller), "Accounts")
    .map((it) => ({ id: textOf(it, "Id"), name: textOf(it, "Name"), isOpen: isOpen(it) }))
    .filter(({ id, isOpen }) => id !== manager && (accounts.length === 0 ? isOpen : accounts.includes(id)));
  const strangers = accounts.filter((id) => !listed.some((it) => it.id === id));
  const missing = strangers.map((account): AccountAnswer => {
    const reason =
      account === manager ? "the management account: no root session can be opened there" : "no member account";
    return { account, name: "", state: "failed", reason };
  });
  const answers = await inTurns(listed, ({ id, name }) => answerOf(id, name, partition, deletes, caller));
  return [...answers, ...missing];
}

async function organization(caller: AwsCaller): Promise<{ readonly Organization: unknown }> {
  return { Organization: fieldOf(await awsCall(["organizations", "describe-organization"], caller), "Organization") };
}

function isOpen(account: unknown): boolean {
  return (fieldOf(account, "State") ?? fieldOf(account, "Status")) === "ACTIVE";
}

async function answerOf(
  account: string,
  name: string,
  partition: string,
  deletes: boolean,
  caller: AwsCaller,
): Promise<AccountAnswer> {
  try {
    const looking = await rootSession(account, "IAMAuditRootUserCredentials", partition, caller);
    const credentials = await rootCredentials(looking);
    if (isClean(credentials)) return { account, name, state: "clean" };
    if (!deletes) return { account, name, state: "found", credentials };
    await deleteRootCredentials(
      credentials,
      await rootSession(account, "IAMDeleteRootUserCredentials", partition, caller),
    );
    return { account, name, state: "deleted", credentials };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { account, name, state: "failed", reason: `${error.code}: ${error.message}` };
  }
}

/** Some at once, the answers in order. */
async function inTurns<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const entries = items.entries();
  const worker = async () => {
    for (const [index, item] of entries) results[index] = await act(item);
  };
  await Promise.all(Array.from({ length: ACCOUNTS_AT_ONCE }, worker));
  return results;
}
