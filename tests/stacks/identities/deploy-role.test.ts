import assert from "node:assert/strict";
import { DeployRole, type DeployRoleArgs } from "../../../stacks/components";
import { type Answers, only, type Registered, refusalOf, registeredBy } from "../registered";

const PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
const ROLE = "aws:iam/role:Role";

const none: Answers = { getOpenIdConnectProvider: new Error("finding IAM OIDC Provider by url: not found") };
const gitlab = { project: "example-group/team/example-app" };
const oidc = {
  issuer: "https://oidc.circleci.com/org/0a1b",
  audience: "0a1b",
  subject: "org/0a1b/project/2c3d/user/4e5f",
};

function role(caller: DeployRoleArgs["caller"], different: Partial<DeployRoleArgs> = {}, answers = none) {
  const policyArns = ["arn:aws:iam::123456789012:policy/deploy"];
  return registeredBy(() => new DeployRole("deploy", { caller, policyArns, ...different }), answers);
}

/** The statement by which the role is assumed. */
function trustIn(registered: readonly Registered[]) {
  return JSON.parse(String(only(registered, ROLE).inputs.assumeRolePolicy)).Statement[0];
}

async function refusalOfCaller(caller: object): Promise<string> {
  const args = { caller: caller as DeployRoleArgs["caller"], policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] };
  const [message] = await refusalOf(() => new DeployRole("deploy", args), none);
  return message;
}

describe("stacks: DeployRole", () => {
  it("is assumed by jobs of one branch of one GitLab project", async () => {
    const registered = await role({ gitlab });
    assert.deepEqual(only(registered, PROVIDER).inputs, {
      url: "https://gitlab.com",
      clientIdLists: ["https://gitlab.com"],
    });
    const { Principal, Condition } = trustIn(registered);
    assert.deepEqual(Principal, { Federated: "arn:aws:iam::123456789012:oidc-provider/gitlab.com" });
    assert.deepEqual(Condition, {
      StringEquals: {
        "gitlab.com:aud": "https://gitlab.com",
        "gitlab.com:sub": "project_path:example-group/team/example-app:ref_type:branch:ref:main",
      },
    });
  });

  it("knows GitLab on a host of one's own", async () => {
    const registered = await role({ gitlab: { ...gitlab, url: "https://gitlab.example.com", branch: "release/1" } });
    assert.equal(only(registered, PROVIDER).inputs.url, "https://gitlab.example.com");
    assert.deepEqual(trustIn(registered).Condition.StringEquals, {
      "gitlab.example.com:aud": "https://gitlab.example.com",
      "gitlab.example.com:sub": "project_path:example-group/team/example-app:ref_type:branch:ref:release/1",
    });
  });

  it("is assumed by runs of GitHub Actions", async () => {
    const registered = await role({ github: { repository: "example-org/example-app", environment: "production" } });
    assert.deepEqual(trustIn(registered).Condition.StringEquals, {
      "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
      "token.actions.githubusercontent.com:sub": "repo:example-org/example-app:environment:production",
    });
  });

  it("is assumed by the one caller of any other provider", async () => {
    const registered = await role({ oidc });
    assert.equal(only(registered, PROVIDER).inputs.url, "https://oidc.circleci.com/org/0a1b");
    assert.deepEqual(trustIn(registered).Condition.StringEquals, {
      "oidc.circleci.com/org/0a1b:aud": "0a1b",
      "oidc.circleci.com/org/0a1b:sub": "org/0a1b/project/2c3d/user/4e5f",
    });
  });

  it("has the name that is given, and deploy without one", async () => {
    assert.equal(only(await role({ gitlab }), ROLE).inputs.name, "deploy");
    assert.equal(only(await role({ gitlab }, { deployRoleName: "ship" }), ROLE).inputs.name, "ship");
  });

  it("stops where the account has the provider already", async () => {
    const there = { getOpenIdConnectProvider: { clientIdLists: ["https://gitlab.com"] } };
    const [message] = await refusalOf(
      () => new DeployRole("deploy", { caller: { gitlab }, policyArns: ["arn:aws:iam::aws:policy/X"] }),
      there,
    );
    assert.match(
      message,
      /^DeployRole: the account has an identity provider for gitlab\.com already\. Set oidcProvider/,
    );
  });

  it("refuses no caller, and two of them", async () => {
    assert.match(await refusalOfCaller({}), /^DeployRole: caller is \{\}, which is not an object with one of github/);
    assert.match(
      await refusalOfCaller({ gitlab, oidc }),
      /which is not an object with one of github, gitlab and oidc\.$/,
    );
    assert.match(
      await refusalOfCaller({ bitbucket: {} }),
      /caller is "bitbucket", which is none of: github, gitlab, oidc/,
    );
  });

  it("refuses a field that is not known, by its path", async () => {
    assert.match(await refusalOfCaller({ gitlab: { ...gitlab, tag: "v1" } }), /caller\.gitlab\.tag is not known\./);
  });

  it("refuses every project of a group", async () => {
    assert.match(
      await refusalOfCaller({ gitlab: { project: "example-group/*" } }),
      /caller\.gitlab\.project is "example-group\/\*", which is not one GitLab project/,
    );
  });

  it("refuses a subject or an audience with a wildcard or a variable", async () => {
    const subject = ["repo:$", "{aws:username}"].join("");
    assert.match(await refusalOfCaller({ oidc: { ...oidc, subject: "org/*" } }), /caller\.oidc\.subject is "org\/\*"/);
    assert.match(
      await refusalOfCaller({ oidc: { ...oidc, subject } }),
      /caller\.oidc\.subject is .* the whole claim sub/,
    );
    assert.match(await refusalOfCaller({ oidc: { ...oidc, audience: "*" } }), /caller\.oidc\.audience is "\*"/);
  });

  it("refuses an issuer that is no https URL", async () => {
    assert.match(
      await refusalOfCaller({ oidc: { ...oidc, issuer: "http://oidc.example.com" } }),
      /caller\.oidc\.issuer is "http:.*", which is not the URL of an issuer/,
    );
  });
});
