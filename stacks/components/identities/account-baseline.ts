import * as pulumi from "@pulumi/pulumi";
import { AdminGroup, type AdminGroupArgs, checkedAdminGroup } from "./admin-group";
import { AlternateContacts, type AlternateContactsArgs, checkedContacts } from "./alternate-contacts";
import { checkedDeployRole, GithubDeployRole, type GithubDeployRoleArgs } from "./github-deploy-role";
import { checkedPasswordPolicy, PasswordPolicy, type PasswordPolicyArgs } from "./password-policy";

/** Arguments of {@link AccountBaseline}: those of its parts. A part without arguments is left out, the password policy aside. */
export interface AccountBaselineArgs {
  passwordPolicy?: PasswordPolicyArgs;
  alternateContacts?: AlternateContactsArgs;
  adminGroup?: AdminGroupArgs;
  githubDeployRole?: GithubDeployRoleArgs;
}

/**
 * What one account needs: a password policy and, as far as they are given, alternate contacts, an administrators' group and
 * a role for deployments from GitHub.
 *
 * Throws {@link InvalidArgument} where one of the parts does.
 */
export class AccountBaseline extends pulumi.ComponentResource {
  /** The administrators' role; undefined without the group. */
  readonly adminRoleArn: pulumi.Output<string> | undefined;
  /** The role for deployments; undefined without it. */
  readonly deployRoleArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: AccountBaselineArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { passwordPolicy = {}, alternateContacts, adminGroup, githubDeployRole } = args;
    // All of them before the first part is made.
    checkedPasswordPolicy(passwordPolicy);
    if (alternateContacts !== undefined) checkedContacts(alternateContacts);
    if (adminGroup !== undefined) checkedAdminGroup(adminGroup);
    if (githubDeployRole !== undefined) checkedDeployRole(githubDeployRole);
    super("aws-identity-guardrails:index:AccountBaseline", name, {}, opts);
    const parent = { parent: this };

    new PasswordPolicy(`${name}-password-policy`, passwordPolicy, parent);
    if (alternateContacts !== undefined) new AlternateContacts(`${name}-contacts`, alternateContacts, parent);
    const admins = adminGroup && new AdminGroup(`${name}-admins`, adminGroup, parent);
    const deploy = githubDeployRole && new GithubDeployRole(`${name}-github`, githubDeployRole, parent);

    this.adminRoleArn = admins?.roleArn;
    this.deployRoleArn = deploy?.roleArn;
    this.registerOutputs({ adminRoleArn: this.adminRoleArn, deployRoleArn: this.deployRoleArn });
  }
}
