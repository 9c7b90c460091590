import assert from "node:assert/strict";
import { type Account, accountAt } from "../engine/emulator/account";
import { type Deployment, deployment, succeeded } from "../engine/emulator/deployment";
import { needsEmulator } from "../engine/emulator/suite";

const ACCOUNTS = 60;

function config(unit: string): string {
  return `config:
  aws:region: us-east-1
  aws-identity-guardrails:component: account-baseline
  aws-identity-guardrails:maxPasswordAge: 60
  aws-identity-guardrails:organizationalUnits:
    - { id: ${unit}, roleName: OrganizationAccountAccessRole, region: us-east-1 }
`;
}

describe("the stack account-baseline, deployed to sixty accounts of a unit", function () {
  needsEmulator(this);
  this.timeout(40 * 60_000);
  let here: Deployment;
  let unit = "";
  const ids: string[] = [];

  async function addAccount({ organizations }: Account, root: string): Promise<void> {
    const name = `a${ids.length}`;
    const created = await organizations.createAccount({ Email: `${name}@example.com`, AccountName: name });
    const id = created.CreateAccountStatus?.AccountId ?? "";
    await organizations.moveAccount({ AccountId: id, SourceParentId: root, DestinationParentId: unit });
    ids.push(id);
  }

  /** How long passwords live in an account; undefined where it has no policy. */
  async function ageIn(id: string): Promise<number | undefined> {
    const { Credentials: session } = await here.account.sts.assumeRole({
      RoleArn: `arn:aws:iam::${id}:role/OrganizationAccountAccessRole`,
      RoleSessionName: "tests",
    });
    const { iam } = accountAt(here.moto.endpoint, {
      accessKeyId: session?.AccessKeyId ?? "",
      secretAccessKey: session?.SecretAccessKey ?? "",
      sessionToken: session?.SessionToken ?? "",
    });
    const found = await iam.getAccountPasswordPolicy({}).catch(() => undefined);
    return found?.PasswordPolicy?.MaxPasswordAge;
  }

  async function ages(): Promise<readonly (number | undefined)[]> {
    return [...new Set(await Promise.all(ids.map(ageIn)))];
  }

  async function timed<T>(what: string, act: () => Promise<T>): Promise<T> {
    const start = Date.now();
    const result = await act();
    console.log(`      ${what}: ${Math.round((Date.now() - start) / 1000)} s`);
    return result;
  }

  let root = "";
  before(async () => {
    here = await deployment("account-baseline", async (_moto, account) => {
      await account.organizations.createOrganization({ FeatureSet: "ALL" });
      root = (await account.organizations.listRoots({})).Roots?.[0]?.Id ?? "";
      const made = await account.organizations.createOrganizationalUnit({ ParentId: root, Name: "workloads" });
      unit = made.OrganizationalUnit?.Id ?? "";
      while (ids.length < ACCOUNTS) await addAccount(account, root);
      return { config: config(unit) };
    });
  });
  after(() => here?.dispose());

  it("sets the baseline in each", async () => {
    succeeded(await timed("up", () => here.stack.up("--skip-preview", "--continue-on-error")));
    assert.deepEqual(await ages(), [60]);
    assert.equal(ids.length, 60);
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await timed("second up", () => here.stack.up("--skip-preview", "--expect-no-changes")));
  });

  it("finds an account that is new in the unit", async () => {
    await addAccount(here.account, root);
    const up = succeeded(await timed("up with one more", () => here.stack.up("--skip-preview")));
    assert.match(up.output, new RegExp(`account-baseline-${ids.at(-1)}-password-policy`));
    assert.deepEqual(await ages(), [60]);
  });

  it("leaves nothing in any", async () => {
    succeeded(await timed("destroy", () => here.stack.destroy("--skip-preview")));
    assert.deepEqual(await ages(), [undefined]);
  });
});
