import assert from "node:assert/strict";
import { GithubDeployRole, type GithubDeployRoleArgs } from "../../../stacks/components";
import { type Answers, all, only, type Registered, refusalOf, registeredBy } from "../registered";

const PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
const ROLE = "aws:iam/role:Role";

const args = { repository: "example-org/example-app", policyArns: ["arn:aws:iam::123456789012:policy/deploy"] };
const none: Answers = { getOpenIdConnectProvider: new Error("finding IAM OIDC Provider by url: not found") };
const takesTokensFor = (audience: string): Answers => ({ getOpenIdConnectProvider: { clientIdLists: [audience] } });

function role(different: Partial<GithubDeployRoleArgs> = {}, answers = none): Promise<readonly Registered[]> {
  return registeredBy(() => new GithubDeployRole("deploy", { ...args, ...different }), answers);
}

async function refusal(different: object, answers = none): Promise<string> {
  const [message] = await refusalOf(() => new GithubDeployRole("deploy", { ...args, ...different }), answers);
  return message;
}

describe("stacks: GithubDeployRole", () => {
  it("is assumed by workflows of one branch of one repository for an hour", async () => {
    const registered = await role();
    assert.equal(only(registered, ROLE).inputs.maxSessionDuration, 3600);
    assert.deepEqual(JSON.parse(String(only(registered, ROLE).inputs.assumeRolePolicy)), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OneCaller",
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": "repo:example-org/example-app:ref:refs/heads/main",
            },
          },
        },
      ],
    });
  });

  /** The subjects that get in. */
  async function subjects(different: Partial<GithubDeployRoleArgs>): Promise<unknown> {
    const trust = JSON.parse(String(only(await role(different), ROLE).inputs.assumeRolePolicy));
    return trust.Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"];
  }

  it("takes the subject with ids, where they are given", async () => {
    assert.equal(
      await subjects({ ownerId: "123456", repositoryId: "456789" }),
      "repo:example-org@123456/example-app@456789:ref:refs/heads/main",
    );
  });

  it("takes both subjects while a repository is switched over", async () => {
    assert.deepEqual(await subjects({ ownerId: "123456", repositoryId: "456789", subjectForm: "both" }), [
      "repo:example-org@123456/example-app@456789:ref:refs/heads/main",
      "repo:example-org/example-app:ref:refs/heads/main",
    ]);
  });

  it("takes the old subject alone before that", async () => {
    assert.equal(
      await subjects({ ownerId: "123456", repositoryId: "456789", subjectForm: "names" }),
      "repo:example-org/example-app:ref:refs/heads/main",
    );
  });

  it("is for the jobs of an environment, or for pull requests", async () => {
    assert.equal(await subjects({ environment: "production" }), "repo:example-org/example-app:environment:production");
    assert.equal(await subjects({ pullRequests: true }), "repo:example-org/example-app:pull_request");
    assert.equal(
      await subjects({ pullRequests: true, ownerId: "123456", repositoryId: "456789" }),
      "repo:example-org@123456/example-app@456789:pull_request",
    );
  });

  it("refuses one id without the other, and says how to see it", async () => {
    assert.equal(
      await refusal({ ownerId: "123456" }),
      "GithubDeployRole: repositoryId is missing beside ownerId. See it with: gh api repos/OWNER/NAME --jq .id",
    );
    assert.match(
      await refusal({ repositoryId: "456789" }),
      /^GithubDeployRole: ownerId is missing beside repositoryId/,
    );
  });

  it("refuses ids that are none, and a form of the subject that lacks them", async () => {
    assert.match(
      await refusal({ ownerId: "*", repositoryId: "1" }),
      /ownerId is "\*", which is not a number of GitHub's/,
    );
    assert.match(await refusal({ subjectForm: "ids" }), /subjectForm is "ids", which needs ownerId and repositoryId/);
    assert.match(await refusal({ subjectForm: "id" }), /subjectForm is "id", which is none of: names, ids, both/);
  });

  it("refuses a branch beside an environment or pull requests, whose runs have another subject", async () => {
    assert.match(
      await refusal({ branch: "main", environment: "production" }),
      /branch has no effect beside environment/,
    );
    assert.match(await refusal({ branch: "main", pullRequests: true }), /branch has no effect beside pullRequests/);
    assert.match(
      await refusal({ environment: "production", pullRequests: true }),
      /pullRequests has no effect beside environment/,
    );
  });

  it("refuses an environment with a colon or a wildcard", async () => {
    assert.match(
      await refusal({ environment: "a:b" }),
      /environment is "a:b", which is not the name of one environment/,
    );
    assert.match(await refusal({ environment: "prod*" }), /environment is "prod\*", which is not/);
  });

  it("makes the account's identity provider", async () => {
    assert.deepEqual(only(await role(), PROVIDER).inputs, {
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
    });
  });

  it("may do what its policies say, within its boundary", async () => {
    const permissionsBoundary = "arn:aws:iam::123456789012:policy/boundary";
    const policyArns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::123456789012:policy/ReadOnlyAccess"];
    const registered = await role({ permissionsBoundary, policyArns });
    assert.equal(only(registered, ROLE).inputs.permissionsBoundary, permissionsBoundary);
    assert.deepEqual(
      all(registered, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ inputs }) => inputs.policyArn),
      policyArns,
    );
  });

  it("stops where the account has the provider already, and says which setting to change", async () => {
    assert.equal(
      await refusal({}, takesTokensFor("sts.amazonaws.com")),
      "GithubDeployRole: the account has an identity provider for token.actions.githubusercontent.com already. " +
        "Set oidcProvider to existing, and this stack uses it.",
    );
  });

  it("uses the provider that exists, and makes none", async () => {
    const registered = await role({ oidcProvider: "existing" }, takesTokensFor("sts.amazonaws.com"));
    assert.deepEqual(all(registered, PROVIDER), []);
    assert.equal(all(registered, ROLE).length, 1);
  });

  it("stops where the provider is said to exist and does not", async () => {
    assert.match(
      await refusal({ oidcProvider: "existing" }),
      /the account has no identity provider for .* to create\.$/,
    );
  });

  it("stops at a provider that takes no tokens for AWS", async () => {
    assert.match(
      await refusal({ oidcProvider: "existing" }, takesTokensFor("https://github.com/example-org")),
      /does not take tokens for sts\.amazonaws\.com\. Add it with: aws iam add-client-id-to-open-id-connect-provider/,
    );
  });

  it("stops where the providers may not be read", async () => {
    assert.match(
      await refusal({}, { getOpenIdConnectProvider: new Error("AccessDenied: not authorized") }),
      /^GithubDeployRole: the account's identity providers cannot be read: AccessDenied: not authorized\. Use credentials/,
    );
  });

  it("refuses all repositories of an owner", async () => {
    assert.match(
      await refusal({ repository: "example-org/*" }),
      /^GithubDeployRole: repository is "example-org\/\*", which is not one GitHub repository/,
    );
  });

  it("refuses every branch", async () => {
    assert.match(await refusal({ branch: "*" }), /branch is "\*", which is not the name of one branch/);
  });

  it("refuses a branch with a colon, which would begin another claim", async () => {
    assert.match(await refusal({ branch: "main:environment" }), /branch is "main:environment", which is not the name/);
  });

  it("refuses a role that could do nothing", async () => {
    assert.match(await refusal({ policyArns: [] }), /policyArns is empty, so a deployment could do nothing/);
  });

  it("refuses a policy given by its name", async () => {
    assert.match(
      await refusal({ policyArns: ["ReadOnlyAccess"] }),
      /policyArns\[0\] is "ReadOnlyAccess", which is not the ARN/,
    );
  });
});
