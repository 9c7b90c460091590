import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import { lambdaService, policy, role, trust } from "../../../policypack/rules/authoring/example-resources";
import { blockedBy, preview, toldBeforeCreation, toldBy } from "../told";

const id = "sound-federated-trust";
const providers = "arn:aws:iam::111122223333:oidc-provider/";
const gitHub = "token.actions.githubusercontent.com";
const audience = { [`${gitHub}:aud`]: "sts.amazonaws.com" };

function statement(issuer: string, condition?: unknown): Readonly<Record<string, unknown>> {
  return {
    Effect: "Allow",
    Principal: { Federated: `${providers}${issuer}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/** What the rule tells of a role with these statements: `passes`, or the level, with a `?` where it is undecided. */
async function told(...statements: readonly unknown[]): Promise<string> {
  const [first = "passes", ...more] = await toldBy(id, [role("deploy", policy(...statements))]);
  assert.deepEqual(more, []);
  return first.replace(": deploy", "");
}

/** The same for a trust in GitHub Actions, the audience compared as usual. */
function gitHubTold(subject: unknown, operator = "StringLike"): Promise<string> {
  return told(statement(gitHub, { StringEquals: audience, [operator]: { [`${gitHub}:sub`]: subject } }));
}

describe("sound-federated-trust: subjects of GitHub Actions", () => {
  const cases: readonly (readonly [subject: unknown, expected: string])[] = [
    ["repo:acme/*", "passes"],
    ["repo:acme/app:*", "passes"],
    ["repo:acme/app-*:ref:refs/heads/main", "passes"],
    ["repo:acme/app:ref:refs/heads/main", "passes"],
    ["repo:acme/app:environment:production", "passes"],
    ["repo:acme/app:pull_request", "passes"],
    ["repo:acme@1234/app@5678:*", "passes"],
    ["repo:acme@1234/*", "passes"],
    ["repository_owner:acme:*", "passes"],
    ["repository_owner_id:1234:*", "passes"],
    ["repository_id:5678", "passes"],
    ["environment:production:repository_owner:acme", "passes"],
    ["repo:acme@*/app@*:ref:refs/heads/main", "passes"],
    [["repo:acme/app:ref:refs/heads/main", "repo:acme@*/app@*:ref:refs/heads/main"], "passes"],
    ["repo:acme@*", "passes"],
    ["repo:acme/app:job_workflow_ref:acme/workflows/.github/workflows/deploy.yml@*", "passes"],
    ["repo:*:job_workflow_ref:acme/workflows/.github/workflows/deploy.yml@*", "advisory"],
    ["repo:*:job_workflow_ref:acme*", "mandatory"],
    ["repo:*@4711/*", "mandatory"],
    ["repo:@1234/*", "mandatory"],
    [["repo:acme/app:*", "repo:beta/app:*"], "passes"],
    ["*", "mandatory"],
    ["repo:*", "mandatory"],
    ["repo:acme*", "mandatory"],
    ["repo:acm?/app:*", "mandatory"],
    ["repo:*/app:*", "mandatory"],
    ["repo:*@1234/app:*", "mandatory"],
    ["*:ref:refs/heads/main", "mandatory"],
    ["environment:production", "mandatory"],
    [["repo:acme/app:*", "repo:*:environment:production"], "mandatory"],
  ];
  for (const [subject, expected] of cases) {
    it(`${JSON.stringify(subject)}: ${expected}`, async () => assert.equal(await gitHubTold(subject), expected));
  }

  it("StringEquals compares without wildcards, so one that holds a star lets nobody in", async () => {
    assert.equal(await gitHubTold("repo:acme/app:ref:refs/heads/main", "StringEquals"), "passes");
    assert.equal(await gitHubTold("repo:*", "StringEquals"), "passes");
    assert.equal(await gitHubTold("repo:acme/app:ref:refs/heads/main", "StringEqualsIgnoreCase"), "passes");
  });

  it("a set operator makes no difference to a claim that every token has", async () => {
    assert.equal(await gitHubTold("repo:acme/*", "ForAnyValue:StringLike"), "passes");
    assert.equal(await gitHubTold("repo:acme/*", "ForAllValues:StringLike"), "passes");
    assert.equal(await gitHubTold("repo:acme*", "ForAnyValue:StringLike"), "mandatory");
    assert.equal(await gitHubTold("repo:acme*", "ForAllValues:StringLike"), "mandatory");
    assert.equal(await gitHubTold("repo:acme/*", "StringLikeIfExists"), "passes");
  });

  it("a negated operator pins nobody", async () => {
    assert.equal(await gitHubTold("repo:evil/*", "StringNotLike"), "mandatory");
  });

  it("two conditions on the subject hold together", async () => {
    const both = {
      StringLike: { [`${gitHub}:sub`]: "repo:*:ref:refs/heads/main" },
      "ForAnyValue:StringLike": { [`${gitHub}:sub`]: "repo:acme/*" },
    };
    assert.equal(await told(statement(gitHub, both)), "passes");
  });

  it("another claim can name the caller", async () => {
    const by = (claim: string, value: string) =>
      told(statement(gitHub, { StringLike: { [`${gitHub}:${claim}`]: value } }));
    assert.equal(await by("repository", "acme/app"), "passes");
    assert.equal(await by("repository", "acme*"), "mandatory");
    assert.equal(await by("repository_owner_id", "1234"), "passes");
    assert.equal(await by("enterprise_id", "99"), "passes");
    assert.equal(await by("repository_id", "5678"), "passes");
    assert.equal(await by("repository_id", "*"), "mandatory");
    assert.equal(
      await by("job_workflow_ref", "acme/workflows/.github/workflows/deploy.yml@refs/heads/main"),
      "advisory",
    );
    assert.equal(await by("job_workflow_ref", "*/deploy.yml@refs/heads/main"), "mandatory");
    assert.equal(await by("actor", "dependabot[bot]"), "mandatory");
    assert.equal(await by("actor_id", "583231"), "mandatory");
    assert.equal(await by("workflow", "deploy"), "mandatory");
    assert.equal(await by("environment", "production"), "mandatory");
    assert.equal(await by("aud", "acme"), "mandatory");
  });
});

describe("sound-federated-trust: claims that AWS maps", () => {
  const under = (condition: unknown) => told(statement(gitHub, condition));

  it("a claim that AWS does not map is in no request, so that nobody enters by it", async () => {
    assert.equal(await under({ StringEquals: { [`${gitHub}:repository_owner`]: "acme" } }), "passes");
    assert.equal(await under({ StringLike: { [`${gitHub}:repository_owner`]: "*" } }), "passes");
    assert.equal(await under({ StringEqualsIfExists: { [`${gitHub}:repository_owner`]: "acme" } }), "mandatory");
    assert.equal(await under({ StringNotEquals: { [`${gitHub}:repository_owner`]: "evil" } }), "mandatory");
    assert.equal(await under({ "ForAllValues:StringEquals": { [`${gitHub}:repository_owner`]: "acme" } }), "mandatory");
    assert.equal(await under({ Null: { [`${gitHub}:repository_owner`]: "true" } }), "mandatory");
  });

  it("one that it maps and every token has cannot be left out", async () => {
    assert.equal(await under({ StringEqualsIfExists: { [`${gitHub}:repository_id`]: "5678" } }), "passes");
    assert.equal(await under({ "ForAllValues:StringEquals": { [`${gitHub}:repository_id`]: "5678" } }), "passes");
  });

  it("one that a token may lack can", async () => {
    assert.equal(await under({ StringEquals: { [`${gitHub}:enterprise_id`]: "99" } }), "passes");
    assert.equal(await under({ StringEqualsIfExists: { [`${gitHub}:enterprise_id`]: "99" } }), "mandatory");
    assert.equal(await under({ "ForAllValues:StringEquals": { [`${gitHub}:enterprise_id`]: "99" } }), "mandatory");
  });

  it("session tags count where the provider signs them", async () => {
    const buildkite = "agent.buildkite.com";
    const tagged = (issuer: string, tag: string, value: string) =>
      told(statement(issuer, { StringLike: { [`aws:RequestTag/${tag}`]: value } }));
    assert.equal(await tagged(buildkite, "organization_slug", "acme"), "passes");
    assert.equal(await tagged(buildkite, "organization_id", "0a1b-2c3d"), "passes");
    assert.equal(await tagged(buildkite, "organization_slug", "acme*"), "mandatory");
    assert.equal(await tagged(buildkite, "build_branch", "main"), "mandatory");
    assert.equal(await tagged(buildkite, "team", "ops"), "passes");
    assert.equal(await tagged(gitHub, "organization_slug", "*"), "passes");
  });

  it("numbers name as texts do", async () => {
    const google = (condition: unknown) =>
      told({ ...statement("", condition), Principal: { Federated: "accounts.google.com" } });
    const key = "accounts.google.com:google/organization_number";
    assert.equal(await google({ NumericEquals: { [key]: "123456789" } }), "passes");
    assert.equal(await google({ NumericGreaterThan: { [key]: "1" } }), "mandatory");
    assert.equal(await google({ StringEquals: { [key]: "123456789" } }), "passes");
  });
});

describe("sound-federated-trust: other providers", () => {
  const cases: readonly (readonly [issuer: string, claim: string, value: string, expected: string])[] = [
    ["gitlab.com", "sub", "project_path:acme/app:ref_type:branch:ref:main", "passes"],
    ["gitlab.com", "sub", "project_path:acme/*", "passes"],
    ["gitlab.com", "sub", "project_path:*:ref_type:branch:ref:main", "mandatory"],
    ["gitlab.com", "namespace_id", "42", "passes"],
    ["gitlab.com", "aud", "https://gitlab.com", "mandatory"],
    ["gitlab.acme.example", "aud", "https://gitlab.acme.example", "passes"],
    ["app.terraform.io", "sub", "organization:acme:project:*:workspace:*:run_phase:*", "passes"],
    ["app.terraform.io", "sub", "organization:acme*", "mandatory"],
    ["agent.buildkite.com", "sub", "organization:acme:pipeline:app:*", "passes"],
    ["agent.buildkite.com", "organization_slug", "acme", "passes"],
    ["agent.buildkite.com", "sub", "organization:*:pipeline:app:*", "mandatory"],
    ["api.pulumi.com/oidc", "aud", "aws:acme", "passes"],
    ["api.pulumi.com/oidc", "aud", "aws:*", "mandatory"],
    ["api.pulumi.com/oidc", "sub", "pulumi:deploy:org:acme:project:*", "passes"],
    ["oidc.vercel.com", "sub", "owner:acme:project:*:environment:production", "passes"],
    ["oidc.vercel.com", "sub", "owner:*:project:app:environment:production", "mandatory"],
    ["oidc.vercel.com/acme", "sub", "owner:*", "passes"],
    ["oidc.circleci.com/org/0a1b2c3d", "aud", "0a1b2c3d", "passes"],
    ["api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc", "aud", "ari:cloud", "passes"],
    ["sts.windows.net/0a1b2c3d-0000-1111-2222-333344445555/", "aud", "api://app", "passes"],
    ["oidc.eks.eu-west-1.amazonaws.com/id/AB12", "sub", "system:serviceaccount:shop:api", "passes"],
    ["oidc.eks.eu-west-1.amazonaws.com/id/AB12", "aud", "sts.amazonaws.com", "advisory"],
  ];
  for (const [issuer, claim, value, expected] of cases) {
    it(`${issuer}, ${claim} like ${value}: ${expected}`, async () => {
      const condition = { StringLike: { [`${issuer}:${claim}`]: value } };
      assert.equal(await told(statement(issuer, condition)), expected);
    });
  }

  const builtIn: readonly (readonly [provider: string, claim: string, expected: string])[] = [
    ["accounts.google.com", "sub", "passes"],
    ["accounts.google.com", "aud", "passes"],
    ["accounts.google.com", "oaud", "mandatory"],
    ["cognito-identity.amazonaws.com", "aud", "passes"],
    ["cognito-identity.amazonaws.com", "amr", "mandatory"],
    ["www.amazon.com", "app_id", "passes"],
    ["graph.facebook.com", "app_id", "passes"],
  ];
  for (const [provider, claim, expected] of builtIn) {
    it(`${provider}, built in, by ${claim}: ${expected}`, async () => {
      const condition = { StringEquals: { [`${provider}:${claim}`]: "eu-west-1:authenticated" } };
      assert.equal(await told({ ...statement("", condition), Principal: { Federated: provider } }), expected);
    });
  }

  it("SAML providers and services are nobody's business here", async () => {
    const saml = {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/adfs" },
      Action: "sts:AssumeRoleWithSAML",
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    };
    assert.equal(await told(saml), "passes");
    assert.deepEqual(await toldBy(id, [role("deploy", trust(lambdaService))]), []);
  });
});

describe("sound-federated-trust: statements together", () => {
  const pinned = statement(gitHub, { StringLike: { [`${gitHub}:sub`]: "repo:acme/app:*" } });

  it("each Allow lets in whom it lets in", async () => {
    assert.equal(await told(pinned, statement("gitlab.com")), "mandatory");
    assert.equal(await told(pinned, statement(gitHub)), "mandatory");
  });

  it("a Deny of everyone else pins as well", async () => {
    const sparing = (subject: string) => ({
      ...statement(gitHub, { StringNotLike: { [`${gitHub}:sub`]: subject } }),
      Effect: "Deny",
    });
    assert.equal(await told(statement(gitHub), sparing("repo:acme/*")), "passes");
    assert.equal(await told(statement(gitHub), sparing("repo:*")), "mandatory");
    assert.equal(await told(statement(gitHub), { ...sparing("repo:acme/*"), Principal: "*" }), "passes");
    assert.equal(await told(pinned, sparing("repo:acme/*")), "passes");
    assert.equal(await told(statement(gitHub), { ...statement(gitHub), Effect: "Deny" }), "passes");
  });

  it("for another action it lets nobody in", async () => {
    assert.equal(await told({ ...statement(gitHub), Action: "sts:TagSession" }), "passes");
  });

  it("everybody holds tokens too", async () => {
    assert.equal(await told({ ...statement(""), Principal: "*" }), "mandatory");
  });

  it("from one network only it is advised against", async () => {
    const condition = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
    assert.equal(await told(statement(gitHub, condition)), "advisory");
  });
});

describe("sound-federated-trust: what a preview does not know", () => {
  const provider: ExampleResource = {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    name: "github",
    properties: { url: `https://${gitHub}`, clientIdLists: ["sts.amazonaws.com"] },
  };
  const document = (Condition: unknown) => ({
    Version: "2012-10-17",
    Statement: [{ ...statement("", Condition), Principal: { Federated: unknownFrom("github") } }],
  });
  const trusting = (assumeRolePolicyDocument: unknown): ExampleResource => ({
    type: "aws-native:iam:Role",
    name: "deploy",
    properties: { roleName: "deploy", assumeRolePolicyDocument },
  });
  const open = document({ StringEquals: audience });
  const pinned = document({ StringLike: { [`${gitHub}:sub`]: "repo:acme/app:*" } });

  it("the provider's ARN, where the stack makes the provider", async () => {
    assert.deepEqual(await toldBy(id, [provider, trusting(open)]), ["mandatory: deploy"]);
    assert.deepEqual(await toldBy(id, [provider, trusting(pinned)]), []);
  });

  it("the provider's ARN, where the claims tell whose they are", async () => {
    assert.deepEqual(await toldBy(id, [trusting(open)]), ["mandatory: deploy"]);
    assert.deepEqual(await toldBy(id, [trusting(pinned)]), []);
  });

  it("the provider's ARN and nothing else", async () => {
    assert.deepEqual(await toldBy(id, [trusting(document({}))]), ["advisory?: deploy"]);
  });

  it("the subject", async () => {
    const subject = document({ StringLike: { [`${gitHub}:sub`]: unknownFrom("repository") } });
    assert.deepEqual(await toldBy(id, [provider, trusting(subject)]), ["advisory?: deploy"]);
    assert.deepEqual(await toldBy(id, [provider, trusting(subject)], { [id]: { onUnknown: "ignore" } }), []);
  });

  it("a Deny cannot be hoped for", async () => {
    const statements = [...open.Statement, { ...pinned.Statement[0], Effect: "Deny", Condition: unknownFrom("x") }];
    const beside = { ...open, Statement: statements };
    assert.deepEqual(await toldBy(id, [provider, trusting(beside)]), ["mandatory: deploy"]);
  });
});

describe("sound-federated-trust: other doors", () => {
  const properties = {
    AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [statement(gitHub, { StringEquals: audience })] },
  };
  const templateBody = JSON.stringify({ Resources: { Deploy: { Type: "AWS::IAM::Role", Properties: properties } } });

  it("templates, stack sets and CloudControl", async () => {
    const stack = { type: "aws:cloudformation/stack:Stack", name: "a", properties: { templateBody } };
    const set = { type: "aws:cloudformation/stackSet:StackSet", name: "b", properties: { templateBody } };
    const control = {
      type: "aws:cloudcontrol/resource:Resource",
      name: "c",
      properties: { typeName: "AWS::IAM::Role", desiredState: JSON.stringify(properties) },
    };
    assert.deepEqual(await toldBy(id, [stack]), ["mandatory: a"]);
    assert.deepEqual(await toldBy(id, [set]), ["mandatory: b"]);
    assert.deepEqual(await toldBy(id, [control]), ["mandatory: c"]);
  });

  it("stops the role before it exists", async () => {
    const open = [role("deploy", policy(statement(gitHub)))];
    assert.deepEqual(await toldBeforeCreation(open), [`deploy: mandatory ${id}`]);
    assert.deepEqual(await toldBeforeCreation(open, { settings: { blockBeforeCreation: false } }), []);
  });

  it("says whose tokens, by which request, and what to add", async () => {
    const [told] = await preview([role("deploy", policy(statement(gitHub)))]);
    const message = told?.message.replace(/\s+/g, " ") ?? "";
    assert.match(message, /trusts GitHub Actions \(token\.actions\.githubusercontent\.com\) without naming one caller/);
    assert.match(message, /sts:AssumeRoleWithWebIdentity on .* \(somebody with a token of token\.actions/);
    assert.match(message, /"token\.actions\.githubusercontent\.com:sub": "repo:OWNER\/REPOSITORY:\*"/);
  });

  it("blocks nothing of ordinary roles", async () => {
    const subject = { StringLike: { [`${gitHub}:sub`]: "repo:acme/app:*" } };
    assert.deepEqual(await blockedBy([role("deploy", policy(statement(gitHub, subject)))]), []);
  });
});
