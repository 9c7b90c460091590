import { Organizations } from "@aws-sdk/client-organizations";
import { STS } from "@aws-sdk/client-sts";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";

const sts = client(STS);
const organizations = client(Organizations);

/** Answers the functions of the SDK that ask AWS; undefined for others. */
export async function lookedUp(token: string, _args: WireMap, aws: Connection): Promise<WireMap | undefined> {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity": {
      const { Account = "", Arn = "", UserId = "" } = await sts(aws).getCallerIdentity({});
      return { id: Account, accountId: Account, arn: Arn, userId: UserId };
    }
    case "aws:organizations/getOrganization:getOrganization":
      return organization(aws);
    default:
      return undefined;
  }
}

/** What the management account sees ("Data Source: aws_organizations_organization"). */
async function organization(aws: Connection): Promise<WireMap> {
  const client = organizations(aws);
  const { Organization: own = {} } = await client.describeOrganization({});
  const { Accounts = [] } = await client.listAccounts({});
  const { Roots = [] } = await client.listRoots({});
  const { EnabledServicePrincipals = [] } = await client.listAWSServiceAccessForOrganization({});
  const accounts = Accounts.map((it) => ({
    id: it.Id ?? "",
    arn: it.Arn ?? "",
    email: it.Email ?? "",
    joinedMethod: it.JoinedMethod ?? "",
    joinedTimestamp: it.JoinedTimestamp?.toISOString() ?? "",
    name: it.Name ?? "",
    state: it.State ?? "",
    status: it.Status ?? "",
  }));
  const roots = Roots.map((it) => ({
    id: it.Id ?? "",
    arn: it.Arn ?? "",
    name: it.Name ?? "",
    policyTypes: (it.PolicyTypes ?? []).map(({ Type = "", Status = "" }) => ({ type: Type, status: Status })),
  }));
  return {
    id: own.Id ?? "",
    arn: own.Arn ?? "",
    accounts,
    nonMasterAccounts: accounts.filter(({ id }) => id !== own.MasterAccountId),
    awsServiceAccessPrincipals: EnabledServicePrincipals.map((it) => it.ServicePrincipal ?? ""),
    enabledPolicyTypes: (roots[0]?.policyTypes ?? []).filter((it) => it.status === "ENABLED").map((it) => it.type),
    featureSet: own.FeatureSet ?? "",
    masterAccountArn: own.MasterAccountArn ?? "",
    masterAccountEmail: own.MasterAccountEmail ?? "",
    masterAccountId: own.MasterAccountId ?? "",
    masterAccountName: accounts.find(({ id }) => id === own.MasterAccountId)?.name ?? "",
    roots,
  };
}
