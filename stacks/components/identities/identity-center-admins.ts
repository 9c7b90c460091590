import * as accountaccess from "@pulumi/aws/accountaccess";
import * as identitystore from "@pulumi/aws/identitystore";
import * as ssoadmin from "@pulumi/aws/ssoadmin";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { beforeCreation } from "../shared/prerequisites";
import { accountOf } from "../shared/provider-account";
import { IdentityCenter } from "./identity-center";

/** Arguments of {@link IdentityCenterAdmins}. One of `administeredAccounts` and `entitledRoles` is needed. */
export interface IdentityCenterAdminsArgs {
  /** Ids of the accounts (12 digits) that the group administers with the permission set. None by default. */
  administeredAccounts?: readonly string[];

  /** The permission set's name, unique in IAM Identity Center: 1 to 32 characters. `administrator` by default. */
  permissionSetName?: string;

  /** The display name of the group in IAM Identity Center. `administrators` by default. */
  adminGroup?: string;

  /**
   * Whether the group is made (`create`, the default) or is there already (`existing`): an identity provider that provisions groups
   * keeps its own. See "Provisioning users and groups" in the IAM Identity Center User Guide.
   */
  adminGroupOrigin?: "create" | "existing";

  /** User names in IAM Identity Center to put into a group that is made here. None by default. */
  adminUsers?: readonly string[];

  /**
   * A permissions boundary of the permission set: the ARN of an AWS managed policy, or the path and name of a customer managed
   * policy that every account has, such as `/developer-boundary`. None by default. See "Permissions boundaries" in the guide's page "Permission sets".
   */
  permissionSetBoundary?: string;

  /** ARN of the account access manager's application, where the organization uses it. See "AWS account access manager". */
  accountAccessApplication?: string;

  /** ARNs of roles that the group is entitled to through that application. They have to trust account-access.amazonaws.com. */
  entitledRoles?: readonly string[];
}

const COMPONENT = "IdentityCenterAdmins";

/** A session of the permission set lasts no longer; IAM Identity Center takes nothing shorter. "Set session duration" in its User Guide. */
const SESSION = "PT1H";

/**
 * Administrators who sign in through IAM Identity Center: a group, a permission set with AdministratorAccess for an hour, and its
 * assignment in the listed accounts; or an entitlement to roles of administrators. The boundary is on before anybody is assigned. The program runs in
 * the management account or that of IAM Identity Center's delegated administrator, in its region.
 *
 * Throws {@link InvalidArgument} for nothing to administer, for a name, account, policy or role that is none, and for users of a group
 * that is kept elsewhere. Before the first change it stops where there is no IAM Identity Center, or not that group or user in it.
 */
export class IdentityCenterAdmins extends pulumi.ComponentResource {
  readonly groupId: pulumi.Output<string>;
  /** Undefined where there are entitlements only. */
  readonly permissionSetArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: IdentityCenterAdminsArgs, opts?: pulumi.ComponentResourceOptions) {
    const checked = checkedIdentityCenterAdmins(args);
    super("aws-identity-guardrails:index:IdentityCenterAdmins", name, {}, opts);
    const center = new IdentityCenter(COMPONENT, this);

    const group = this.groupOf(name, checked, center);
    this.groupId = group.id;
    this.permissionSetArn =
      checked.accounts.length > 0 ? this.assigned(name, checked, center, group.id, group.made) : undefined;
    for (const roleArn of checked.entitledRoles) {
      new accountaccess.Entitlement(
        `${name}-${roleArn}`,
        {
          applicationArn: checked.application,
          entitlement: { principalRole: { principal: { identityCenter: { groupId: group.id } }, roleArn } },
        },
        { parent: this, dependsOn: group.made, ...beforeCreation(`${name}-${roleArn}`, () => center.require()) },
      );
    }
    this.registerOutputs({ groupId: this.groupId, permissionSetArn: this.permissionSetArn });
  }

  private groupOf(
    name: string,
    { groupName, groupIsMade, users }: CheckedAdmins,
    center: IdentityCenter,
  ): { id: pulumi.Output<string>; made: pulumi.Resource[] } {
    if (!groupIsMade) return { id: center.groupId(groupName), made: [] };
    const parent = { parent: this };
    const group = new identitystore.Group(
      `${name}-group`,
      {
        identityStoreId: center.identityStoreId(),
        displayName: groupName,
        description: "Administrators, for an hour at a time.",
      },
      {
        ...parent,
        ...beforeCreation(`${name}-group`, async () => {
          await center.require();
          for (const user of users) await center.requireUser(user);
        }),
      },
    );
    for (const user of users) {
      new identitystore.GroupMembership(
        `${name}-user-${user}`,
        { identityStoreId: center.identityStoreId(), groupId: group.groupId, memberId: center.userId(user) },
        parent,
      );
    }
    return { id: group.groupId, made: [group] };
  }

  private assigned(
    name: string,
    { permissionSetName, boundary, accounts }: CheckedAdmins,
    center: IdentityCenter,
    groupId: pulumi.Output<string>,
    groupsMade: pulumi.Resource[],
  ): pulumi.Output<string> {
    const parent = { parent: this };
    const instanceArn = center.instanceArn();
    const permissionSet = new ssoadmin.PermissionSet(
      `${name}-permission-set`,
      {
        instanceArn,
        name: permissionSetName,
        description: "Administrator of the account for one hour.",
        sessionDuration: SESSION,
      },
      {
        ...parent,
        ...beforeCreation(`${name}-permission-set`, () => center.require()),
      },
    );
    const of = { instanceArn, permissionSetArn: permissionSet.arn };
    const bounded =
      boundary === undefined
        ? []
        : [
            new ssoadmin.PermissionsBoundaryAttachment(
              `${name}-boundary`,
              { ...of, permissionsBoundary: boundary },
              parent,
            ),
          ];
    const power = new ssoadmin.ManagedPolicyAttachment(
      `${name}-access`,
      {
        ...of,
        managedPolicyArn: accountOf(this).apply(
          ({ partition }) => `arn:${partition}:iam::aws:policy/AdministratorAccess`,
        ),
      },
      { ...parent, dependsOn: bounded },
    );
    for (const targetId of accounts) {
      new ssoadmin.AccountAssignment(
        `${name}-${targetId}`,
        { ...of, principalId: groupId, principalType: "GROUP", targetId, targetType: "AWS_ACCOUNT" },
        { ...parent, dependsOn: [power, ...groupsMade] },
      );
    }
    return permissionSet.arn;
  }
}

type Boundary = pulumi.Unwrap<ssoadmin.PermissionsBoundaryAttachmentArgs["permissionsBoundary"]>;

interface CheckedAdmins {
  readonly accounts: readonly string[];
  readonly permissionSetName: string;
  readonly groupName: string;
  readonly groupIsMade: boolean;
  readonly users: readonly string[];
  readonly boundary: Boundary | undefined;
  readonly application: string;
  readonly entitledRoles: readonly string[];
}

/** Throws {@link InvalidArgument} for what {@link IdentityCenterAdmins} refuses. */
export function checkedIdentityCenterAdmins(args: IdentityCenterAdminsArgs): CheckedAdmins {
  const check = new ArgumentChecker(COMPONENT);
  const accounts = check.list(
    "administeredAccounts",
    args.administeredAccounts ?? [],
    /^[0-9]{12}$/,
    "an account's id (12 digits, quoted)",
  );
  const entitledRoles = check.list(
    "entitledRoles",
    args.entitledRoles ?? [],
    /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]+$/,
    "the ARN of a role",
  );
  if (accounts.length === 0 && entitledRoles.length === 0) {
    check.refuse(
      "administeredAccounts",
      "is empty, and so is entitledRoles: nobody would administer anything. List an account.",
    );
  }
  const groupIsMade =
    check.choice("adminGroupOrigin", args.adminGroupOrigin ?? "create", ["create", "existing"] as const) === "create";
  const users = check.list("adminUsers", args.adminUsers ?? [], /^\S{1,128}$/, "a user name of IAM Identity Center");
  if (!groupIsMade && users.length > 0) {
    check.refuse(
      "adminUsers",
      "has no effect on a group that is kept elsewhere. Put them in there, and take this out.",
    );
  }
  return {
    accounts,
    entitledRoles,
    groupIsMade,
    users,
    permissionSetName: check.text(
      "permissionSetName",
      args.permissionSetName ?? "administrator",
      /^[\w+=,.@-]{1,32}$/,
      "a permission set's name: 1 to 32 letters, digits and _+=,.@-",
    ),
    groupName: check.text("adminGroup", args.adminGroup ?? "administrators", /^\S(.{0,126}\S)?$/, "a group's name"),
    boundary: boundaryOf(check, args.permissionSetBoundary),
    application: applicationOf(check, args.accountAccessApplication, entitledRoles),
  };
}

function applicationOf(check: ArgumentChecker, application: unknown, roles: readonly string[]): string {
  if (application === undefined && roles.length === 0) return "";
  if (application === undefined) {
    check.refuse("accountAccessApplication", "is missing: entitledRoles are reached through it. Set its ARN.");
  }
  if (roles.length === 0) {
    check.refuse("entitledRoles", "is empty, so accountAccessApplication has no effect. List a role, or take it out.");
  }
  return check.text(
    "accountAccessApplication",
    application,
    /^arn:aws[a-z-]*:account-access:[a-z0-9-]+:[0-9]{12}:application\/\S{1,200}$/,
    "the ARN of an application of the account access manager",
  );
}

function boundaryOf(check: ArgumentChecker, boundary: unknown): Boundary | undefined {
  if (boundary === undefined) return undefined;
  const form =
    "the ARN of an AWS managed policy, or the path and name of a customer managed one, such as /developer-boundary";
  const text = check.text(
    "permissionSetBoundary",
    boundary,
    /^(arn:aws[a-z-]*:iam::aws:policy\/[\w+=,.@/-]{1,200}|\/([\w+=,.@-]+\/){0,16}[\w+=,.@-]{1,128})$/,
    form,
  );
  if (text.startsWith("arn:")) return { managedPolicyArn: text };
  const end = text.lastIndexOf("/") + 1;
  return { customerManagedPolicyReference: { path: text.slice(0, end), name: text.slice(end) } };
}
