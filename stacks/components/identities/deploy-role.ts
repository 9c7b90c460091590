import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { beforeCreation, reasonOf, Unmet } from "../shared/prerequisites";
import { type Account, accountOf } from "../shared/provider-account";
import { type CallerArgs, checkedCaller, type FederatedCaller } from "./federated-caller";

/** What every role for deployments takes, whoever assumes it. */
export interface DeployPowerArgs {
  /** ARNs of the managed policies that say what a deployment may do; at least one. */
  policyArns: readonly string[];

  /** ARN of a managed policy that bounds the role, whatever is attached to it later. None by default. */
  permissionsBoundary?: string;

  /** The role's name, unique in the account. */
  deployRoleName?: string;

  /**
   * Whether this component makes the account's identity provider for the issuer (`create`, the default), or finds it there
   * (`existing`) and leaves it alone. An account has at most one for each issuer.
   */
  oidcProvider?: "create" | "existing";
}

/** Arguments of {@link DeployRole}. */
export interface DeployRoleArgs extends DeployPowerArgs {
  /** Whose tokens the role takes: those of GitHub Actions, of GitLab, or of any other provider of OpenID Connect. */
  caller: CallerArgs;
}

const COMPONENT = "DeployRole";
const SESSION_SECONDS = 3600;

/**
 * A role that a pipeline assumes with a token that its platform signs for the run: no access keys anywhere. The role's trust compares
 * the audience and the whole subject. See "Create a role for OpenID Connect federation" in the IAM User Guide.
 *
 * Throws {@link InvalidArgument} for a caller that is none or that holds a wildcard, and for an ARN that is no policy's. Before
 * the first change it looks whether the account has the identity provider, and stops where that is not as `oidcProvider` says.
 */
export class DeployRole extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: DeployRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    const check = new ArgumentChecker(COMPONENT);
    const role = { ...checkedPower(check, args, "deploy"), caller: checkedCaller(check, "caller", args.caller) };
    super("aws-identity-guardrails:index:DeployRole", name, {}, opts);
    this.roleArn = deployRole(name, COMPONENT, role, this);
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

/** {@link DeployPowerArgs} that are as they must be. */
export interface CheckedPower {
  readonly policyArns: readonly string[];
  readonly permissionsBoundary: string | undefined;
  readonly deployRoleName: string;
  readonly oidcProvider: "create" | "existing";
}

/** Throws {@link InvalidArgument} for a policy that is given otherwise than by its ARN, for none, and for a role's name that IAM refuses. */
export function checkedPower(check: ArgumentChecker, args: DeployPowerArgs, defaultName: string): CheckedPower {
  const policyArn = /^arn:aws[a-z-]*:iam::(aws|[0-9]{12}):policy\/[\w+=,.@/-]{1,512}$/;
  const policyForm = "the ARN of a managed policy, such as arn:aws:iam::123456789012:policy/deploy";
  const policyArns = check.list("policyArns", args.policyArns, policyArn, policyForm);
  if (policyArns.length === 0) {
    check.refuse("policyArns", "is empty, so a deployment could do nothing. List a managed policy.");
  }
  return {
    policyArns,
    permissionsBoundary:
      args.permissionsBoundary === undefined
        ? undefined
        : check.text("permissionsBoundary", args.permissionsBoundary, policyArn, policyForm),
    deployRoleName: check.text(
      "deployRoleName",
      args.deployRoleName ?? defaultName,
      /^[\w+=,.@-]{1,64}$/,
      "a role's name: 1 to 64 letters, digits and _+=,.@-",
    ),
    oidcProvider: check.choice("oidcProvider", args.oidcProvider ?? "create", ["create", "existing"] as const),
  };
}

/** Makes the role, and the identity provider where that is asked for, as children of `owner`; returns the role's ARN. */
export function deployRole(
  name: string,
  component: string,
  role: CheckedPower & { readonly caller: FederatedCaller },
  owner: pulumi.Resource,
): pulumi.Output<string> {
  const { caller, policyArns, permissionsBoundary, deployRoleName, oidcProvider } = role;
  const parent = { parent: owner };
  const url = `https://${caller.issuer}`;
  const makes = oidcProvider === "create";

  const audiences = () =>
    iam.getOpenIdConnectProvider({ url }, parent).then(
      ({ clientIdLists }) => clientIdLists,
      (error) => noneOrFail(component, error),
    );
  const provider = makes
    ? [
        new iam.OpenIdConnectProvider(
          `${name}-provider`,
          { url, clientIdLists: [caller.audience] },
          {
            ...parent,
            ...beforeCreation(`${name}-new-provider`, async () =>
              requireNoProvider(component, caller, await audiences()),
            ),
          },
        ),
      ]
    : [];

  // By account and name, not by the provider's ARN: that is unknown in a preview, and with it the trust would be too.
  const account = accountOf(owner);
  const made = new iam.Role(
    `${name}-role`,
    {
      name: deployRoleName,
      description: `Deploys from ${caller.description}, without access keys.`,
      assumeRolePolicy: account.apply((own) => trustPolicy(own, caller)),
      maxSessionDuration: SESSION_SECONDS,
      ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    },
    {
      ...parent,
      dependsOn: provider,
      ...(makes
        ? {}
        : beforeCreation(`${name}-existing-provider`, async () =>
            requireProvider(component, caller, await audiences()),
          )),
    },
  );
  for (const policyArn of policyArns) {
    new iam.RolePolicyAttachment(`${name}-${policyArn.split("::")[1]}`, { role: made.name, policyArn }, parent);
  }
  return made.arn;
}

/** Who may assume the role: whoever has a token of this issuer, for this audience, with one of these subjects. */
function trustPolicy(account: Account, { issuer, audience, subjects }: FederatedCaller): string {
  const [only, ...more] = subjects;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OneCaller",
        Effect: "Allow",
        Principal: { Federated: `arn:${account.partition}:iam::${account.id}:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: more.length === 0 ? only : subjects },
        },
      },
    ],
  });
}

function noneOrFail(component: string, error: unknown): undefined {
  const reason = reasonOf(error);
  if (/not found|NoSuchEntity/i.test(reason)) return undefined;
  throw new Unmet(
    component,
    `the account's identity providers cannot be read: ${reason} Use credentials that may call ` +
      "iam:ListOpenIDConnectProviders and iam:GetOpenIDConnectProvider.",
  );
}

/** `audiences` are those of the provider that the account has; undefined where it has none. */
function requireNoProvider(component: string, { issuer }: FederatedCaller, audiences: readonly string[] | undefined) {
  if (audiences === undefined) return;
  throw new Unmet(
    component,
    `the account has an identity provider for ${issuer} already. Set oidcProvider to existing, and this stack uses it.`,
  );
}

/** Throws {@link Unmet} without a provider, and for one that does not take tokens for this audience. */
function requireProvider(
  component: string,
  { issuer, audience }: FederatedCaller,
  audiences: readonly string[] | undefined,
) {
  if (audiences === undefined) {
    throw new Unmet(component, `the account has no identity provider for ${issuer}. Set oidcProvider to create.`);
  }
  if (audiences.includes(audience)) return;
  throw new Unmet(
    component,
    `the account's identity provider for ${issuer} does not take tokens for ${audience}. Add it with: aws iam ` +
      `add-client-id-to-open-id-connect-provider --client-id ${audience} --open-id-connect-provider-arn ARN`,
  );
}
