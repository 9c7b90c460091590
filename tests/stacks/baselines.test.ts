import assert from "node:assert/strict";
import { AccountBaseline, accountProviders, OrganizationBaseline, type TargetAccount } from "../../stacks/components";
import { type Answers, all, only, type Registered, refusalOf, registeredBy } from "./registered";

const contact = {
  name: "Security team",
  title: "On call",
  emailAddress: "aws@example.com",
  phoneNumber: "+1 555 0100",
};
const contacts = { securityContact: contact, billingContact: contact, operationsContact: contact };

/** The components among them, by their own names. */
function components(registered: readonly Registered[]): readonly string[] {
  return registered.flatMap(({ type }) => type.match(/^aws-identity-guardrails:index:(.*)$/)?.[1] ?? []).sort();
}

describe("stacks: AccountBaseline", () => {
  it("is a password policy, where nothing else is asked for", async () => {
    assert.deepEqual(components(await registeredBy(() => new AccountBaseline("account"))), [
      "AccountBaseline",
      "PasswordPolicy",
    ]);
  });

  it("has the parts that are asked for", async () => {
    const registered = await registeredBy(
      () => new AccountBaseline("account", { alternateContacts: contacts, adminGroup: { members: ["first-admin"] } }),
    );
    assert.deepEqual(components(registered), ["AccountBaseline", "AdminGroup", "AlternateContacts", "PasswordPolicy"]);
  });

  it("makes nothing where its last part is wrong", async () => {
    const [message, registered] = await refusalOf(
      () => new AccountBaseline("account", { githubDeployRole: { repository: "*", policyArns: ["x"] } }),
    );
    assert.match(message, /^GithubDeployRole: policyArns\[0\]/);
    assert.deepEqual(registered, []);
  });
});

describe("stacks: OrganizationBaseline", () => {
  const alarms = { trail: "organization-trail", logGroup: "trail-logs", subscribers: ["security@example.com"] };
  const Trail = {
    IsLogging: true,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: true,
    CloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:trail-logs:*",
  };
  const answers: Answers = { getResource: { properties: JSON.stringify(Trail) } };

  it("is central root access and the policy, where no trail is named", async () => {
    const registered = await registeredBy(
      () => new OrganizationBaseline("organization", { rootScp: { targets: ["r-ab12"] } }),
    );
    assert.deepEqual(components(registered), ["CentralRootAccess", "OrganizationBaseline", "RootScp"]);
  });

  it("has all alarms of both kinds, which share one topic", async () => {
    const registered = await registeredBy(
      () => new OrganizationBaseline("organization", { rootScp: { targets: ["r-ab12"] }, alarms }),
      answers,
    );
    assert.equal(all(registered, "aws:cloudwatch/metricAlarm:MetricAlarm").length, 12);
    assert.equal(only(registered, "aws:sns/topic:Topic").inputs.name, "admin-change");
    assert.equal(
      only(registered, "aws:sns/topicSubscription:TopicSubscription").inputs.endpoint,
      "security@example.com",
    );
  });

  it("makes nothing where an alarm is wrong", async () => {
    const [message, registered] = await refusalOf(
      () =>
        new OrganizationBaseline("organization", {
          rootScp: { targets: ["r-ab12"] },
          alarms: { ...alarms, subscribers: ["nobody"] },
        }),
    );
    assert.match(message, /subscribers\[0\] is "nobody", which is not an e-mail address/);
    assert.deepEqual(registered, []);
  });
});

describe("stacks: accounts", () => {
  const account = { id: "111122223333", roleName: "OrganizationAccountAccessRole", region: "eu-central-1" };
  const PROVIDER = "pulumi:providers:aws";

  async function refusal(accounts: readonly object[]): Promise<string> {
    const [message, registered] = await refusalOf(() => accountProviders(accounts as readonly TargetAccount[]));
    assert.deepEqual(registered, []);
    return message;
  }

  it("have one provider each, which assumes the role and works nowhere else", async () => {
    const other = { id: "444455556666", roleName: "path/deploy", region: "us-gov-west-1" };
    const providers = all(await registeredBy(() => accountProviders([account, other])), PROVIDER);
    assert.deepEqual(
      providers.map(({ name }) => name),
      ["account-111122223333", "account-444455556666"],
    );
    assert.equal(providers[0]?.inputs.region, "eu-central-1");
    assert.deepEqual(JSON.parse(String(providers[0]?.inputs.allowedAccountIds)), ["111122223333"]);
    assert.deepEqual(
      providers.map(({ inputs }) => JSON.parse(String(inputs.assumeRoles))[0].roleArn),
      [
        "arn:aws:iam::111122223333:role/OrganizationAccountAccessRole",
        "arn:aws-us-gov:iam::444455556666:role/path/deploy",
      ],
    );
  });

  it("are not asked who they are, so that one that cannot be reached does not end the program", async () => {
    const registered = await registeredBy(
      () => {
        for (const [id, provider] of accountProviders([account])) {
          new AccountBaseline(id, { adminGroup: { members: ["first-admin"] } }, { provider });
        }
      },
      { getCallerIdentity: new Error("AccessDenied: cannot assume the role"), getPartition: new Error("AccessDenied") },
    );
    const { assumeRolePolicy } = only(registered, "aws:iam/role:Role").inputs;
    assert.equal(JSON.parse(String(assumeRolePolicy)).Statement[0].Principal.AWS, "arn:aws:iam::111122223333:root");
  });

  it("refuse an id that YAML read as a number", async () => {
    assert.match(
      await refusal([{ ...account, id: 111122223333 }]),
      /accounts\[0\]\.id is 111122223333, .*12 digits, quoted/,
    );
  });

  it("refuse a role given by its ARN", async () => {
    assert.match(
      await refusal([{ ...account, roleName: "arn:aws:iam::111122223333:role/deploy" }]),
      /accounts\[0\]\.roleName is "arn:.*", which is not the name of a role/,
    );
  });

  it("refuse a region that is none", async () => {
    assert.match(
      await refusal([{ ...account, region: "frankfurt" }]),
      /accounts\[0\]\.region is "frankfurt", which is not/,
    );
  });

  it("refuse an account without a region", async () => {
    assert.match(await refusal([{ id: "111122223333", roleName: "a" }]), /accounts\[0\]\.region is missing/);
  });

  it("refuse an account twice", async () => {
    assert.match(await refusal([account, account]), /accounts\[1\] repeats "111122223333" of accounts\[0\]/);
  });
});
