import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { beforeCreation, reasonOf, Unmet } from "../shared/prerequisites";
import { type Account, accountOf } from "../shared/provider-account";

/** Arguments of {@link GithubDeployRole}. */
export interface GithubDeployRoleArgs {
  /** The repository whose workflows may deploy: `owner/name`, spelt as GitHub shows it (letter case counts). */
  repository: string;

  /** The one branch whose workflows may deploy. `main` by default. */
  branch?: string;

  /** ARNs of the managed policies that say what a deployment may do; at least one. */
  policyArns: readonly string[];

  /** ARN of a managed policy that bounds the role, whatever is attached to it later. None by default. */
  permissionsBoundary?: string;

  /** The role's name, unique in the account. `github-deploy` by default. */
  deployRoleName?: string;

  /**
   * Whether this component makes the account's identity provider for GitHub Actions (`create`, the default), or finds it
   * there (`existing`) and leaves it alone. An account has at most one.
   */
  oidcProvider?: "create" | "existing";
}

const COMPONENT = "GithubDeployRole";
const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";
const SESSION_SECONDS = 3600;

/**
 * A role that the workflows of one branch of one GitHub repository assume with a token that GitHub signs for the run: a
 * pipeline without access keys. See "Configuring OpenID Connect in Amazon Web Services" in the GitHub documentation and
 * "Create a role for OpenID Connect federation" in the IAM User Guide.
 *
 * Throws {@link InvalidArgument} for a repository or branch that is none, or that holds a wildcard, and for an ARN that is
 * no policy's. Before the first change it looks whether the account has the identity provider, and stops where that is not
 * as `oidcProvider` says.
 */
export class GithubDeployRole extends pulumi.ComponentResource {
  /** What a workflow gives to `aws-actions/configure-aws-credentials` as `role-to-assume`. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: GithubDeployRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    const { repository, branch, policyArns, permissionsBoundary, deployRoleName, oidcProvider } =
      checkedDeployRole(args);
    super("aws-identity-guardrails:index:GithubDeployRole", name, {}, opts);
    const parent = { parent: this };
    const makes = oidcProvider === "create";

    const audiences = () =>
      iam.getOpenIdConnectProvider({ url: `https://${ISSUER}` }, parent).then(
        ({ clientIdLists }) => clientIdLists,
        (error) => noneOrFail(error),
      );
    const provider = makes
      ? [
          new iam.OpenIdConnectProvider(
            `${name}-provider`,
            { url: `https://${ISSUER}`, clientIdLists: [AUDIENCE] },
            {
              ...parent,
              ...beforeCreation(`${name}-new-provider`, async () => requireNoProvider(await audiences())),
            },
          ),
        ]
      : [];

    // By account and name, not by the provider's ARN: that is unknown in a preview, and with it the trust would be too.
    const account = accountOf(this);
    const role = new iam.Role(
      `${name}-role`,
      {
        name: deployRoleName,
        description: `Deploys from branch ${branch} of ${repository}, without access keys.`,
        assumeRolePolicy: account.apply((own) => trustPolicy(own, repository, branch)),
        maxSessionDuration: SESSION_SECONDS,
        ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
      },
      {
        ...parent,
        dependsOn: provider,
        ...(makes ? {} : beforeCreation(`${name}-existing-provider`, async () => requireProvider(await audiences()))),
      },
    );
    for (const policyArn of policyArns) {
      new iam.RolePolicyAttachment(`${name}-${policyArn.split("::")[1]}`, { role: role.name, policyArn }, parent);
    }

    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

/** Who may assume the role: workflow runs for a push to, or a manual start on, this branch of this repository. */
function trustPolicy(account: Account, repository: string, branch: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "WorkflowsOfOneBranch",
        Effect: "Allow",
        Principal: { Federated: `arn:${account.partition}:iam::${account.id}:oidc-provider/${ISSUER}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${ISSUER}:aud`]: AUDIENCE,
            [`${ISSUER}:sub`]: `repo:${repository}:ref:refs/heads/${branch}`,
          },
        },
      },
    ],
  });
}

function noneOrFail(error: unknown): undefined {
  const reason = reasonOf(error);
  if (/not found|NoSuchEntity/i.test(reason)) return undefined;
  throw new Unmet(
    COMPONENT,
    `the account's identity providers cannot be read: ${reason} Use credentials that may call ` +
      "iam:ListOpenIDConnectProviders and iam:GetOpenIDConnectProvider.",
  );
}

/** `audiences` are those of the provider that the account has; undefined where it has none. */
export function requireNoProvider(audiences: readonly string[] | undefined): void {
  if (audiences === undefined) return;
  throw new Unmet(
    COMPONENT,
    `the account has an identity provider for ${ISSUER} already. Set oidcProvider to existing, and this stack uses it.`,
  );
}

/** Throws {@link Unmet} without a provider, and for one that does not take tokens meant for AWS. */
export function requireProvider(audiences: readonly string[] | undefined): void {
  if (audiences === undefined) {
    throw new Unmet(COMPONENT, `the account has no identity provider for ${ISSUER}. Set oidcProvider to create.`);
  }
  if (audiences.includes(AUDIENCE)) return;
  throw new Unmet(
    COMPONENT,
    `the account's identity provider for ${ISSUER} does not take tokens for ${AUDIENCE}. Add it with: aws iam ` +
      `add-client-id-to-open-id-connect-provider --client-id ${AUDIENCE} --open-id-connect-provider-arn ARN`,
  );
}

/** Throws {@link InvalidArgument} for what {@link GithubDeployRole} refuses. */
export function checkedDeployRole(args: GithubDeployRoleArgs) {
  const check = new ArgumentChecker(COMPONENT);
  const policyArn = /^arn:aws[a-z-]*:iam::(aws|[0-9]{12}):policy\/[\w+=,.@/-]{1,512}$/;
  const policyForm = "the ARN of a managed policy, such as arn:aws:iam::123456789012:policy/deploy";
  const policyArns = check.list("policyArns", args.policyArns, policyArn, policyForm);
  if (policyArns.length === 0) {
    check.refuse("policyArns", "is empty, so a deployment could do nothing. List a managed policy.");
  }
  return {
    repository: check.text(
      "repository",
      args.repository,
      /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[\w.-]{1,100}$/,
      "one GitHub repository, such as example-org/example-app, without a wildcard",
    ),
    branch: check.text(
      "branch",
      args.branch ?? "main",
      /^[\w.+@#=][\w.+@#=/-]{0,200}$/,
      "the name of one branch, such as main, without refs/heads/ and without a wildcard",
    ),
    policyArns,
    permissionsBoundary:
      args.permissionsBoundary === undefined
        ? undefined
        : check.text("permissionsBoundary", args.permissionsBoundary, policyArn, policyForm),
    deployRoleName: check.text(
      "deployRoleName",
      args.deployRoleName ?? "github-deploy",
      /^[\w+=,.@-]{1,64}$/,
      "a role's name: 1 to 64 letters, digits and _+=,.@-",
    ),
    oidcProvider: check.choice("oidcProvider", args.oidcProvider ?? "create", ["create", "existing"] as const),
  };
}
