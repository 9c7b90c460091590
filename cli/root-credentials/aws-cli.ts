import { execFile } from "node:child_process";
import { Failure } from "../terminal/failure";

/** Credentials of a session, as STS hands them out. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** What AWS says of a call that it refuses: `NoSuchEntity`, and the same in words. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Longer than a call takes with the CLI's own retries. */
const TIMEOUT_MS = 120_000;
const LONGEST_ANSWER = 64_000_000;

/** Who asks: whoever the AWS CLI is configured for, in this region; or a session. */
export interface AwsCaller {
  readonly region: string;
  readonly profile?: string | undefined;
  readonly session?: Session;
}

/**
 * Makes one call with the AWS CLI, which knows every way in which people sign in, and returns its answer.
 *
 * @param command the service, the operation and its options
 * @throws Refused where AWS refuses the call
 * @throws Failure where there is no AWS CLI, or where it cannot be understood
 */
export function awsCall(command: readonly string[], { region, profile, session }: AwsCaller): Promise<unknown> {
  const options = ["--region", region, "--output", "json", ...(profile === undefined ? [] : ["--profile", profile])];
  const own =
    session === undefined
      ? {}
      : {
          AWS_ACCESS_KEY_ID: session.accessKeyId,
          AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
          AWS_SESSION_TOKEN: session.sessionToken,
        };
  const { AWS_PROFILE: _others, ...inherited } = process.env;
  const env = { ...(session === undefined ? process.env : inherited), ...own, AWS_PAGER: "" };
  return new Promise((resolve, reject) => {
    const settings = { env, timeout: TIMEOUT_MS, maxBuffer: LONGEST_ANSWER };
    execFile("aws", [...command, ...options], settings, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trim() === "" ? {} : parsed(command, stdout));
      else reject(failureOf(command, error, stderr));
    });
  });
}

/** How the AWS CLI begins what it says of a refusal; the reason follows. */
const REFUSAL =
  /^An error occurred \((\w{1,128})\) when calling the \S{1,128} operation(?: \(reached max retries: \d{1,4}\))?: /;

function failureOf(command: readonly string[], error: NodeJS.ErrnoException | Error, stderr: string): Error {
  if ("code" in error && error.code === "ENOENT") {
    return new Failure("there is no AWS CLI (aws) on the PATH", "Install it: this command makes its calls with it.");
  }
  const line = stderr.split("\n").find((it) => it.startsWith("An error occurred (")) ?? "";
  const said = REFUSAL.exec(line);
  if (said !== null) return new Refused(said[1] ?? "", line.slice(said[0].length).trim());
  return new Failure(
    `aws ${command.slice(0, 2).join(" ")} failed`,
    "Sign in with the AWS CLI (aws login, aws sso login), or name a profile with --profile.",
    stderr.trim(),
  );
}

function parsed(command: readonly string[], text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`aws ${command.slice(0, 2).join(" ")} answered with no JSON`, "Update the AWS CLI.");
  }
}

/** The list at `name` in an answer of AWS, as objects; empty where it has none. */
export function listIn(answer: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
  const list = fieldOf(answer, name);
  return Array.isArray(list) ? list.filter((it) => typeof it === "object" && it !== null) : [];
}

export function fieldOf(answer: unknown, name: string): unknown {
  return typeof answer === "object" && answer !== null
    ? Object.getOwnPropertyDescriptor(answer, name)?.value
    : undefined;
}

/** A text that AWS always gives; a Failure names the call where it does not. */
export function textOf(answer: unknown, name: string): string {
  const text = fieldOf(answer, name);
  if (typeof text === "string") return text;
  throw new Failure(`the AWS CLI answered without ${name}`, "Update the AWS CLI.");
}
