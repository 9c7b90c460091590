import assert from "node:assert/strict";
import { mayCall, type Policy, type Principal, parseDocument, type Witness } from "../../../policypack/iam";
import {
  type Guardrail,
  type GuardrailTerms,
  guardrails,
  regionGuard,
  scpOf,
} from "../../../stacks/components/organization/guardrails";
import { isAllowed } from "../../iam/reference";

const terms: GuardrailTerms = {
  exemptRoles: ["OrganizationAccountAccessRole"],
  protectedRoles: ["administrator"],
  exemptUserPaths: ["/machines/"],
  protectedTrails: ["organization-trail"],
  allowedRegions: ["eu-central-1", "eu-west-1"],
};
const ALLOW_EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

function policy(text: unknown, kind: "identity" | "scp"): Policy {
  const { document, faults } = parseDocument(text, kind);
  assert.deepEqual(faults, []);
  if (document === undefined) throw new Error("the policy is none");
  return { origin: kind, document };
}

/** An administrator of a member account under AWS's own policy and this one. */
function administrator(content: string, who: Pick<Principal, "kind" | "name" | "path">): Principal {
  return {
    account: "123456789012",
    partition: "aws",
    ...who,
    identity: [policy(ALLOW_EVERYTHING, "identity")],
    scps: [[policy(ALLOW_EVERYTHING, "scp"), policy(content, "scp")]],
  };
}

const ANY_ROLE = { kind: "role", name: "platform", path: "/" } as const;
const ANY_USER = { kind: "user", name: "anna", path: "/" } as const;
const EXEMPT_ROLE = { kind: "role", name: "OrganizationAccountAccessRole", path: "/" } as const;
const IMPOSTOR = { kind: "role", name: "OrganizationAccountAccessRole", path: "/team/" } as const;

function call(
  name: Guardrail | "regions",
  who: Pick<Principal, "kind" | "name" | "path">,
  action: string,
  resource = "*",
): "yes" | "no" | "unknown" {
  const content = scpOf(name === "regions" ? regionGuard(terms) : guardrails[name](terms));
  return mayCall(administrator(content, who), { action, resources: [resource] }).answer;
}

describe("stacks: guardrails of member accounts, as the core decides", () => {
  it("leave-organization lets nobody take the account out", () => {
    assert.equal(call("leave-organization", ANY_ROLE, "organizations:LeaveOrganization"), "no");
    assert.equal(call("leave-organization", ANY_USER, "organizations:LeaveOrganization"), "no");
    assert.equal(call("leave-organization", EXEMPT_ROLE, "organizations:LeaveOrganization"), "no");
    assert.equal(call("leave-organization", ANY_ROLE, "organizations:DescribeOrganization"), "yes");
  });

  const person = "arn:aws:iam::123456789012:user/anna";
  const machine = "arn:aws:iam::123456789012:user/machines/ci";

  it("iam-users lets nobody make a user or a key", () => {
    assert.equal(call("iam-users", ANY_ROLE, "iam:CreateUser", person), "no");
    assert.equal(call("iam-users", ANY_ROLE, "iam:CreateAccessKey", person), "no");
    assert.equal(call("iam-users", ANY_USER, "iam:CreateAccessKey", person), "no");
    assert.equal(call("iam-users", ANY_ROLE, "iam:CreateLoginProfile", person), "no");
  });
  it("iam-users lets nobody move a user to an exempt path", () =>
    assert.equal(call("iam-users", ANY_ROLE, "iam:UpdateUser", person), "no"));
  it("iam-users leaves users of an exempt path, and taking users and keys away", () => {
    assert.equal(call("iam-users", ANY_ROLE, "iam:CreateUser", machine), "yes");
    assert.equal(call("iam-users", ANY_ROLE, "iam:CreateAccessKey", machine), "yes");
    assert.equal(call("iam-users", ANY_ROLE, "iam:DeleteAccessKey", person), "yes");
    assert.equal(call("iam-users", ANY_ROLE, "iam:DeleteUser", person), "yes");
  });
  it("iam-users spares the exempt role, and none of its name with a path", () => {
    assert.equal(call("iam-users", EXEMPT_ROLE, "iam:CreateUser", person), "yes");
    assert.equal(call("iam-users", IMPOSTOR, "iam:CreateUser", person), "no");
  });

  const adminRole = "arn:aws:iam::123456789012:role/administrator";
  const accessRole = "arn:aws:iam::123456789012:role/OrganizationAccountAccessRole";

  it("admin-roles lets nobody change an administrators' role or an exempt one", () => {
    assert.equal(call("admin-roles", ANY_ROLE, "iam:UpdateAssumeRolePolicy", adminRole), "no");
    assert.equal(call("admin-roles", ANY_ROLE, "iam:PutRolePolicy", accessRole), "no");
    assert.equal(call("admin-roles", ANY_USER, "iam:DeleteRole", adminRole), "no");
  });
  it("admin-roles lets nobody make an exempt role where there is none", () =>
    assert.equal(call("admin-roles", ANY_ROLE, "iam:CreateRole", accessRole), "no"));
  it("admin-roles leaves other roles, and assuming these", () => {
    assert.equal(call("admin-roles", ANY_ROLE, "iam:CreateRole", "arn:aws:iam::123456789012:role/app"), "yes");
    assert.equal(call("admin-roles", ANY_ROLE, "sts:AssumeRole", adminRole), "yes");
    assert.equal(call("admin-roles", EXEMPT_ROLE, "iam:UpdateAssumeRolePolicy", adminRole), "yes");
  });

  const trail = "arn:aws:cloudtrail:us-east-1:123456789012:trail/organization-trail";

  it("trail lets nobody stop or change the trail", () => {
    assert.equal(call("trail", ANY_ROLE, "cloudtrail:StopLogging", trail), "no");
    assert.equal(call("trail", ANY_ROLE, "cloudtrail:DeleteTrail", trail), "no");
    assert.equal(call("trail", ANY_USER, "cloudtrail:PutEventSelectors", trail), "no");
  });
  it("trail leaves other trails, and reading", () => {
    const own = "arn:aws:cloudtrail:us-east-1:123456789012:trail/own-trail";
    assert.equal(call("trail", ANY_ROLE, "cloudtrail:StopLogging", own), "yes");
    assert.equal(call("trail", ANY_ROLE, "cloudtrail:LookupEvents"), "yes");
  });

  it("password-policy lets nobody weaken it", () => {
    assert.equal(call("password-policy", ANY_ROLE, "iam:DeleteAccountPasswordPolicy"), "no");
    assert.equal(call("password-policy", ANY_USER, "iam:UpdateAccountPasswordPolicy"), "no");
    assert.equal(call("password-policy", EXEMPT_ROLE, "iam:UpdateAccountPasswordPolicy"), "yes");
    assert.equal(call("password-policy", ANY_ROLE, "iam:GetAccountPasswordPolicy"), "yes");
  });

  it("central-root-access lets nobody switch it off, and sessions be opened", () => {
    assert.equal(call("central-root-access", ANY_ROLE, "iam:DisableOrganizationsRootSessions"), "no");
    assert.equal(call("central-root-access", ANY_ROLE, "iam:DisableOrganizationsRootCredentialsManagement"), "no");
    assert.equal(call("central-root-access", ANY_ROLE, "iam:EnableOrganizationsRootSessions"), "yes");
    assert.equal(call("central-root-access", ANY_ROLE, "sts:AssumeRoot"), "yes");
  });

  it("regions leaves work in the regions in use", () => {
    const content = scpOf(regionGuard(terms));
    const verdict = mayCall(administrator(content, ANY_ROLE), { action: "ec2:RunInstances", resources: ["*"] });
    const witness: Witness | undefined = verdict.answer === "yes" ? verdict.because.witnesses[0] : undefined;
    assert.match(String(witness?.context["aws:requestedregion"]), /^eu-(central|west)-1$/);
  });
  it("regions leaves services that have none", () => {
    assert.equal(call("regions", ANY_ROLE, "iam:CreateRole"), "yes");
    assert.equal(call("regions", ANY_ROLE, "cloudfront:CreateDistribution"), "yes");
    assert.equal(call("regions", ANY_ROLE, "route53:ChangeResourceRecordSets"), "yes");
    assert.equal(call("regions", ANY_ROLE, "organizations:DescribeOrganization"), "yes");
    assert.equal(call("regions", ANY_ROLE, "globalaccelerator:CreateAccelerator"), "yes");
    assert.equal(call("regions", ANY_ROLE, "support:CreateCase"), "yes");
  });
});

describe("stacks: what the guardrails mean, request by request", () => {
  function may(content: string, action: string, context: Record<string, string>, resource = "*"): boolean {
    const scps = [[ALLOW_EVERYTHING, content]];
    return isAllowed({ action, resource, context }, { identity: [ALLOW_EVERYTHING], scps });
  }

  const role = { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/platform" };
  const root = { "aws:PrincipalArn": "arn:aws:iam::123456789012:root" };
  const inRegion = (region: string) => ({ ...role, "aws:RequestedRegion": region });
  const guard = scpOf(regionGuard(terms));

  it("hold the root user of a member account too", () => {
    assert.equal(may(scpOf(guardrails["leave-organization"]()), "organizations:LeaveOrganization", root), false);
    const key = "arn:aws:iam::123456789012:root";
    assert.equal(may(scpOf(guardrails["iam-users"](terms)), "iam:CreateAccessKey", root, key), false);
    assert.equal(may(scpOf(guardrails["password-policy"](terms)), "iam:DeleteAccountPasswordPolicy", root), false);
  });
  it("hold in China and AWS GovCloud (US) as well", () => {
    const change = "iam:UpdateAssumeRolePolicy";
    const content = scpOf(guardrails["admin-roles"](terms));
    assert.equal(may(content, change, role, "arn:aws-cn:iam::123456789012:role/administrator"), false);
    assert.equal(may(content, change, role, "arn:aws-us-gov:iam::123456789012:role/administrator"), false);
  });
  it("end work in other regions", () => {
    assert.equal(may(guard, "ec2:RunInstances", inRegion("eu-west-1")), true);
    assert.equal(may(guard, "ec2:RunInstances", inRegion("us-west-2")), false);
    assert.equal(may(guard, "tomorrow:DoThings", inRegion("us-west-2")), false);
    assert.equal(may(guard, "ec2:DescribeRegions", inRegion("us-west-2")), true);
  });
  it("leave CloudFront its certificates in us-east-1, and nobody others elsewhere", () => {
    assert.equal(may(guard, "acm:RequestCertificate", inRegion("us-east-1")), true);
    assert.equal(may(guard, "acm:RequestCertificate", inRegion("eu-west-1")), true);
    assert.equal(may(guard, "acm:RequestCertificate", inRegion("us-west-2")), false);
  });
  it("spare the exempt role in every region", () =>
    assert.equal(
      may(guard, "ec2:TerminateInstances", {
        "aws:PrincipalArn": "arn:aws:iam::123456789012:role/OrganizationAccountAccessRole",
        "aws:RequestedRegion": "us-west-2",
      }),
      true,
    ));
});
