import { join } from "node:path";
import { Failure } from "../../terminal/failure";
import type { AccountRecords } from "../records/records";

export interface LiveOptions {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  /** Of an emulator; for every service. */
  readonly endpointUrl?: string | undefined;
}

/** Accounts that can be asked. */
export interface LiveReader {
  /** That of the credentials, twelve digits. */
  readonly account: string;
  /** Ids of the organization's active accounts. @throws Failure where they may not be listed */
  accounts(): Promise<readonly string[]>;
  /** The account of the credentials. */
  read(): Promise<AccountRecords>;
  /** Another account, by a role in it. @throws the SDK's error where the role cannot be assumed */
  readAs(account: string, role: string): Promise<AccountRecords>;
}

/** The AWS clients, in one file that nothing but a live audit loads; the build makes it of read-account.ts. */
export const LIVE_BUNDLE = "read-account.bundle.js";

/** @throws Failure where nobody knows who asks */
export async function openLive(options: LiveOptions): Promise<LiveReader> {
  // The clients are those of this release, whatever comes to need a newer Node.js.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { liveReader } = require(join(__dirname, LIVE_BUNDLE)) as {
    liveReader: (options: LiveOptions, NewFailure: typeof Failure) => Promise<LiveReader>;
  };
  return await liveReader(options, Failure);
}
