import { Account as AccountContacts } from "@aws-sdk/client-account";
import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { Organizations } from "@aws-sdk/client-organizations";
import { SNS } from "@aws-sdk/client-sns";
import { SSOAdmin } from "@aws-sdk/client-sso-admin";
import { STS } from "@aws-sdk/client-sts";
import type { AccessKey } from "./moto";

/** The account of a key that the emulator does not know, as long as it does not enforce permissions. */
export const OWN_ACCOUNT = "123456789012";

// The SDK's notice that it will drop Node 20 would stand between the tests' results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const ANYONE: AccessKey = { accessKeyId: "AKIAENGINETESTS", secretAccessKey: "engine-tests" };

/** What a program, or a test, needs to reach the emulator. */
export function environmentOf(endpoint: string, key: AccessKey = ANYONE): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  };
}

/** An account through the AWS SDK's clients. */
export interface Account {
  cloudTrail: CloudTrail;
  cloudWatch: CloudWatch;
  contacts: AccountContacts;
  events: EventBridge;
  iam: IAM;
  kms: KMS;
  logs: CloudWatchLogs;
  organizations: Organizations;
  sns: SNS;
  ssoAdmin: SSOAdmin;
  sts: STS;
}

/** The AWS SDK's own clients for what an account holds at the emulator. */
export function accountAt(
  endpoint: string,
  credentials: AccessKey & { sessionToken?: string } = ANYONE,
  region = "us-east-1",
): Account {
  const connection = { endpoint, credentials, region };
  return {
    contacts: new AccountContacts(connection),
    cloudTrail: new CloudTrail(connection),
    cloudWatch: new CloudWatch(connection),
    events: new EventBridge(connection),
    iam: new IAM(connection),
    kms: new KMS(connection),
    logs: new CloudWatchLogs(connection),
    organizations: new Organizations(connection),
    sns: new SNS(connection),
    ssoAdmin: new SSOAdmin(connection),
    sts: new STS(connection),
  };
}
