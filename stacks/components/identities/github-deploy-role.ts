import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { type CheckedPower, checkedPower, type DeployPowerArgs, deployRole } from "./deploy-role";
import { checkedGithub, type FederatedCaller, type GithubCaller } from "./federated-caller";

/** Arguments of {@link GithubDeployRole}: whose runs may deploy, and what. The role's name is `github-deploy` by default. */
export interface GithubDeployRoleArgs extends GithubCaller, DeployPowerArgs {}

const COMPONENT = "GithubDeployRole";

/**
 * {@link DeployRole} for the workflows of one GitHub repository: of one branch, of one environment, or for pull requests. See
 * "Configuring OpenID Connect in Amazon Web Services" in the GitHub documentation.
 *
 * Throws {@link InvalidArgument} for a repository, branch, environment or id that is none, or that holds a wildcard, and for an ARN
 * that is no policy's. Before the first change it looks whether the account has the identity provider, and stops where that is not
 * as `oidcProvider` says.
 */
export class GithubDeployRole extends pulumi.ComponentResource {
  /** What a workflow gives to `aws-actions/configure-aws-credentials` as `role-to-assume`. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: GithubDeployRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    const role = checkedDeployRole(args);
    super("aws-identity-guardrails:index:GithubDeployRole", name, {}, opts);
    this.roleArn = deployRole(name, COMPONENT, role, this);
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

/** Throws {@link InvalidArgument} for what {@link GithubDeployRole} refuses. */
export function checkedDeployRole(args: GithubDeployRoleArgs): CheckedPower & { readonly caller: FederatedCaller } {
  const check = new ArgumentChecker(COMPONENT);
  return { ...checkedPower(check, args, "github-deploy"), caller: checkedGithub(check, args) };
}
