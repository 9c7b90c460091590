import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Stands in for the AWS CLI where no emulator can: none opens root sessions. It holds each call to what the AWS CLI Command Reference
 * demands of it, and to the task of the session; what root users have is in the folder that STAND_IN_FOLDER names, a file an account.
 */
interface RootUser {
  password: boolean;
  keys: string[];
  certificates: string[];
  devices: string[];
  /** No root session can be opened. */
  denies?: true;
}

const [service = "", operation = "", ...given] = process.argv.slice(2);
const options = new Map<string, string>();
for (let at = 0; at < given.length; at += 2) options.set(given[at] ?? "", given[at + 1] ?? "");
const folder = process.env.STAND_IN_FOLDER ?? "";
const [account = "", task = ""] = (process.env.AWS_SESSION_TOKEN ?? "").split("|");

function refuse(code: string, message: string): never {
  process.stderr.write(`\nAn error occurred (${code}) when calling the ${operation} operation: ${message}\n`);
  process.exit(254);
}

function demand(name: string, pattern: RegExp): string {
  const value = options.get(name) ?? "";
  if (!pattern.test(value)) {
    process.stderr.write(`aws: error: ${name} is "${value}"\n`);
    process.exit(252);
  }
  return value;
}

function fileOf(id: string): string {
  return join(folder, `${id}.json`);
}

function rootOf(id: string): RootUser {
  return JSON.parse(readFileSync(fileOf(id), "utf8"));
}

/** In a root session for deleting: without the task that says so nothing can be changed. */
function change(act: (root: RootUser) => void): object {
  if (task !== "IAMDeleteRootUserCredentials") refuse("AccessDenied", `the session's task is ${task}`);
  const root = rootOf(account);
  act(root);
  writeFileSync(fileOf(account), JSON.stringify(root));
  return {};
}

function taken(list: string[], option: string): void {
  const at = list.indexOf(demand(option, /./));
  if (at === -1) refuse("NoSuchEntity", `${option} is not there`);
  list.splice(at, 1);
}

function assumeRoot(): object {
  if (account !== "") refuse("AccessDenied", "a root session opens no other");
  const target = demand("--target-principal", /^[0-9]{12}$/);
  const [, asked] = /^arn=arn:aws:iam::aws:policy\/root-task\/(\w+)$/.exec(demand("--task-policy-arn", /./)) ?? [];
  if (Number(demand("--duration-seconds", /^[0-9]+$/)) > 900) refuse("ValidationError", "900 seconds at most");
  if (rootOf(target).denies) refuse("AccessDenied", `not authorized to perform: sts:AssumeRoot on ${target}`);
  const SessionToken = `${target}|${asked}`;
  return { Credentials: { AccessKeyId: "ASIAIOSFODNN7EXAMPLE", SecretAccessKey: "session-secret", SessionToken } };
}

function answer(): object {
  demand("--region", /^us-east-1$/);
  demand("--output", /^json$/);
  switch (`${service} ${operation}`) {
    case "organizations describe-organization":
      return {
        Organization: { MasterAccountId: "123456789012", Arn: "arn:aws:organizations::123456789012:organization/o-a" },
      };
    case "organizations list-accounts":
      return JSON.parse(readFileSync(join(folder, "accounts.json"), "utf8"));
    case "sts assume-root":
      return assumeRoot();
  }
  if (account === "") refuse("AccessDenied", "not in a root session");
  const root = rootOf(account);
  switch (`${service} ${operation}`) {
    case "iam get-login-profile":
      return root.password ? { LoginProfile: {} } : refuse("NoSuchEntity", "Login Profile for User cannot be found.");
    case "iam list-access-keys":
      return { AccessKeyMetadata: root.keys.map((AccessKeyId) => ({ AccessKeyId })) };
    case "iam list-signing-certificates":
      return { Certificates: root.certificates.map((CertificateId) => ({ CertificateId })) };
    case "iam list-mfa-devices":
      return { MFADevices: root.devices.map((SerialNumber) => ({ SerialNumber })) };
    case "iam delete-login-profile":
      return change((it) => {
        it.password = false;
      });
    case "iam delete-access-key":
      return change((it) => taken(it.keys, "--access-key-id"));
    case "iam delete-signing-certificate":
      return change((it) => taken(it.certificates, "--certificate-id"));
    case "iam deactivate-mfa-device":
      return change((it) => {
        if (it.password) refuse("AccessDenied", "the password would be left without its second factor");
        taken(it.devices, "--serial-number");
      });
    case "iam delete-virtual-mfa-device":
      return refuse("NoSuchEntity", "VirtualMFADevice does not exist");
    default:
      return refuse("InvalidAction", `${service} ${operation}`);
  }
}

process.stdout.write(`${JSON.stringify(answer())}\n`);
