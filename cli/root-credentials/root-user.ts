import { type AwsCaller, awsCall, fieldOf, listIn, Refused, type Session, textOf } from "./aws-cli";

/** What the root user of an account can sign in, sign or be asked with. */
export interface RootCredentials {
  readonly hasPassword: boolean;
  readonly accessKeys: readonly string[];
  readonly signingCertificates: readonly string[];
  readonly mfaDevices: readonly string[];
}

/** The tasks that a root session may be opened for, of those that AWS has: "Privileged tasks" in the IAM User Guide. */
export type RootTask = "IAMAuditRootUserCredentials" | "IAMDeleteRootUserCredentials";

/** AssumeRoot gives no more: fifteen minutes ("AssumeRoot" in the AWS STS API Reference). */
const SESSION_SECONDS = "900";

/**
 * Opens a root session in a member account, which may do one task and nothing else.
 *
 * @throws Refused where central root access is off, where the caller may not, or where a policy denies it
 */
export async function rootSession(
  account: string,
  task: RootTask,
  partition: string,
  caller: AwsCaller,
): Promise<AwsCaller> {
  const command = ["sts", "assume-root", "--target-principal", account, "--duration-seconds", SESSION_SECONDS];
  const policy = `arn=arn:${partition}:iam::aws:policy/root-task/${task}`;
  const answer = await awsCall([...command, "--task-policy-arn", policy], caller);
  const given = fieldOf(answer, "Credentials");
  const session: Session = {
    accessKeyId: textOf(given, "AccessKeyId"),
    secretAccessKey: textOf(given, "SecretAccessKey"),
    sessionToken: textOf(given, "SessionToken"),
  };
  return { region: caller.region, session };
}

/** What the root user has, seen in a root session. Throws {@link Refused} where that may not look. */
export async function rootCredentials(root: AwsCaller): Promise<RootCredentials> {
  const [hasPassword, keys, certificates, devices] = await Promise.all([
    rootHasPassword(root),
    awsCall(["iam", "list-access-keys"], root),
    awsCall(["iam", "list-signing-certificates"], root),
    awsCall(["iam", "list-mfa-devices"], root),
  ]);
  return {
    hasPassword,
    accessKeys: listIn(keys, "AccessKeyMetadata").map((it) => textOf(it, "AccessKeyId")),
    signingCertificates: listIn(certificates, "Certificates").map((it) => textOf(it, "CertificateId")),
    mfaDevices: listIn(devices, "MFADevices").map((it) => textOf(it, "SerialNumber")),
  };
}

async function rootHasPassword(root: AwsCaller): Promise<boolean> {
  try {
    await awsCall(["iam", "get-login-profile"], root);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.code === "NoSuchEntity") return false;
    throw error;
  }
}

/**
 * Deletes all of it, in a root session for that task: what lets in first, the second factors last, so that nothing is ever left with
 * less protection than before. Throws {@link Refused} at the first that cannot be deleted.
 */
export async function deleteRootCredentials(found: RootCredentials, root: AwsCaller): Promise<void> {
  for (const key of found.accessKeys) await awsCall(["iam", "delete-access-key", "--access-key-id", key], root);
  for (const certificate of found.signingCertificates) {
    await awsCall(["iam", "delete-signing-certificate", "--certificate-id", certificate], root);
  }
  if (found.hasPassword) await awsCall(["iam", "delete-login-profile"], root);
  for (const device of found.mfaDevices) {
    await awsCall(["iam", "deactivate-mfa-device", "--serial-number", device], root);
    await awsCall(["iam", "delete-virtual-mfa-device", "--serial-number", device], root).catch((error: unknown) => {
      // A passkey or a hardware token is no virtual device, and gone with its deactivation.
      if (!(error instanceof Refused && ["NoSuchEntity", "ValidationError"].includes(error.code))) throw error;
    });
  }
}

/** Whether there is nothing that anybody could sign in, sign or be asked with. */
export function isClean({ hasPassword, accessKeys, signingCertificates, mfaDevices }: RootCredentials): boolean {
  return !hasPassword && accessKeys.length + signingCertificates.length + mfaDevices.length === 0;
}
