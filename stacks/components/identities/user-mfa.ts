import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { type Asking, requireGroup, requireUser } from "../shared/existing-identities";
import { checkedNetworks } from "../shared/networks";
import { beforeCreation } from "../shared/prerequisites";
import { accountOf } from "../shared/provider-account";
import { type OwnKey, ownKeyActions, type UserMfaTerms, userMfaPolicy } from "./user-mfa-policy";

/** Arguments of {@link UserMfa}. One of `users`, `allUsers` and `gatedGroups` is needed. */
export interface UserMfaArgs {
  /** Names of IAM users to put into the group, spelt as IAM shows them, without their path. */
  users?: readonly string[];

  /**
   * Put every IAM user of the account into the group, machine users too: they are read at deployment, so that a new user is put
   * in at the next one. False by default.
   */
  allUsers?: boolean;

  /** Names of groups that exist already, to attach the policy to: for accounts whose users all are in some group. */
  gatedGroups?: readonly string[];

  /** The name of the group that is made for `users` and `allUsers`. `mfa-required` by default. */
  userGroupName?: string;

  /** The policy's name, unique in the account; the pack's setting `gatePolicies` may name it. `user-mfa` by default. */
  gatePolicyName?: string;

  /**
   * Paths of users that are programs, such as `/machines/`, and cannot have MFA. The gate spares users below them, and
   * `machineUserSources` or `machineUserVpcs` say where they may call from. None by default. See "IAM identifiers" in the IAM User Guide.
   */
  machineUserPaths?: readonly string[];

  /** Public networks, in CIDR notation, that machine users may call from. */
  machineUserSources?: readonly string[];

  /** Ids of VPCs through whose endpoints machine users may call. See "aws:SourceVpc" in "AWS global condition context keys". */
  machineUserVpcs?: readonly string[];

  /** What a user may make for itself with MFA beside a password: names of `ownKeyActions`. None by default. */
  ownKeys?: readonly OwnKey[];

  /**
   * Whether a user without MFA may change its own password. With true, the default, somebody who signs in for the first time or with
   * an expired password can do that at once. With false a stolen password cannot be changed by the thief, and whoever makes a user must
   * not demand a new password at the first sign-in.
   */
  passwordBeforeMfa?: boolean;
}

/** "IAM and AWS STS quotas" in the IAM User Guide; white space does not count, and there is none. */
const POLICY_MAX_CHARACTERS = 6144;

const COMPONENT = "UserMfa";
const NAME = /^[\w+=,.@-]{1,64}$/;

/**
 * Puts IAM users behind MFA: a policy that denies everything but enrolment to who signed in, or calls with an access key, without
 * it, and that permits self-service on the own user; attached to a group made for it, to groups that exist, or to both.
 * Memberships are added, never taken over, and come after the gate.
 *
 * Throws {@link InvalidArgument} for nobody to gate, for a name that IAM does not allow, a path that would spare everybody, machine
 * users without a network, a network that is private or next to everybody's, and more than a policy can hold. Before the first change
 * it stops for a user or group that does not exist.
 */
export class UserMfa extends pulumi.ComponentResource {
  readonly policyArn: pulumi.Output<string>;
  /** The group that was made; undefined where only `gatedGroups` are named. */
  readonly groupName: pulumi.Output<string> | undefined;

  constructor(name: string, args: UserMfaArgs, opts?: pulumi.ComponentResourceOptions) {
    const { users, allUsers, gatedGroups, userGroupName, gatePolicyName, terms } = checkedUserMfa(args);
    super("aws-identity-guardrails:index:UserMfa", name, {}, opts);
    const parent = { parent: this };

    const policy = new iam.Policy(
      `${name}-policy`,
      {
        name: gatePolicyName,
        description: "Self-service for IAM users. Without MFA everything but setting it up is denied.",
        policy: accountOf(this).apply((account) => userMfaPolicy(account, terms)),
      },
      {
        ...parent,
        ...beforeCreation(`${name}-existing`, async () => {
          for (const group of gatedGroups) await requireGroup(group, asking("gatedGroups", this));
          for (const user of users) await requireUser(user, asking("users", this));
        }),
      },
    );
    for (const group of gatedGroups) {
      new iam.GroupPolicyAttachment(
        `${name}-gate-${group}`,
        { group, policyArn: policy.arn },
        {
          ...parent,
          ...beforeCreation(`${name}-gate-${group}`, () => requireGroup(group, asking("gatedGroups", this))),
        },
      );
    }

    this.policyArn = policy.arn;
    this.groupName =
      users.length > 0 || allUsers ? this.groupOf(name, userGroupName, policy, users, allUsers) : undefined;
    this.registerOutputs({ policyArn: this.policyArn, groupName: this.groupName });
  }

  private groupOf(
    name: string,
    groupName: string,
    policy: iam.Policy,
    users: readonly string[],
    allUsers: boolean,
  ): pulumi.Output<string> {
    const parent = { parent: this };
    // Renamed in place, the group would stay in the state under its old id: the next refresh would lose it, and destroy leave it.
    const group = new iam.Group(`${name}-group`, { name: groupName }, { ...parent, replaceOnChanges: ["name"] });
    const gate = new iam.GroupPolicyAttachment(
      `${name}-group-policy`,
      { group: group.name, policyArn: policy.arn },
      parent,
    );
    const join = (user: string, opts: pulumi.ResourceOptions) => {
      new iam.UserGroupMembership(
        `${name}-user-${user}`,
        { user, groups: [group.name] },
        { ...parent, dependsOn: [gate], ...opts },
      );
    };
    for (const user of users)
      join(
        user,
        beforeCreation(`${name}-user-${user}`, () => requireUser(user, asking("users", this))),
      );
    if (allUsers) {
      iam.getUsersOutput({}, parent).names.apply((found) => {
        for (const user of [...found].sort()) join(user, {});
      });
    }
    return group.name;
  }
}

function asking(argument: string, parent: pulumi.Resource): Asking {
  return { component: COMPONENT, argument, parent };
}

interface CheckedUserMfa {
  readonly users: readonly string[];
  readonly allUsers: boolean;
  readonly gatedGroups: readonly string[];
  readonly userGroupName: string;
  readonly gatePolicyName: string;
  readonly terms: UserMfaTerms;
}

/** Throws {@link InvalidArgument} for what {@link UserMfa} refuses. */
export function checkedUserMfa(args: UserMfaArgs): CheckedUserMfa {
  const check = new ArgumentChecker(COMPONENT);
  const form = "the name of an IAM user: 1 to 64 letters, digits and _+=,.@-, without a path or an ARN";
  const users = check.list("users", args.users ?? [], NAME, form);
  const allUsers = check.boolean("allUsers", args.allUsers ?? false);
  if (allUsers && users.length > 0) check.refuse("users", "has no effect beside allUsers. Take one of the two out.");
  const groupForm = "a group's name: 1 to 128 letters, digits and _+=,.@-";
  const gatedGroups = check.list("gatedGroups", args.gatedGroups ?? [], /^[\w+=,.@-]{1,128}$/, groupForm);
  if (users.length === 0 && !allUsers && gatedGroups.length === 0) {
    check.refuse(
      "users",
      "is empty, so nobody would need MFA. List users, set allUsers, or name groups in gatedGroups.",
    );
  }
  const userGroupName = check.text(
    "userGroupName",
    args.userGroupName ?? "mfa-required",
    /^[\w+=,.@-]{1,128}$/,
    groupForm,
  );
  if (gatedGroups.some((group) => group.toLowerCase() === userGroupName.toLowerCase())) {
    check.refuse(
      "userGroupName",
      `is "${userGroupName}", which gatedGroups names as a group that exists. Choose another name.`,
    );
  }
  return {
    users,
    allUsers,
    gatedGroups,
    userGroupName,
    gatePolicyName: check.text(
      "gatePolicyName",
      args.gatePolicyName ?? "user-mfa",
      /^[\w+=,.@-]{1,128}$/,
      "a policy's name: 1 to 128 letters, digits and _+=,.@-",
    ),
    terms: checkedTerms(check, args),
  };
}

function checkedTerms(check: ArgumentChecker, args: UserMfaArgs): UserMfaTerms {
  const paths = check.list(
    "machineUserPaths",
    args.machineUserPaths ?? [],
    /^\/([\w+=,.@-]+\/){1,16}$/,
    "a path such as /machines/, with a name between its slashes: / alone would spare everybody",
  );
  const sources = checkedNetworks(check, "machineUserSources", args.machineUserSources ?? []);
  const vpcs = check.list(
    "machineUserVpcs",
    args.machineUserVpcs ?? [],
    /^vpc-[0-9a-f]{8,17}$/,
    "the id of a VPC (vpc-…)",
  );
  if (paths.length > 0 && sources.length + vpcs.length === 0) {
    check.refuse(
      "machineUserPaths",
      "spares users from MFA, so something else has to hold them: name the networks that they call from in " +
        "machineUserSources or machineUserVpcs.",
    );
  }
  if (paths.length === 0 && sources.length + vpcs.length > 0) {
    check.refuse(
      "machineUserPaths",
      "is empty, so machineUserSources and machineUserVpcs would hold nobody. Name a path.",
    );
  }
  const kinds = Object.keys(ownKeyActions) as OwnKey[];
  const ownKeys = check
    .list("ownKeys", args.ownKeys ?? [], /^/, "a kind of key")
    .map((kind, index) => check.choice(`ownKeys[${index}]`, kind, kinds));
  const terms = {
    machineUsers: { paths, sources, vpcs },
    ownKeys,
    passwordBeforeMfa: check.boolean("passwordBeforeMfa", args.passwordBeforeMfa ?? true),
  };
  const size = userMfaPolicy({ partition: "aws-us-gov", id: "000000000000" }, terms).length;
  if (size > POLICY_MAX_CHARACTERS) {
    check.refuse(
      "machineUserPaths",
      `and the networks make a policy of ${size} characters; IAM allows ${POLICY_MAX_CHARACTERS}. List fewer.`,
    );
  }
  return terms;
}
