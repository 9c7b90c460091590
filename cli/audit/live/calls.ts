import type { AccountRecord } from "../records/records";
import type { AuditAction } from "./actions";

/**
 * Makes one record of calls.
 *
 * - What AWS says that there is none of: names of errors in `none`.
 * - What may not be called, or does not answer: not read, with the action that was asked for last.
 *
 * @param source for people
 */
export async function recordOf(
  source: string,
  read: (asking: Asking) => Promise<unknown>,
  none: readonly string[] = [],
): Promise<AccountRecord> {
  let action: AuditAction | undefined;
  const asking: Asking = async (name, call) => {
    action = name;
    return await call();
  };
  try {
    return { state: "read", value: plain(await read(asking)), source };
  } catch (error) {
    const { name, message } = nameAndMessage(error);
    if (none.includes(name)) return { state: "none" };
    const permission = isRefusal(name) && action !== undefined ? { permission: action } : {};
    const because =
      permission.permission === undefined
        ? `${action ?? source} failed: ${name}: ${message}`
        : `${permission.permission} is not allowed`;
    return { state: "not read", because, ...permission };
  }
}

/** Makes a call, and notes which permission it needs. */
export type Asking = <T>(action: AuditAction, call: () => Promise<T>) => Promise<T>;

function isRefusal(name: string): boolean {
  return /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedException)$/.test(name);
}

export function nameAndMessage(error: unknown): { readonly name: string; readonly message: string } {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: "Error", message: String(error) };
}

/** A result as the AWS CLI prints it: without the SDK's own member, moments as text, URL-encoded documents decoded. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "string") return decoded(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([name, member]) => name !== "$metadata" && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}

/** "Policy documents returned by this API are URL-encoded" (IAM API Reference); one that is broken stays as it is, for the reader to name. */
function decoded(text: string): unknown {
  if (!/^%7B/i.test(text)) return text;
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return text;
  }
}

/** All pages of a list, joined. */
export async function allPages<Page, Item>(
  next: (token: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  tokenOf: (page: Page) => string | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await next(token);
    items.push(...(itemsOf(page) ?? []));
    token = tokenOf(page);
  } while (token !== undefined);
  return items;
}
