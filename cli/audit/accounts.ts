import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Door } from "../terminal/door";
import { Failure, messageOf } from "../terminal/failure";
import { within } from "../terminal/within";
import { accountsIn } from "./files/read-files";
import type { AuditFlags } from "./flags";
import { type LiveReader, openLive } from "./live/live-reader";
import type { AccountRecords } from "./records/records";
import { MANIFEST, saveRecords } from "./records/saved-records";

/** An account that was read, or why it was not. */
export type Read =
  | { readonly account: string; readonly records: AccountRecords }
  | { readonly account: string; readonly failure: Failure };

/**
 * Reads the accounts that the command line names, several at once within a bound; each is handed on as soon as it is there, and the failure of
 * one leaves the others.
 *
 * @throws Failure for bad input, before any account is read
 */
export async function* readAccounts(flags: AuditFlags, door: Door, now: Date): AsyncIterable<Read> {
  requireSense(flags);
  if (flags.from.length > 0) {
    for (const records of accountsIn(flags.from, now)) yield { account: records.account, records };
    return;
  }
  const { assumeRole, save, resume } = flags;
  const live = await openLive(flags);
  const accounts = flags.organization === true ? await live.accounts() : (flags.accounts ?? [live.account]);
  const read = async (account: string): Promise<Read> => {
    try {
      const folder = save === undefined ? undefined : join(save, account);
      if (resume === true && folder !== undefined && existsSync(join(folder, MANIFEST))) {
        const [records] = accountsIn([folder], now);
        if (records !== undefined) return { account, records };
      }
      const records = await within(flags.accountTimeout, readLive(live, account, assumeRole), () => {
        throw tooSlow(account, flags.accountTimeout);
      });
      if (folder !== undefined) saveRecords(folder, records, (value) => door.jsonText(value));
      return { account, records };
    } catch (error) {
      return { account, failure: failureOf(account, error) };
    }
  };
  yield* sideBySide(accounts, flags.concurrency, read);
}

/** The account of the credentials needs no role in itself. */
function readLive(live: LiveReader, account: string, role: string | undefined): Promise<AccountRecords> {
  return role === undefined || account === live.account ? live.read() : live.readAs(account, role);
}

function tooSlow(account: string, seconds: number): Failure {
  return new Failure(
    `account ${account} was not read within ${seconds} seconds`,
    "Give it more time with --account-timeout, and go on with --save FOLDER --resume.",
  );
}

function failureOf(account: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const name = error instanceof Error ? `${error.name}: ` : "";
  return new Failure(
    `account ${account} cannot be read: ${name}${messageOf(error)}`,
    "See that the role of --assume-role is there and trusts these credentials; the other accounts were read.",
  );
}

/** Results in the order of the items, of which no more than `most` are worked on at once. */
async function* sideBySide<A, T>(items: readonly A[], most: number, work: (item: A) => Promise<T>): AsyncIterable<T> {
  const running: Promise<T>[] = [];
  let next = 0;
  const start = () => {
    const item = items[next];
    next += 1;
    if (item !== undefined) running.push(work(item));
  };
  while (next < Math.min(most, items.length)) start();
  for (let first = running.shift(); first !== undefined; first = running.shift()) {
    yield await first;
    if (next < items.length) start();
  }
}

function requireSense({
  from,
  organization,
  accounts,
  assumeRole,
  save,
  resume,
  profile,
  endpointUrl,
}: AuditFlags): void {
  const refuse = (message: string, fix: string): never => {
    throw new Failure(message, fix);
  };
  const live = {
    "--profile": profile,
    "--endpoint-url": endpointUrl,
    "--save": save,
    "--organization": organization,
    "--accounts": accounts,
  };
  const [beside] = Object.entries(live).filter(([, value]) => value !== undefined);
  if (from.length > 0 && beside !== undefined)
    refuse(`--from and ${beside[0]} exclude each other: files are not asked`, "Leave one of them out.");
  if (organization === true && accounts !== undefined)
    refuse("--organization and --accounts exclude each other", "Leave one of them out.");
  if ((organization === true || accounts !== undefined) && assumeRole === undefined)
    refuse(
      "other accounts are read by a role in each of them, and none is named",
      "Name it: --assume-role SecurityAudit",
    );
  if (assumeRole !== undefined && organization !== true && accounts === undefined)
    refuse("--assume-role: in which accounts?", "Say --organization, or --accounts 111122223333,444455556666.");
  if (resume === true && save === undefined) refuse("--resume: from which folder?", "Name it: --save FOLDER --resume");
}
