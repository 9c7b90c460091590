import assert from "node:assert/strict";
import { all, only, refusalOf, registeredBy } from "../registered";
import { deploying, stack } from "./deploying";

async function refusalMessage(configuration: Record<string, string>): Promise<string> {
  const [message, registered] = await refusalOf(deploying(configuration));
  assert.deepEqual(registered, []);
  return message;
}

describe("stacks: what a stack's configuration deploys", () => {
  it("returns the outputs of the stack", async () => {
    let outputs: unknown;
    await registeredBy(async () => {
      outputs = await deploying({ "aws-identity-guardrails:component": "password-policy" })();
    });
    assert.deepEqual(Object.keys(outputs as object), ["maxPasswordAge", "minimumPasswordLength"]);
  });

  it("refuses a configuration without a component and lists the components", async () => {
    assert.equal(
      await refusalMessage({ "aws:region": "us-east-1" }),
      "Configuration key aws-identity-guardrails:component is not set. " +
        "Set it to one of: password-policy, admin-group, user-mfa, developer-boundary, break-glass, identity-center-admins, alternate-contacts, deploy-role, github-deploy-role, account-baseline, " +
        "root-scp, guardrail-scps, central-root-access, root-activity-alarm, admin-change-alarm, organization-baseline, org-enforcement.",
    );
  });

  it("refuses a misspelt component and lists the components", async () => {
    assert.equal(
      await refusalMessage({ "aws-identity-guardrails:component": "password-polisy" }),
      'Configuration key aws-identity-guardrails:component is "password-polisy", which is no component. ' +
        "Set it to one of: password-policy, admin-group, user-mfa, developer-boundary, break-glass, identity-center-admins, alternate-contacts, deploy-role, github-deploy-role, account-baseline, " +
        "root-scp, guardrail-scps, central-root-access, root-activity-alarm, admin-change-alarm, organization-baseline, org-enforcement.",
    );
  });

  it("refuses the name of an object's own method as a component", async () => {
    assert.match(
      await refusalMessage({ "aws-identity-guardrails:component": "constructor" }),
      /is "constructor", which is no component/,
    );
  });

  it("refuses a misspelt key, which would be ignored, and lists the keys", async () => {
    assert.equal(
      await refusalMessage({
        "aws-identity-guardrails:component": "password-policy",
        "aws-identity-guardrails:maxPaswordAge": "60",
      }),
      "Configuration key aws-identity-guardrails:maxPaswordAge is read by no component, so it would change nothing. " +
        "The keys of password-policy: aws-identity-guardrails:maxPasswordAge, aws-identity-guardrails:minimumPasswordLength, " +
        "aws-identity-guardrails:accounts, aws-identity-guardrails:organizationalUnits.",
    );
  });

  it("lets the keys of another component be there, since their defaults always are", async () => {
    const registered = await stack({
      "aws-identity-guardrails:component": "password-policy",
      "aws-identity-guardrails:roleName": "administrator",
    });
    assert.equal(registered.length, 2);
  });

  it("names the configuration key of a value that the component refuses", async () => {
    assert.match(
      await refusalMessage({
        "aws-identity-guardrails:component": "admin-group",
        "aws-identity-guardrails:members": '["first-admin","people/second-admin"]',
      }),
      /^Configuration key aws-identity-guardrails:members\[1\]: AdminGroup: members\[1\] is "people\/second-admin", which is not/,
    );
  });

  it("refuses a mapping where a list belongs, and says how to set one", async () => {
    assert.equal(
      await refusalMessage({
        "aws-identity-guardrails:component": "root-scp",
        "aws-identity-guardrails:targets": '{"unit":"ou-ab12-cdef3456"}',
      }),
      'Configuration key aws-identity-guardrails:targets is "{\\"unit\\":\\"ou-ab12-cdef3456\\"}", which is not a list. ' +
        "Set its entries with: pulumi config set --path 'aws-identity-guardrails:targets[0]' VALUE",
    );
  });

  it("refuses a plain text where a list belongs, and says how to set one", async () => {
    assert.equal(
      await refusalMessage({
        "aws-identity-guardrails:component": "admin-group",
        "aws-identity-guardrails:members": "first-admin, second-admin",
      }),
      'Configuration key aws-identity-guardrails:members is "first-admin, second-admin", which is not a list. ' +
        "Set its entries with: pulumi config set --path 'aws-identity-guardrails:members[0]' VALUE",
    );
  });

  it("refuses an account id that YAML reads as a number", async () => {
    assert.match(
      await refusalMessage({
        "aws-identity-guardrails:component": "root-scp",
        "aws-identity-guardrails:targets": "[123456789012]",
      }),
      /^Configuration key aws-identity-guardrails:targets\[0\]: RootScp: targets\[0\] is 123456789012, .*12 digits, quoted/,
    );
  });

  it("refuses days that are no number", async () => {
    assert.match(
      await refusalMessage({
        "aws-identity-guardrails:component": "password-policy",
        "aws-identity-guardrails:maxPasswordAge": "sixty",
      }),
      /aws-identity-guardrails:maxPasswordAge.*number/,
    );
  });

  it("deploys a component into each account, and gives its outputs under the account's id", async () => {
    let outputs: unknown;
    const registered = await registeredBy(async () => {
      outputs = await deploying({
        "aws-identity-guardrails:component": "password-policy",
        "aws-identity-guardrails:accounts":
          '[{"id":"111122223333","roleName":"deploy","region":"eu-west-1"},' +
          '{"id":"444455556666","roleName":"deploy","region":"eu-west-1"}]',
      })();
    });
    assert.deepEqual(
      all(registered, "aws:iam/accountPasswordPolicy:AccountPasswordPolicy").map(({ name, provider }) => [
        name,
        provider,
      ]),
      [
        ["password-policy-111122223333", "account-111122223333"],
        ["password-policy-444455556666", "account-444455556666"],
      ],
    );
    assert.deepEqual(Object.keys(outputs as object), ["111122223333", "444455556666"]);
  });

  it("deploys into the accounts of an organizational unit, and into one that is named by its own role", async () => {
    const open = { state: "ACTIVE", status: "ACTIVE", joinedMethod: "CREATED" };
    const registered = await registeredBy(
      deploying({
        "aws-identity-guardrails:component": "password-policy",
        "aws-identity-guardrails:accounts": '[{"id":"444455556666","roleName":"deploy","region":"eu-west-1"}]',
        "aws-identity-guardrails:organizationalUnits":
          '[{"id":"ou-ab12-example1","roleName":"OrganizationAccountAccessRole","region":"us-east-1"}]',
      }),
      {
        getOrganizationalUnitDescendantAccounts: {
          accounts: [
            { id: "111122223333", ...open },
            { id: "444455556666", ...open },
          ],
        },
      },
    );
    const roles = all(registered, "pulumi:providers:aws").map(
      ({ inputs }) => JSON.parse(String(inputs.assumeRoles))[0].roleArn,
    );
    assert.deepEqual(roles.sort(), [
      "arn:aws:iam::111122223333:role/OrganizationAccountAccessRole",
      "arn:aws:iam::444455556666:role/deploy",
    ]);
  });

  it("refuses organizational units for what an organization has once", async () => {
    assert.match(
      await refusalMessage({
        "aws-identity-guardrails:component": "root-scp",
        "aws-identity-guardrails:targets": '["r-ab12"]',
        "aws-identity-guardrails:organizationalUnits": '[{"id":"r-ab12","roleName":"deploy","region":"eu-west-1"}]',
      }),
      /^Configuration key aws-identity-guardrails:organizationalUnits has no effect on root-scp, which an organization/,
    );
  });

  it("deploys into accounts that do not answer as well, for their state must not be taken for deleted", async () => {
    const registered = await registeredBy(
      deploying({
        "aws-identity-guardrails:component": "password-policy",
        "aws-identity-guardrails:accounts": '[{"id":"111122223333","roleName":"deploy","region":"eu-west-1"}]',
      }),
      { getCallerIdentity: new Error("cannot assume the role") },
    );
    const { provider } = only(registered, "aws:iam/accountPasswordPolicy:AccountPasswordPolicy");
    assert.equal(provider, "account-111122223333");
  });

  it("refuses accounts for what an organization has once", async () => {
    assert.match(
      await refusalMessage({
        "aws-identity-guardrails:component": "root-scp",
        "aws-identity-guardrails:targets": '["r-ab12"]',
        "aws-identity-guardrails:accounts": '[{"id":"111122223333","roleName":"deploy","region":"eu-west-1"}]',
      }),
      /^Configuration key aws-identity-guardrails:accounts has no effect on root-scp, which an organization has once\./,
    );
  });

  it("names the key of an account that is wrong", async () => {
    assert.match(
      await refusalMessage({
        "aws-identity-guardrails:component": "password-policy",
        "aws-identity-guardrails:accounts": '[{"id":"111122223333","roleName":"deploy"}]',
      }),
      /^Configuration key aws-identity-guardrails:accounts\[0\]\.region: AccountProviders: accounts\[0\]\.region is missing/,
    );
  });

  it("names the key of a contact that is missing", async () => {
    assert.match(
      await refusalMessage({ "aws-identity-guardrails:component": "alternate-contacts" }),
      /^Configuration key aws-identity-guardrails:securityContact\.name: AlternateContacts: securityContact\.name is missing/,
    );
  });

  it("refuses a text where an object belongs, and says how to set one", async () => {
    assert.equal(
      await refusalMessage({
        "aws-identity-guardrails:component": "alternate-contacts",
        "aws-identity-guardrails:securityContact": "security@example.com",
      }),
      'Configuration key aws-identity-guardrails:securityContact is "security@example.com", which is not an object. ' +
        "Set its properties with: pulumi config set --path 'aws-identity-guardrails:securityContact.NAME' VALUE",
    );
  });

  it("asks for the keys of an alarm, an enforcement and a deployment by their names", async () => {
    for (const [component, key] of [
      ["user-mfa", "users"],
      ["identity-center-admins", "administeredAccounts"],
      ["break-glass", "trail"],
      ["root-activity-alarm", "trail"],
      ["admin-change-alarm", "trail"],
      ["org-enforcement", "stacks"],
      ["github-deploy-role", "policyArns"],
      ["organization-baseline", "targets"],
    ] as const) {
      assert.match(
        await refusalMessage({ "aws-identity-guardrails:component": component }),
        new RegExp(`^Configuration key aws-identity-guardrails:${key}: `),
      );
    }
  });
});
