import type { WireMap } from "../rpc";
import { ACCOUNT } from "./outputs";
import { policyDocument } from "./policy-document";

const ORGANIZATION = "o-exampleorg";

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
    roots: [{ id: "r-root", arn: arn("root", `${ORGANIZATION}/r-root`), name: "Root", policyTypes: [serviceControl] }],
  };
}
