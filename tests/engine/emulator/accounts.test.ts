import assert from "node:assert/strict";
import { type Account, accountAt } from "./account";
import { type Deployment, deployment, succeeded } from "./deployment";
import type { AccessKey, Moto } from "./moto";
import { needsEmulator } from "./suite";

const ROLE = "OrganizationAccountAccessRole";

const CONFIG = `config:
  aws:region: us-east-1
  aws-identity-guardrails:component: account-baseline
  aws-identity-guardrails:accounts:
    - { id: "111122223333", roleName: ${ROLE}, region: us-east-1 }
    - { id: "444455556666", roleName: ${ROLE}, region: eu-central-1 }
    - { id: "777788889999", roleName: ${ROLE}, region: us-east-1 }
  aws-identity-guardrails:securityContact:
    name: Security team
    title: On call
    emailAddress: aws-security@example.com
    phoneNumber: "+1 555 0100"
  aws-identity-guardrails:billingContact:
    name: Accounts payable
    title: Team
    emailAddress: aws-billing@example.com
    phoneNumber: "+1 555 0101"
  aws-identity-guardrails:operationsContact:
    name: Platform team
    title: On call
    emailAddress: aws-operations@example.com
    phoneNumber: "+1 555 0102"
  aws-identity-guardrails:repository: example-org/example-app
  aws-identity-guardrails:policyArns:
    - arn:aws:iam::aws:policy/AWSLambda_ReadOnlyAccess
`;

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "sts:AssumeRole" }],
});

/** A session of the role by which an account is reached. Without permissions enforced the emulator opens any. */
async function inside(moto: Moto, account: Account, id: string): Promise<Account> {
  const { Credentials: session } = await account.sts.assumeRole({
    RoleArn: `arn:aws:iam::${id}:role/${ROLE}`,
    RoleSessionName: "tests",
  });
  return accountAt(moto.endpoint, {
    accessKeyId: session?.AccessKeyId ?? "",
    secretAccessKey: session?.SecretAccessKey ?? "",
    sessionToken: session?.SessionToken ?? "",
  });
}

async function addRole({ iam }: Account, policy: string): Promise<void> {
  await iam.createRole({ RoleName: ROLE, AssumeRolePolicyDocument: TRUST });
  await iam.attachRolePolicy({ RoleName: ROLE, PolicyArn: `arn:aws:iam::aws:policy/${policy}` });
}

async function addAdministrator({ iam }: Account, UserName: string): Promise<AccessKey> {
  await iam.createUser({ UserName });
  await iam.attachUserPolicy({ UserName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  const { AccessKey: key } = await iam.createAccessKey({ UserName });
  return { accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" };
}

describe("the stack account-baseline, deployed to three accounts of which one refuses", function () {
  needsEmulator(this);
  let here: Deployment;
  let first: Account;
  let second: Account;
  let third: Account;
  let key: AccessKey;
  before(async () => {
    here = await deployment("account-baseline", async (moto, account) => {
      first = await inside(moto, account, "111122223333");
      await addRole(first, "AdministratorAccess");
      second = await inside(moto, account, "444455556666");
      await addRole(second, "AdministratorAccess");
      third = await inside(moto, account, "777788889999");
      await addRole(third, "ReadOnlyAccess");
      key = await addAdministrator(account, "deployer");
      return { config: CONFIG, key };
    });
  });
  after(() => here?.dispose());

  /** What the baseline sets in an account, as far as it is there. */
  async function baselineOf({ iam, contacts }: Account) {
    const passwords = await iam.getAccountPasswordPolicy({}).catch(() => undefined);
    const security = await contacts.getAlternateContact({ AlternateContactType: "SECURITY" }).catch(() => undefined);
    const deploy = await iam.listAttachedRolePolicies({ RoleName: "github-deploy" }).catch(() => undefined);
    const { OpenIDConnectProviderList = [] } = await iam.listOpenIDConnectProviders({});
    return {
      minimumPasswordLength: passwords?.PasswordPolicy?.MinimumPasswordLength,
      securityContact: security?.AlternateContact?.EmailAddress,
      deployRole: deploy?.AttachedPolicies?.map((it) => it.PolicyName),
      identityProviders: OpenIDConnectProviderList.length,
    };
  }

  const DONE = {
    minimumPasswordLength: 14,
    securityContact: "aws-security@example.com",
    deployRole: ["AWSLambda_ReadOnlyAccess"],
    identityProviders: 1,
  };
  const NOTHING = {
    minimumPasswordLength: undefined,
    securityContact: undefined,
    deployRole: undefined,
    identityProviders: 0,
  };

  it("names the account that refuses, and leaves the others done", async () => {
    await here.moto.enforcePermissions();
    const up = await here.stack.up("--skip-preview", "--continue-on-error");
    await here.moto.permitAll();
    assert.match(
      up.output,
      /\(account-baseline-777788889999-password-policy\): AccessDenied: User: arn:aws:sts::777788889999:assumed-role\/OrganizationAccountAccessRole\/\S+ is not authorized to perform: iam:UpdateAccountPasswordPolicy/,
    );
    assert.doesNotMatch(up.output, /error: \S+ \S+ \(account-baseline-(111122223333|444455556666)/);
    assert.notEqual(up.code, 0);
    assert.deepEqual(await baselineOf(first), DONE);
    assert.deepEqual(await baselineOf(second), DONE);
    assert.deepEqual(await baselineOf(third), NOTHING);
  });

  it("does the rest at the next up, when that account permits it, and then nothing more", async () => {
    await third.iam.attachRolePolicy({ RoleName: ROLE, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    await here.moto.enforcePermissions();
    succeeded(await here.stack.up("--skip-preview"));
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
    await here.moto.permitAll();
    assert.deepEqual(await baselineOf(third), DONE);
    assert.equal((await here.account.iam.listOpenIDConnectProviders({})).OpenIDConnectProviderList?.length, 0);
  });

  it("writes no key into the state", async () => {
    const { stdout } = succeeded(
      await here.stack.run(["stack", "export", "--show-secrets", "--stack", "account-baseline"]),
    );
    assert.ok(stdout.includes("777788889999"));
    assert.ok(!stdout.includes(key.secretAccessKey));
    assert.ok(!stdout.includes(key.accessKeyId));
  });

  it("leaves nothing in any account", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(
      [await baselineOf(first), await baselineOf(second), await baselineOf(third)],
      [NOTHING, NOTHING, NOTHING],
    );
  });
});
