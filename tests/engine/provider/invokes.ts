import type { WireMap } from "../rpc";
import { ACCOUNT } from "./outputs";
import { policyDocument } from "./policy-document";

const ORGANIZATION = "o-exampleorg";
const ROOT = "r-ab12";

/** Answers a function of the SDK, or undefined for one that the stand-in does not know. */
export function invoked(token: string, args: WireMap, region: string): WireMap | undefined {
  switch (token) {
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return policyDocument(args);
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        id: ACCOUNT,
        accountId: ACCOUNT,
        arn: `arn:aws:iam::${ACCOUNT}:user/engine`,
        userId: "AIDAEXAMPLEENGINEUSER",
      };
    case "aws:index/getPartition:getPartition":
      return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
    case "aws:index/getRegion:getRegion": {
      const asked = typeof args.region === "string" ? args.region : typeof args.name === "string" ? args.name : region;
      return { id: asked, region: asked, name: asked, description: asked, endpoint: `ec2.${asked}.amazonaws.com` };
    }
    case "aws:organizations/getOrganization:getOrganization":
      return organization();
    case "aws:organizations/getOrganizationalUnitDescendantOrganizationalUnits:getOrganizationalUnitDescendantOrganizationalUnits":
      return { id: ROOT, parentId: args.parentId ?? ROOT, childrens: [unit()] };
    case "aws:iam/getUser:getUser":
      return {
        id: `AIDA${args.userName}`,
        arn: `arn:aws:iam::${ACCOUNT}:user/${args.userName}`,
        path: "/",
        permissionsBoundary: "",
        userId: `AIDA${args.userName}`,
        userName: args.userName ?? "",
        tags: {},
      };
    case "aws:iam/getGroup:getGroup":
      return {
        id: `AGPA${args.groupName}`,
        arn: `arn:aws:iam::${ACCOUNT}:group/${args.groupName}`,
        groupId: `AGPA${args.groupName}`,
        groupName: args.groupName ?? "",
        path: "/",
        users: [],
      };
    case "aws:iam/getRoles:getRoles":
      return { id: region, arns: [], names: [] };
    case "aws:ssoadmin/getInstances:getInstances":
      return {
        id: region,
        region,
        arns: ["arn:aws:sso:::instance/ssoins-1234567890abcdef"],
        identityStoreIds: ["d-1234567890"],
      };
    case "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider":
      throw new Error("finding IAM OIDC Provider by url: not found");
    case "aws:cloudcontrol/getResource:getResource":
      return args.typeName === "AWS::CloudTrail::Trail" ? trail(args, region) : undefined;
    default:
      return undefined;
  }
}

function organization(): WireMap {
  const arn = (kind: string, id: string) => `arn:aws:organizations::${ACCOUNT}:${kind}/${id}`;
  const master = {
    id: ACCOUNT,
    arn: arn("account", `${ORGANIZATION}/${ACCOUNT}`),
    email: "aws@example.com",
    joinedMethod: "INVITED",
    joinedTimestamp: "2026-01-01T00:00:00Z",
    name: "management",
    state: "ACTIVE",
    status: "ACTIVE",
  };
  const serviceControl = { type: "SERVICE_CONTROL_POLICY", status: "ENABLED" };
  return {
    id: ORGANIZATION,
    arn: arn("organization", ORGANIZATION),
    accounts: [master],
    nonMasterAccounts: [],
    awsServiceAccessPrincipals: [],
    enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
    featureSet: "ALL",
    masterAccountArn: master.arn,
    masterAccountEmail: master.email,
    masterAccountId: ACCOUNT,
    masterAccountName: master.name,
    roots: [{ id: ROOT, arn: arn("root", `${ORGANIZATION}/${ROOT}`), name: "Root", policyTypes: [serviceControl] }],
  };
}

/** The unit that the examples of the companion stacks name. */
function unit(): WireMap {
  const id = "ou-ab12-example1";
  return { id, arn: `arn:aws:organizations::${ACCOUNT}:ou/${ORGANIZATION}/${id}`, name: "workloads" };
}

/** An organization trail that leaves nothing out and delivers to a log group of its own name. */
function trail({ identifier = "", typeName = "" }: WireMap, region: string): WireMap {
  const properties = JSON.stringify({
    TrailName: identifier,
    IsLogging: true,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: true,
    IncludeGlobalServiceEvents: true,
    CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${ACCOUNT}:log-group:${identifier}:*`,
  });
  return { id: identifier, identifier, typeName, properties, region };
}
