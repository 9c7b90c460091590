import { AccountClient } from "@aws-sdk/client-account";
import { IAMClient } from "@aws-sdk/client-iam";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Failure } from "../../terminal/failure";
import type { AccountRecord, AccountRecords, RecordKind } from "../records/records";
import { nameAndMessage } from "./calls";
import { identityRecords } from "./identities";
import type { LiveOptions, LiveReader } from "./live-reader";
import { alternateContacts, OrganizationReader } from "./organization";
import { permissionSets } from "./permission-sets";

/** IAM and Organizations answer here in the partition `aws`; other partitions are told by the region that is set. */
const GLOBAL_REGION = "us-east-1";

const MOST_ATTEMPTS = 8;

/**
 * Reads live accounts with the credentials that the AWS SDK finds, as the AWS CLI does.
 *
 * @param NewFailure the command's own class: this module is bundled apart
 * @throws Failure where nobody knows who asks: no credentials, or expired ones
 */
export async function liveReader(options: LiveOptions, NewFailure: typeof Failure): Promise<LiveReader> {
  const config = configOf(options);
  const sts = new STSClient(config);
  let caller: Caller;
  try {
    caller = await callerOf(sts);
  } catch (error) {
    const { name, message } = nameAndMessage(error);
    throw new NewFailure(
      `AWS does not say whose credentials these are: ${name}: ${message}`,
      "Sign in (aws sso login, or aws login), or name a profile with --profile; aws sts get-caller-identity tells whether it works.",
    );
  }
  const organization = new OrganizationReader(new OrganizationsClient(config));
  const identityCenter = new SSOAdminClient(config);
  const read = async (identity: Caller, own: ClientConfig): Promise<AccountRecords> => {
    const { account, arn } = identity;
    const readAt = new Date();
    const asked: Partial<Record<RecordKind, Promise<AccountRecord>>> = {
      ...identityRecords(new IAMClient(own)),
      "alternate-contacts": alternateContacts(new AccountClient(own)),
      organization: organization.organization(),
      "service-control-policies": organization.serviceControlPolicies(account),
      "permission-sets": permissionSets(identityCenter, account),
    };
    const records = new Map<RecordKind, AccountRecord>([
      ["caller-identity", { state: "read", value: identity.printed, source: "sts get-caller-identity" }],
    ]);
    for (const [kind, record] of Object.entries(asked)) records.set(kind as RecordKind, await record);
    records.set("entitlements", {
      state: "not read",
      because: "account access manager has no client that an audit could ask",
    });
    return { account, partition: arn.split(":")[1] ?? "aws", readAt, records };
  };
  return {
    account: caller.account,
    accounts: async () => {
      try {
        return await organization.accounts((_, call) => call());
      } catch (error) {
        const { name, message } = nameAndMessage(error);
        throw new NewFailure(
          `the accounts of the organization cannot be listed: ${name}: ${message}`,
          "Use credentials of the management account or of a delegated administrator (organizations:ListAccounts), or name the accounts with --accounts.",
        );
      }
    },
    read: () => read(caller, config),
    readAs: async (account, role) => {
      const RoleArn = `arn:${caller.arn.split(":")[1] ?? "aws"}:iam::${account}:role/${role}`;
      const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "identity-audit" }));
      const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken } = Credentials ?? {};
      const credentials = { accessKeyId, secretAccessKey, ...(SessionToken && { sessionToken: SessionToken }) };
      const { profile: _, ...others } = config;
      const own = { ...others, credentials };
      return await read(await callerOf(new STSClient(own)), own);
    },
  };
}

interface Caller {
  readonly account: string;
  readonly arn: string;
  readonly printed: Readonly<Record<string, string | undefined>>;
}

async function callerOf(sts: STSClient): Promise<Caller> {
  const { Account = "", Arn = "", UserId } = await sts.send(new GetCallerIdentityCommand({}));
  return { account: Account, arn: Arn, printed: { UserId, Account, Arn } };
}

type ClientConfig = ReturnType<typeof configOf>;

function configOf({ profile, region, endpointUrl }: LiveOptions) {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return {
    region: region ?? AWS_REGION ?? AWS_DEFAULT_REGION ?? GLOBAL_REGION,
    retryMode: "adaptive",
    maxAttempts: MOST_ATTEMPTS,
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
  };
}
