import type { Policy } from "../../../policypack/iam";
import type { ProviderOf, Resource } from "../../../policypack/model";
import { Failure } from "../../terminal/failure";
import { FilePosition } from "../../terminal/json-file";
import type { AccountRecords, RecordKind } from "../records/records";

/** The project that every account stands for; the stack is the account. */
export const PROJECT = "aws";

/** An account as the resources of a stack that had made all of it. */
export interface AccountStack {
  readonly resources: readonly Resource[];
  /** Service control policies that bind the account, a list for each level from the root down; undefined where none do, or nobody knows. */
  readonly scps?: readonly (readonly Policy[])[];
  /** What was left aside on purpose, in words. */
  readonly leftOut: readonly string[];
}

/** A region of each partition: what the account's provider works in tells the partition ("AWS Regions", AWS General Reference). */
const regions: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-eusc": "eusc-de-east-1",
};

/** Resources of one account, as they are written. */
export class StackWriter {
  readonly resources: Resource[] = [];
  private readonly provider: ProviderOf;

  constructor(private readonly records: Pick<AccountRecords, "account" | "partition">) {
    const { account, partition } = records;
    const type = "pulumi:providers:aws";
    const region = regions[partition] ?? "us-east-1";
    const properties = { allowedAccountIds: JSON.stringify([account]), region };
    this.provider = { urn: urnOf(account, type, account), type, name: account, properties };
  }

  /** Adds a resource as the AWS provider would show it. Returns its URN. */
  add(type: string, name: string, properties: Readonly<Record<string, unknown>>): string {
    const urn = urnOf(this.records.account, type, name);
    const { provider } = this;
    this.resources.push({ urn, type, name, properties, dependencies: [], propertyDependencies: {}, provider });
    return urn;
  }
}

/**
 * The URN of what the account holds: the same in every audit of it. AWS's own rules for names leave nothing to encode; what a file claims to be
 * a name may hold anything.
 */
export function urnOf(account: string, type: string, name: string): string {
  const encoded = name.replace(/[^\w+=,.@/-]/gu, percentEncoded);
  return `urn:pulumi:${account}::${PROJECT}::${type}::${encoded}`;
}

/** Half of a surrogate pair stands for no character. */
function percentEncoded(character: string): string {
  return /[\ud800-\udfff]/u.test(character) ? "%EF%BF%BD" : encodeURIComponent(character);
}

/** What was read of a record, which knows where it stands; undefined where it was not read, or the account has none. */
export function recordIn({ records }: AccountRecords, kind: RecordKind): FilePosition | undefined {
  const record = records.get(kind);
  if (record?.state !== "read") return undefined;
  const value = record.value as FilePosition["value"];
  return new FilePosition({ name: record.source, value, positions: new Map(), duplicates: [] }, "$", value);
}

/** @throws Failure where the records are of another account than they say */
export function requireAccount({ account }: AccountRecords, place: FilePosition, arn: string): void {
  const named = /^arn:[^:]+:iam::([0-9]{12}):/.exec(arn)?.[1];
  if (named === account) return;
  const problem = named === undefined ? "this is no ARN of IAM" : `this is of account ${named}, and not of ${account}`;
  const fix = "Give what the AWS CLI prints of one account.";
  throw new Failure(`${place.file.name}: at ${place.path}: ${problem}`, fix);
}
