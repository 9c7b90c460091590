import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { type Asking, requireGroup, requireRole } from "../shared/existing-identities";
import { beforeCreation, reasonOf, Unmet } from "../shared/prerequisites";
import { accountOf } from "../shared/provider-account";
import { boundaryPolicy, type DeveloperBoundaryTerms, delegationPolicy } from "./developer-boundary-policies";

/** Arguments of {@link DeveloperBoundary}. */
export interface DeveloperBoundaryArgs {
  /**
   * The path of the roles, instance profiles and policies that teams make: `/teams/` by default. No role may have it before: whoever
   * has the delegation may pass every role below it to a service. See "IAM identifiers" in the IAM User Guide.
   */
  teamPath?: string;

  /** The boundary's name, unique in the account. `developer-boundary` by default. */
  boundaryPolicyName?: string;

  /** The name of the policy that lets teams make roles, unique in the account. `developer-delegation` by default. */
  delegationPolicyName?: string;

  /** Names of existing groups that are given the delegation. None by default. */
  teamGroups?: readonly string[];

  /** Names of existing roles that are given the delegation, such as those of deployments. None by default. */
  teamRoles?: readonly string[];

  /** ARNs of roles elsewhere that teams may pass to a service, with a `*` at the end at most. None by default. */
  passableRoles?: readonly string[];

  /** ARNs of roles elsewhere, in other accounts too, that teams' roles may assume, with a `*` at the end at most. None by default. */
  assumableRoles?: readonly string[];
}

const COMPONENT = "DeveloperBoundary";

/** "IAM and AWS STS quotas" in the IAM User Guide; white space does not count, and there is none. */
const POLICY_MAX_CHARACTERS = 6144;

/**
 * Lets teams make roles and no administrators: a permissions boundary that every role of theirs has, and a policy that allows to
 * make roles below one path and denies to make one without the boundary. Whoever has the boundary can give it on and can
 * never hand out more.
 *
 * Throws {@link InvalidArgument} for a path that is none or is everybody's, a name that IAM does not allow, a pattern that reaches
 * every role, and more than a policy can hold. Before the first change it stops for a group or role that does not exist, and where a role
 * has the path already.
 */
export class DeveloperBoundary extends pulumi.ComponentResource {
  /** What the pack's rule `require-permissions-boundary` is told as `boundary`. */
  readonly boundaryArn: pulumi.Output<string>;
  readonly delegationArn: pulumi.Output<string>;

  constructor(name: string, args: DeveloperBoundaryArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { terms, delegationName, teamGroups, teamRoles } = checkedDeveloperBoundary(args);
    super("aws-identity-guardrails:index:DeveloperBoundary", name, {}, opts);
    const parent = { parent: this };
    const account = accountOf(this);
    const asking = (argument: string): Asking => ({ component: COMPONENT, argument, parent: this });

    const boundary = new iam.Policy(
      `${name}-boundary`,
      {
        name: terms.boundaryName,
        description: "Permissions boundary: all but identities, and of those roles that have this boundary themselves.",
        policy: account.apply((own) => boundaryPolicy(own, terms)),
      },
      {
        ...parent,
        ...beforeCreation(`${name}-existing`, async () => {
          await requireUnusedPath(terms.teamPath, this);
          for (const group of teamGroups) await requireGroup(group, asking("teamGroups"));
          for (const role of teamRoles) await requireRole(role, asking("teamRoles"));
        }),
      },
    );
    const delegation = new iam.Policy(
      `${name}-delegation`,
      {
        name: delegationName,
        description: `Roles below ${terms.teamPath} with the boundary ${terms.boundaryName}, and none without it.`,
        policy: account.apply((own) => delegationPolicy(own, terms)),
      },
      { ...parent, dependsOn: [boundary] },
    );
    for (const group of teamGroups) {
      new iam.GroupPolicyAttachment(
        `${name}-group-${group}`,
        { group, policyArn: delegation.arn },
        { ...parent, ...beforeCreation(`${name}-group-${group}`, () => requireGroup(group, asking("teamGroups"))) },
      );
    }
    for (const role of teamRoles) {
      new iam.RolePolicyAttachment(
        `${name}-role-${role}`,
        { role, policyArn: delegation.arn },
        { ...parent, ...beforeCreation(`${name}-role-${role}`, () => requireRole(role, asking("teamRoles"))) },
      );
    }

    this.boundaryArn = boundary.arn;
    this.delegationArn = delegation.arn;
    this.registerOutputs({ boundaryArn: this.boundaryArn, delegationArn: this.delegationArn });
  }
}

/** Throws {@link Unmet} where a role is below the path: teams could pass it to a service, whatever it may do. */
async function requireUnusedPath(pathPrefix: string, parent: pulumi.Resource): Promise<void> {
  const { names } = await iam.getRoles({ pathPrefix }, { parent }).catch((error: unknown) => {
    throw new Unmet(
      COMPONENT,
      `the roles below ${pathPrefix} cannot be listed: ${reasonOf(error)} Use credentials that may call iam:ListRoles.`,
    );
  });
  const [first] = names;
  if (first === undefined) return;
  throw new Unmet(
    COMPONENT,
    `the role ${first} is below ${pathPrefix} already, and teams could pass it to a service of theirs without any boundary. ` +
      `Set teamPath to a path without roles; see: aws iam list-roles --path-prefix ${pathPrefix}`,
  );
}

interface CheckedDeveloperBoundary {
  readonly terms: DeveloperBoundaryTerms;
  readonly delegationName: string;
  readonly teamGroups: readonly string[];
  readonly teamRoles: readonly string[];
}

/** Throws {@link InvalidArgument} for what {@link DeveloperBoundary} refuses. */
export function checkedDeveloperBoundary(args: DeveloperBoundaryArgs): CheckedDeveloperBoundary {
  const check = new ArgumentChecker(COMPONENT);
  const policyName = /^[\w+=,.@-]{1,128}$/;
  const policyForm = "a policy's name: 1 to 128 letters, digits and _+=,.@-, without a path";
  const boundaryName = check.text(
    "boundaryPolicyName",
    args.boundaryPolicyName ?? "developer-boundary",
    policyName,
    policyForm,
  );
  const delegationName = check.text(
    "delegationPolicyName",
    args.delegationPolicyName ?? "developer-delegation",
    policyName,
    policyForm,
  );
  if (delegationName.toLowerCase() === boundaryName.toLowerCase()) {
    check.refuse("delegationPolicyName", `is "${delegationName}" like the boundary's. Choose another name.`);
  }
  return {
    terms: checkedTerms(check, args, boundaryName),
    delegationName,
    teamGroups: check.list("teamGroups", args.teamGroups ?? [], /^[\w+=,.@-]{1,128}$/, "the name of a group"),
    teamRoles: check.list(
      "teamRoles",
      args.teamRoles ?? [],
      /^[\w+=,.@-]{1,64}$/,
      "the name of a role, without a path",
    ),
  };
}

function checkedTerms(
  check: ArgumentChecker,
  args: DeveloperBoundaryArgs,
  boundaryName: string,
): DeveloperBoundaryTerms {
  const teamPath = check.text(
    "teamPath",
    args.teamPath ?? "/teams/",
    /^\/(?!aws-)([\w+=,.@-]+\/){1,16}$/,
    "a path such as /teams/, with a name between its slashes that does not begin with aws-: / alone is everybody's",
  );
  const terms = {
    teamPath,
    boundaryName,
    passableRoles: rolesOf(check, "passableRoles", args.passableRoles),
    assumableRoles: rolesOf(check, "assumableRoles", args.assumableRoles),
  };
  const account = { partition: "aws-us-gov", id: "000000000000" };
  const size = Math.max(boundaryPolicy(account, terms).length, delegationPolicy(account, terms).length);
  if (size > POLICY_MAX_CHARACTERS) {
    check.refuse(
      "passableRoles",
      `and assumableRoles make a policy of ${size} characters; IAM allows ${POLICY_MAX_CHARACTERS}. List fewer.`,
    );
  }
  return terms;
}

function rolesOf(check: ArgumentChecker, argument: string, value: unknown): readonly string[] {
  return check.list(
    argument,
    value ?? [],
    /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]+\*?$/,
    "the ARN of a role, with the beginning of its name and a * at the end at most (arn:aws:iam::111122223333:role/deploy-*)",
  );
}
