import type { Principal } from "../../../policypack/iam";
import { hoursFromNow } from "./facts";

/** Somebody of whom nothing is open: what a principal becomes when all that is not known about it is filled in. */
export interface Caller {
  readonly kind: Principal["kind"];
  readonly partition: string;
  readonly account: string;
  readonly path: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

type Context = Readonly<Record<string, string | readonly string[]>>;

/** The credentials of a request, with the condition keys that they bring along. */
export interface Credentials {
  readonly name: string;
  readonly mfa: boolean;
  readonly context: Context;
}

/** Members of a group have names that the group does not tell. */
export const MEMBER = "bob";

/** "IAM identifiers", Friendly names and paths (IAM User Guide). */
export function arnOf({ kind, partition, account, path, name }: Caller): string {
  return `arn:${partition}:iam::${account}:${kind}${path}${name}`;
}

/** Whose requests are made: a member's where the caller is a group. */
export function requesterOf(caller: Caller): Caller {
  return caller.kind === "group" ? { ...caller, kind: "user", path: "/", name: MEMBER } : caller;
}

/** The region that answers for IAM in each partition ("AWS global condition context keys", aws:RequestedRegion). */
const IAM_REGION: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-cn": "cn-north-1",
};

export function iamRegion({ partition }: Pick<Caller, "partition">): string {
  const region = IAM_REGION[partition];
  if (region === undefined) throw new Error(`no region is known to answer for IAM in ${partition}`);
  return region;
}

/** A region of each partition in which there is CloudFormation ("AWS service endpoints", AWS General Reference). */
const STACK_REGION: Readonly<Record<string, string>> = {
  aws: "eu-central-1",
  "aws-us-gov": "us-gov-east-1",
  "aws-cn": "cn-northwest-1",
};

export function stackRegion({ partition }: Caller): string {
  return STACK_REGION[partition] ?? iamRegion({ partition });
}

/** The keys of who asks ("AWS global condition context keys", Properties of the principal). */
function identityContext(caller: Caller): Context {
  const requester = requesterOf(caller);
  return {
    "aws:principalarn": arnOf(requester),
    "aws:principalaccount": caller.account,
    ...(requester.kind === "user"
      ? { "aws:principaltype": "User", "aws:username": requester.name }
      : { "aws:principaltype": "AssumedRole" }),
    ...tagsOf(caller),
  };
}

/** Groups have no tags. */
export function tagsOf({ kind, tags }: Caller): Context {
  const own = kind === "group" ? [] : Object.entries(tags);
  return Object.fromEntries(own.map(([key, value]) => [`aws:principaltag/${key.toLowerCase()}`, value]));
}

/** Every sort of credentials of a user, a member of a group or a role; sessions began an hour before requests are made. */
export function credentialsOf(caller: Caller): readonly Credentials[] {
  const who = identityContext(caller);
  const session = { ...who, "aws:tokenissuetime": hoursFromNow(-1) };
  const withMfa = { ...session, "aws:multifactorauthpresent": "true", "aws:multifactorauthage": "60" };
  if (caller.kind === "role")
    return [
      { name: "a session", mfa: false, context: session },
      { name: "a session with MFA", mfa: true, context: withMfa },
    ];
  return [
    { name: "a long-term key", mfa: false, context: who },
    { name: "a session without MFA", mfa: false, context: { ...session, "aws:multifactorauthpresent": "false" } },
    { name: "a session with MFA", mfa: true, context: withMfa },
  ];
}
