import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { type Account, Organizations } from "@aws-sdk/client-organizations";
import { STS } from "@aws-sdk/client-sts";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";
import { identityProviderOf } from "./iam-identity-providers";
import { allUsers, groupOf, roleOf, rolesBelow, userOf } from "./iam-lookups";
import { identityOf } from "./identity-store";
import { kept } from "./kept";
import { instances } from "./sso-admin";
import { text } from "./values";

const sts = client(STS);
const organizations = client(Organizations);
const cloudTrail = client(CloudTrail);

/** Answers the functions of the SDK that ask AWS; undefined for others. */
export async function lookedUp(token: string, args: WireMap, aws: Connection): Promise<WireMap | undefined> {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return callerIdentity(aws);
    case "aws:organizations/getOrganization:getOrganization":
      return organization(aws);
    case "aws:organizations/getOrganizationalUnitDescendantOrganizationalUnits:getOrganizationalUnitDescendantOrganizationalUnits":
      return {
        id: text(args, "parentId"),
        parentId: text(args, "parentId"),
        childrens: await units(text(args, "parentId"), aws),
      };
    case "aws:organizations/getOrganizationalUnitDescendantAccounts:getOrganizationalUnitDescendantAccounts":
      return {
        id: text(args, "parentId"),
        parentId: text(args, "parentId"),
        accounts: await accountsBelow(text(args, "parentId"), aws),
      };
    case "aws:iam/getGroup:getGroup":
      return groupOf(text(args, "groupName"), aws);
    case "aws:iam/getRole:getRole":
      return roleOf(text(args, "name"), aws);
    case "aws:iam/getRoles:getRoles":
      return rolesBelow(text(args, "pathPrefix"), aws);
    case "aws:iam/getUser:getUser":
      return userOf(text(args, "userName"), aws);
    case "aws:iam/getUsers:getUsers":
      return allUsers(aws);
    case "aws:identitystore/getGroup:getGroup":
      return identityOf("Group", args, aws);
    case "aws:identitystore/getUser:getUser":
      return identityOf("User", args, aws);
    case "aws:ssoadmin/getInstances:getInstances":
      return instances(aws);
    case "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider":
      return identityProviderOf(text(args, "url"), aws);
    case "aws:cloudcontrol/getResource:getResource":
      return cloudControlResource(text(args, "typeName"), text(args, "identifier"), aws);
    default:
      return undefined;
  }
}

export async function callerIdentity(aws: Connection) {
  const { Account = "", Arn = "", UserId = "" } = await sts(aws).getCallerIdentity({});
  return { id: Account, accountId: Account, arn: Arn, userId: UserId };
}

/** What the management account sees ("Data Source: aws_organizations_organization"). */
async function organization(aws: Connection): Promise<WireMap> {
  const client = organizations(aws);
  const { Organization: own = {} } = await client.describeOrganization({});
  const { Accounts = [] } = await client.listAccounts({});
  const { Roots = [] } = await client.listRoots({});
  const { EnabledServicePrincipals = [] } = await client.listAWSServiceAccessForOrganization({});
  const accounts = Accounts.map(accountShown);
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
    awsServiceAccessPrincipals: [
      ...EnabledServicePrincipals.map((it) => it.ServicePrincipal ?? ""),
      ...kept().trustedServices,
    ],
    enabledPolicyTypes: (roots[0]?.policyTypes ?? []).filter((it) => it.status === "ENABLED").map((it) => it.type),
    featureSet: own.FeatureSet ?? "",
    masterAccountArn: own.MasterAccountArn ?? "",
    masterAccountEmail: own.MasterAccountEmail ?? "",
    masterAccountId: own.MasterAccountId ?? "",
    masterAccountName: accounts.find(({ id }) => id === own.MasterAccountId)?.name ?? "",
    roots,
  };
}

function accountShown(it: Account) {
  return {
    id: it.Id ?? "",
    arn: it.Arn ?? "",
    email: it.Email ?? "",
    joinedMethod: it.JoinedMethod ?? "",
    joinedTimestamp: it.JoinedTimestamp?.toISOString() ?? "",
    name: it.Name ?? "",
    state: it.State ?? "",
    status: it.Status ?? "",
  };
}

/** All organizational units below a root or unit. */
async function units(parentId: string, aws: Connection): Promise<WireMap[]> {
  const asked = { ParentId: parentId };
  const { OrganizationalUnits = [] } = await organizations(aws).listOrganizationalUnitsForParent(asked);
  const below = await Promise.all(OrganizationalUnits.map((it) => units(it.Id ?? "", aws)));
  const own = OrganizationalUnits.map(({ Id = "", Arn = "", Name = "" }) => ({ id: Id, arn: Arn, name: Name }));
  return [...own, ...below.flat()];
}

/** All accounts in a root or unit and below. */
async function accountsBelow(parentId: string, aws: Connection): Promise<WireMap[]> {
  const own: WireMap[] = [];
  let NextToken: string | undefined;
  do {
    const page = await organizations(aws).listAccountsForParent({ ParentId: parentId, NextToken });
    own.push(...(page.Accounts ?? []).map(accountShown));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const { OrganizationalUnits = [] } = await organizations(aws).listOrganizationalUnitsForParent({
    ParentId: parentId,
  });
  const below = await Promise.all(OrganizationalUnits.map((it) => accountsBelow(it.Id ?? "", aws)));
  return [...own, ...below.flat()];
}

/** The emulator has no Cloud Control API: what that would say of a trail is put together from CloudTrail's own. */
async function cloudControlResource(typeName: string, identifier: string, aws: Connection): Promise<WireMap> {
  if (typeName !== "AWS::CloudTrail::Trail") throw new Error(`the stand-in provider knows no ${typeName}`);
  const { Trail: trail } = await cloudTrail(aws).getTrail({ Name: identifier });
  const { IsLogging } = await cloudTrail(aws).getTrailStatus({ Name: identifier });
  const selectors = await cloudTrail(aws).getEventSelectors({ TrailName: identifier });
  const properties = JSON.stringify({
    TrailName: trail?.Name,
    IsLogging,
    IsMultiRegionTrail: trail?.IsMultiRegionTrail,
    IsOrganizationTrail: trail?.IsOrganizationTrail,
    IncludeGlobalServiceEvents: trail?.IncludeGlobalServiceEvents,
    CloudWatchLogsLogGroupArn: trail?.CloudWatchLogsLogGroupArn,
    EventSelectors: selectors.EventSelectors,
    AdvancedEventSelectors: selectors.AdvancedEventSelectors,
  });
  return { id: identifier, identifier, typeName, properties, region: aws.region };
}
