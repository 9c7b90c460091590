import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { accountOf } from "../shared/provider-account";
import { ADMIN_SESSION_SECONDS, groupPolicy, trustPolicy } from "./admin-group-policies";

/** Arguments of {@link AdminGroup}. */
export interface AdminGroupArgs {
  /**
   * Names of the IAM users who may become administrators, spelt as IAM shows them (letter case counts), without their path.
   * At least one. The users must exist; they are not created here, and their other memberships are left alone.
   */
  members: readonly string[];

  /** The group's name, unique in the account. `administrators` by default. */
  groupName?: string;

  /** The administrator role's name, unique in the account. `administrator` by default. */
  roleName?: string;
}

/** The default quota. See "IAM and AWS STS quotas" in the IAM User Guide. */
const TRUST_POLICY_MAX_CHARACTERS = 2048;

/**
 * Administrators without standing power: a group that permits self-service and, with MFA, to assume one role; and that
 * role, with AdministratorAccess, for an hour at most. Membership alone does not do it: the role's trust names the members
 * too, so a user whom somebody adds to the group by hand gains nothing.
 *
 * Memberships are added, never taken over: a user's other groups, and members added elsewhere, stay as they are. The gate is
 * attached before the first member is added.
 *
 * Throws {@link InvalidArgument} for a name that IAM does not allow, no member, the same member twice, and more members than
 * a trust policy can name.
 */
export class AdminGroup extends pulumi.ComponentResource {
  readonly groupName: pulumi.Output<string>;
  readonly groupArn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  /** What members assume: `aws sts assume-role --role-arn … --serial-number … --token-code …`. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: AdminGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const { members, groupName, roleName } = checkedAdminGroup(args);
    super("aws-identity-guardrails:index:AdminGroup", name, {}, opts);
    const parent = { parent: this };

    // The policies name the role by account and name: its ARN is unknown in a preview, and with it they would be too.
    const account = accountOf(this);

    const role = new iam.Role(
      `${name}-role`,
      {
        name: roleName,
        description: "Administrator of this account, assumed with MFA for at most one hour.",
        assumeRolePolicy: account.apply((own) => trustPolicy(own, members)),
        maxSessionDuration: ADMIN_SESSION_SECONDS,
      },
      parent,
    );
    new iam.RolePolicyAttachment(
      `${name}-role-access`,
      {
        role: role.name,
        policyArn: account.apply((own) => `arn:${own.partition}:iam::aws:policy/AdministratorAccess`),
      },
      parent,
    );

    // Renamed in place, the group would stay in the state under its old id: the next refresh would lose it, and destroy leave it.
    const group = new iam.Group(`${name}-group`, { name: groupName }, { parent: this, replaceOnChanges: ["name"] });
    const policy = new iam.Policy(
      `${name}-policy`,
      {
        name: `${groupName}-self-service`,
        description: "Self-service, and with MFA the administrator role. Everything else is denied without MFA.",
        policy: account.apply((own) => groupPolicy(own, roleName)),
      },
      parent,
    );
    const gate = new iam.GroupPolicyAttachment(
      `${name}-group-policy`,
      { group: group.name, policyArn: policy.arn },
      parent,
    );
    for (const member of members) {
      new iam.UserGroupMembership(
        `${name}-member-${member}`,
        { user: member, groups: [group.name] },
        { parent: this, dependsOn: [gate] },
      );
    }

    this.groupName = group.name;
    this.groupArn = group.arn;
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.registerOutputs({
      groupName: this.groupName,
      groupArn: this.groupArn,
      roleName: this.roleName,
      roleArn: this.roleArn,
    });
  }
}

/** Throws {@link InvalidArgument} for what {@link AdminGroup} refuses. */
export function checkedAdminGroup(args: AdminGroupArgs): {
  members: readonly string[];
  groupName: string;
  roleName: string;
} {
  const check = new ArgumentChecker("AdminGroup");
  const members = check.list(
    "members",
    args.members,
    /^[\w+=,.@-]{1,64}$/,
    "the name of an IAM user: 1 to 64 letters, digits and _+=,.@-, without a path or an ARN",
  );
  if (members.length === 0) {
    check.refuse(
      "members",
      "is empty, and IAM refuses a trust policy that names nobody. List the first administrator.",
    );
  }
  const size = trustPolicy({ partition: "aws-us-gov", id: "000000000000" }, members).length;
  if (size > TRUST_POLICY_MAX_CHARACTERS) {
    check.refuse(
      "members",
      `has ${members.length} names, which make a trust policy of ${size} characters; IAM allows ` +
        `${TRUST_POLICY_MAX_CHARACTERS}. List fewer: administrators should be few.`,
    );
  }
  return {
    members,
    groupName: check.text(
      "groupName",
      args.groupName ?? "administrators",
      /^[\w+=,.@-]{1,114}$/,
      "a group's name: 1 to 114 letters, digits and _+=,.@- (the group's policy adds its ending to it)",
    ),
    roleName: check.text(
      "roleName",
      args.roleName ?? "administrator",
      /^[\w+=,.@-]{1,64}$/,
      "a role's name: 1 to 64 letters, digits and _+=,.@-",
    ),
  };
}
