import assert from "node:assert/strict";
import {
  type AccountPolicy,
  adminPower,
  escalationPaths,
  type Policy,
  type Principal,
  parseDocument,
} from "../../../policypack/iam";
import {
  boundaryArnOf,
  boundaryPolicy,
  type DeveloperBoundaryTerms,
  delegationPolicy,
} from "../../../stacks/components/identities/developer-boundary-policies";
import { isAllowed } from "../../iam/reference";

const account = { partition: "aws", id: "123456789012" };
const terms: DeveloperBoundaryTerms = {
  teamPath: "/teams/",
  boundaryName: "developer-boundary",
  passableRoles: [],
  assumableRoles: [],
};
const BOUNDARY = boundaryArnOf(account, "developer-boundary");
const ALLOW_EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

function policy(text: unknown): Policy {
  const { document, faults } = parseDocument(text, "identity");
  assert.deepEqual(faults, []);
  if (document === undefined) throw new Error("the policy is none");
  return { origin: "policy", document };
}

const inTheAccount: readonly AccountPolicy[] = [
  { arn: BOUNDARY, policy: policy(boundaryPolicy(account, terms)) },
  { arn: boundaryArnOf(account, "developer-delegation"), policy: policy(delegationPolicy(account, terms)) },
];

/** A role with these policies and, unless it is left out, the boundary. */
function role(identity: readonly unknown[], boundary?: string): Principal {
  return {
    kind: "role",
    account: account.id,
    partition: "aws",
    identity: identity.map(policy),
    accountPolicies: inTheAccount,
    ...(boundary === undefined ? {} : { boundary: policy(boundary), boundaryArn: BOUNDARY }),
  };
}

/** Ways to more power that need nothing in place and that no path of the teams' holds. */
function openWays(principal: Principal): readonly string[] {
  return escalationPaths(principal)
    .filter(({ path }) => path.tier === "block" && path.requires === "none")
    .filter(({ verdict }) => verdict.answer !== "yes" || !verdict.because.qualifiers.includes("resource"))
    .map(({ path }) => path.id);
}

describe("stacks: the developers' boundary, as the core decides", () => {
  it("leaves no administrator of a role that may do everything, and no way to one", () => {
    const bounded = role([ALLOW_EVERYTHING], boundaryPolicy(account, terms));
    assert.equal(adminPower(bounded).answer, "no");
    assert.deepEqual(openWays(bounded), []);
  });

  it("is what holds it: without the boundary the same role is an administrator", () => {
    const verdict = adminPower(role([ALLOW_EVERYTHING]));
    assert.equal(verdict.answer === "yes" && verdict.because.level, "full");
  });

  it("would leave a way if it did not ask for itself on the roles that are made", () => {
    const open = JSON.parse(boundaryPolicy(account, terms));
    const making = open.Statement.find(({ Sid }: { Sid: string }) => Sid === "MakeBoundedRoles");
    making.Condition = undefined;
    making.Resource = "*";
    assert.equal(adminPower(role([ALLOW_EVERYTHING], JSON.stringify(open))).answer, "yes");
  });

  it("would leave a way if any role could be passed", () => {
    const open = boundaryPolicy(account, { ...terms, passableRoles: ["arn:aws:iam::123456789012:role/*"] });
    assert.notDeepEqual(openWays(role([ALLOW_EVERYTHING], open)), []);
  });

  it("holds where the teams' roles may assume named roles elsewhere", () => {
    const reaching = { ...terms, assumableRoles: ["arn:aws:iam::210987654321:role/deploy-*"] };
    const bounded = role([ALLOW_EVERYTHING], boundaryPolicy(account, reaching));
    assert.equal(adminPower(bounded).answer, "no");
    assert.deepEqual(openWays(bounded), []);
  });

  it("makes no administrator of whoever has the delegation alone", () => {
    const delegate = role([delegationPolicy(account, terms)]);
    assert.equal(adminPower(delegate).answer, "no");
    assert.deepEqual(openWays(delegate), []);
  });

  it("makes none of who may make and pass any role, and rewrite any policy, by another policy", () => {
    const careless = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["iam:*Role*", "iam:*PolicyVersion", "iam:*InstanceProfile*", "lambda:*", "ec2:*"],
          Resource: "*",
        },
      ],
    };
    assert.equal(adminPower(role([careless])).answer, "yes");
    const delegate = role([careless, delegationPolicy(account, terms)]);
    assert.equal(adminPower(delegate).answer, "no");
    assert.deepEqual(openWays(delegate), []);
  });
});

describe("stacks: what the developers' policies mean, request by request", () => {
  const OWN_ROLE = "arn:aws:iam::123456789012:role/teams/app";
  const OTHER_ROLE = "arn:aws:iam::123456789012:role/administrator";
  const withBoundary = { "iam:PermissionsBoundary": BOUNDARY };

  /** A team member with the delegation and nothing else. */
  function member(action: string, resource: string, context: Record<string, string> = {}): boolean {
    return isAllowed({ action, resource, context }, { identity: [delegationPolicy(account, terms)] });
  }

  /** A team's role that grants itself everything. */
  function teamRole(action: string, resource: string, context: Record<string, string> = {}): boolean {
    const boundary = boundaryPolicy(account, terms);
    return isAllowed({ action, resource, context }, { identity: [ALLOW_EVERYTHING], boundary });
  }

  it("lets a member make a role with the boundary below the path", () =>
    assert.equal(member("iam:CreateRole", OWN_ROLE, withBoundary), true));
  it("lets it make none without the boundary", () => assert.equal(member("iam:CreateRole", OWN_ROLE), false));
  it("lets it make none with another boundary", () =>
    assert.equal(
      member("iam:CreateRole", OWN_ROLE, {
        "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
      false,
    ));
  it("lets it make none beside the path", () =>
    assert.equal(member("iam:CreateRole", OTHER_ROLE, withBoundary), false));
  it("lets it give its role a policy as long as the boundary is on it", () => {
    assert.equal(member("iam:AttachRolePolicy", OWN_ROLE, withBoundary), true);
    assert.equal(member("iam:AttachRolePolicy", OWN_ROLE), false);
  });
  it("lets nobody take the boundary off or rewrite it", () => {
    assert.equal(member("iam:DeleteRolePermissionsBoundary", OWN_ROLE, withBoundary), false);
    assert.equal(member("iam:CreatePolicyVersion", BOUNDARY), false);
    assert.equal(teamRole("iam:DeleteRolePermissionsBoundary", OWN_ROLE, withBoundary), false);
    assert.equal(teamRole("iam:CreatePolicyVersion", BOUNDARY), false);
  });
  it("lets a member write policies below the path", () =>
    assert.equal(member("iam:CreatePolicyVersion", "arn:aws:iam::123456789012:policy/teams/app"), true));
  it("lets it pass its own roles to a service, and no other", () => {
    assert.equal(member("iam:PassRole", OWN_ROLE, { "iam:PassedToService": "lambda.amazonaws.com" }), true);
    assert.equal(member("iam:PassRole", OTHER_ROLE, { "iam:PassedToService": "lambda.amazonaws.com" }), false);
  });
  it("lets a team's role do its work", () => {
    assert.equal(teamRole("s3:GetObject", "arn:aws:s3:::app/key"), true);
    assert.equal(teamRole("tomorrow:DoThings", "*"), true);
    assert.equal(teamRole("organizations:DescribeOrganization", "*"), true);
  });
  it("lets it make roles like its own", () => assert.equal(teamRole("iam:CreateRole", OWN_ROLE, withBoundary), true));
  it("lets it make no users and keys", () => {
    assert.equal(teamRole("iam:CreateUser", "arn:aws:iam::123456789012:user/teams/back"), false);
    assert.equal(teamRole("iam:CreateAccessKey", "arn:aws:iam::123456789012:user/anna"), false);
  });
  it("lets it do nothing that IAM has not yet", () => assert.equal(teamRole("iam:MakeAdministrator", "*"), false));
  it("lets it assume its own roles, and no other", () => {
    assert.equal(teamRole("sts:AssumeRole", OWN_ROLE), true);
    assert.equal(teamRole("sts:AssumeRole", OTHER_ROLE), false);
    assert.equal(teamRole("sts:AssumeRoot", "arn:aws:iam::210987654321:root"), false);
  });
  it("lets it into no other door to administrators", () => {
    assert.equal(teamRole("sso:CreateAccountAssignment", "*"), false);
    assert.equal(teamRole("identitystore:CreateGroupMembership", "*"), false);
    assert.equal(teamRole("account-access:CreateEntitlement", "*"), false);
    assert.equal(teamRole("rolesanywhere:CreateTrustAnchor", "*"), false);
    assert.equal(teamRole("organizations:LeaveOrganization", "*"), false);
  });
});
