import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";

const run = promisify(execFile);

/** Longer than a call takes, and shorter than anybody waits for a preview. */
const TIMEOUT_MS = 15_000;

/** What an account has of something that a stack is about to overwrite. */
export type PresentValue =
  | { readonly kind: "read"; readonly value: unknown }
  | { readonly kind: "none" }
  /** There is no `aws` command, or it has no credentials for this account that may read it. */
  | { readonly kind: "unreadable" };

/**
 * Asks the AWS CLI, since Pulumi's provider has no lookup for it and keeps its credentials to itself. The answer counts only where the
 * command works in the very account that `parent`'s provider works in.
 *
 * `command` is the service, the operation and its options; `none` the name of the error that says that there is nothing.
 */
export async function presentValue(
  command: readonly string[],
  none: string,
  parent: pulumi.Resource,
): Promise<PresentValue> {
  try {
    const [{ accountId }, callerId] = await Promise.all([getCallerIdentity({}, { parent }), callerOfCli()]);
    if (callerId !== accountId) return { kind: "unreadable" };
    return { kind: "read", value: await asked(command) };
  } catch (error) {
    return { kind: error instanceof Error && error.message.includes(`(${none})`) ? "none" : "unreadable" };
  }
}

/** By the options that decide it: one process can deploy several stacks. */
const callers = new Map<string, Promise<unknown>>();

/** The account that the command works in; asked for once, however many accounts are deployed to. */
function callerOfCli(): Promise<unknown> {
  const options = optionsOfCli().join(" ");
  const known =
    callers.get(options) ??
    asked(["sts", "get-caller-identity"]).then((identity) =>
      typeof identity === "object" && identity !== null && "Account" in identity ? identity.Account : undefined,
    );
  callers.set(options, known);
  return known;
}

/** Throws with what the command says where it does not succeed. */
async function asked(command: readonly string[]): Promise<unknown> {
  const { stdout } = await run("aws", [...command, ...optionsOfCli(), "--output", "json"], { timeout: TIMEOUT_MS });
  return JSON.parse(stdout);
}

/** What the stack's configuration says about the account, as the command takes it. */
function optionsOfCli(): readonly string[] {
  const config = new pulumi.Config("aws");
  return Object.entries({ profile: config.get("profile"), region: config.get("region") }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
}

/** An object's properties on one line, by their names: `MaxPasswordAge 365, MinimumPasswordLength 8`. */
export function inWords(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const shown = (it: unknown) => (typeof it === "string" ? it : JSON.stringify(it));
  return Object.entries(value)
    .map(([name, it]) => `${name} ${shown(it)}`)
    .join(", ");
}
