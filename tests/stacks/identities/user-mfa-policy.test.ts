import assert from "node:assert/strict";
import {
  type Call,
  type MfaOptions,
  mayCall,
  mfaHole,
  mfaRemovalForOthers,
  mfaSetUpForOthers,
  type Principal,
  parseDocument,
} from "../../../policypack/iam";
import { type UserMfaTerms, userMfaPolicy } from "../../../stacks/components/identities/user-mfa-policy";
import { isAllowed } from "../../iam/reference";

const account = { partition: "aws", id: "123456789012" };
const people: UserMfaTerms = {
  machineUsers: { paths: [], sources: [], vpcs: [] },
  ownKeys: ["access-keys"],
  passwordBeforeMfa: true,
};
const withMachines: UserMfaTerms = {
  ...people,
  machineUsers: { paths: ["/machines/"], sources: ["203.0.113.0/24"], vpcs: ["vpc-0a1b2c3d"] },
};
const ALLOW_EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

function userWith(terms: UserMfaTerms, who: Pick<Principal, "name" | "path">): Principal {
  const { document, faults } = parseDocument(userMfaPolicy(account, terms), "identity");
  assert.deepEqual(faults, []);
  if (document === undefined) throw new Error("the policy is none");
  return { kind: "user", account: account.id, partition: "aws", ...who, identity: [{ origin: "user-mfa", document }] };
}

function hole(principal: Principal, options: MfaOptions = {}): string {
  return mfaHole(principal, { mode: "robust", ...options }).answer;
}

describe("stacks: the gate for users, as the core decides", () => {
  it("holds for any user, whatever other policies there are", () => assert.equal(hole(userWith(people, {})), "no"));
  it("holds for people beside machine users", () => {
    assert.equal(hole(userWith(withMachines, { path: "/" })), "no");
    assert.equal(hole(userWith(withMachines, { path: "/people/machines/" })), "no");
    assert.equal(hole(userWith(withMachines, { path: "/machinesroom/" })), "no");
  });
  it("spares machine users, and only from their networks", () => {
    const verdict = mfaHole(userWith(withMachines, { path: "/machines/" }), { mode: "robust" });
    assert.equal(verdict.answer, "yes");
    assert.deepEqual(verdict.answer === "yes" && verdict.because.qualifiers, ["network"]);
  });
  it("lets nobody set up or forget a device for others without MFA", () => {
    const { identity, ...user } = userWith(people, { name: "anna", path: "/" });
    const everything = parseDocument(ALLOW_EVERYTHING, "identity").document;
    if (everything === undefined) throw new Error("the policy is none");
    const beside = { ...user, identity: [...identity, { origin: "other", document: everything }] };
    assert.equal(mfaSetUpForOthers(beside).answer, "no");
    assert.equal(mfaRemovalForOthers(beside).answer, "no");
  });

  const ways: readonly Call[] = [
    { action: "iam:CreateVirtualMFADevice", resources: ["arn:aws:iam::123456789012:mfa/phone"] },
    { action: "iam:EnableMFADevice", resources: ["arn:aws:iam::123456789012:user/people/anna"] },
    { action: "iam:ResyncMFADevice", resources: ["arn:aws:iam::123456789012:user/people/anna"] },
    { action: "iam:ListMFADevices", resources: ["arn:aws:iam::123456789012:user/people/anna"] },
    { action: "iam:ListVirtualMFADevices", resources: ["*"] },
    { action: "iam:GetUser", resources: ["arn:aws:iam::123456789012:user/people/anna"] },
    { action: "iam:GetMFADevice", resources: ["arn:aws:iam::123456789012:user/people/anna"] },
    { action: "iam:ChangePassword", resources: ["arn:aws:iam::123456789012:user/people/anna"] },
    { action: "iam:GetAccountPasswordPolicy", resources: ["*"] },
  ];
  for (const call of ways) {
    it(`lets a user without MFA call ${call.action}`, () => {
      const verdict = mayCall(userWith(withMachines, { name: "anna", path: "/people/" }), call);
      assert.equal(verdict.answer, "yes");
      assert.deepEqual(verdict.answer === "yes" && verdict.because.qualifiers, []);
    });
  }
});

describe("stacks: what the policy for users means, request by request", () => {
  const USER = "arn:aws:iam::123456789012:user/people/anna";
  const OTHER = "arn:aws:iam::123456789012:user/people/ben";
  const MACHINE = "arn:aws:iam::123456789012:user/machines/ci";
  const anna = { "aws:username": "anna", "aws:PrincipalArn": USER };
  const accessKey = { ...anna };
  const withoutMfa = { ...anna, "aws:MultiFactorAuthPresent": "false" };
  const withMfa = { ...anna, "aws:MultiFactorAuthPresent": "true" };
  const ci = { "aws:username": "ci", "aws:PrincipalArn": MACHINE, "aws:ViaAWSService": "false" };

  function may(action: string, resource: string, context: Record<string, string>): boolean {
    return isAllowed({ action, resource, context }, { identity: [userMfaPolicy(account, withMachines)] });
  }

  function mayAtMost(action: string, resource: string, context: Record<string, string>): boolean {
    const identity = [userMfaPolicy(account, withMachines), ALLOW_EVERYTHING];
    return isAllowed({ action, resource, context }, { identity });
  }

  it("uses nothing with an access key", () => assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", accessKey), false));
  it("uses nothing in the console without MFA", () =>
    assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", withoutMfa), false));
  it("uses with MFA what the user has", () => assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", withMfa), true));
  it("gets a session with MFA from an access key", () =>
    assert.equal(mayAtMost("sts:GetSessionToken", "*", accessKey), true));
  it("changes a first or expired password without MFA", () =>
    assert.equal(may("iam:ChangePassword", USER, withoutMfa), true));
  it("changes nobody else's", () => assert.equal(mayAtMost("iam:ChangePassword", OTHER, withoutMfa), false));
  it("takes its device away with MFA, not without", () => {
    assert.equal(may("iam:DeactivateMFADevice", USER, withMfa), true);
    assert.equal(mayAtMost("iam:DeactivateMFADevice", USER, withoutMfa), false);
  });
  it("forgets a device of its own name with MFA, and nobody else's", () => {
    const device = (name: string) => `arn:aws:iam::123456789012:mfa/${name}`;
    assert.equal(may("iam:DeleteVirtualMFADevice", device("anna"), withMfa), true);
    assert.equal(may("iam:DeleteVirtualMFADevice", device("anna-phone"), withMfa), true);
    assert.equal(may("iam:DeleteVirtualMFADevice", device("ben"), withMfa), false);
    assert.equal(mayAtMost("iam:DeleteVirtualMFADevice", device("anna"), withoutMfa), false);
  });
  it("makes an access key of its own with MFA where ownKeys lists them", () => {
    assert.equal(may("iam:CreateAccessKey", USER, withMfa), true);
    assert.equal(mayAtMost("iam:CreateAccessKey", USER, withoutMfa), false);
    assert.equal(may("iam:CreateAccessKey", OTHER, withMfa), false);
  });
  it("signs in on the command line, and works there with MFA only", () => {
    const client = "arn:aws:signin:us-east-1:123456789012:oauth2/public-client/localhost";
    assert.equal(may("signin:AuthorizeOAuth2Access", client, withMfa), true);
    assert.equal(may("signin:CreateOAuth2Token", client, { "aws:username": "anna", "aws:PrincipalArn": USER }), true);
    assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", withoutMfa), false);
  });

  it("lets a machine user work from its network", () =>
    assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", { ...ci, "aws:SourceIp": "203.0.113.9" }), true));
  it("lets a machine user work through its VPC's endpoint", () =>
    assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", { ...ci, "aws:SourceVpc": "vpc-0a1b2c3d" }), true));
  it("holds a machine user elsewhere on the internet", () =>
    assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", { ...ci, "aws:SourceIp": "198.51.100.9" }), false));
  it("holds a machine user in another VPC", () =>
    assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", { ...ci, "aws:SourceVpc": "vpc-99999999" }), false));
  it("holds a machine user of whom neither is known", () =>
    assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", ci), false));
  it("lets a service finish what a machine user has asked it for", () =>
    assert.equal(
      mayAtMost("s3:GetObject", "*", { ...ci, "aws:ViaAWSService": "true", "aws:SourceIp": "198.51.100.9" }),
      true,
    ));
  it("gives a machine user no self-service", () =>
    assert.equal(may("iam:CreateAccessKey", MACHINE, { ...ci, "aws:SourceIp": "203.0.113.9" }), false));
  it("does not spare a user who is only called like a machine's path", () =>
    assert.equal(
      mayAtMost("s3:ListAllMyBuckets", "*", {
        "aws:username": "machines",
        "aws:PrincipalArn": "arn:aws:iam::123456789012:user/machines",
        "aws:SourceIp": "203.0.113.9",
      }),
      false,
    ));
});
