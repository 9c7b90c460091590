import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as iam from "@pulumi/aws/iam";
import * as organizations from "@pulumi/aws/organizations";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { beforeChange, beforeCreation, Unmet } from "../shared/prerequisites";
import {
  type Organization,
  OrganizationLookup,
  requireAllFeatures,
  requireManagementAccount,
  warnOfControlTower,
} from "./organization-lookup";

/** Arguments of {@link CentralRootAccess}. */
export interface CentralRootAccessArgs {
  /**
   * Whether this component switches on the trusted access that IAM needs in the organization (`create`, the default), or
   * finds it switched on by somebody else (`existing`) and leaves it alone.
   */
  trustedAccess?: "create" | "existing";

  /**
   * A member account, twelve digits, whose administrators may do what the management account's may: see and delete root
   * credentials, and open root sessions. None by default.
   */
  delegatedAdministrator?: string;

  /**
   * Whether destroying this component switches both features off. By default it does where the component gave the trusted access
   * without which no feature can have been on before, and leaves them on where that was there: somebody else may count on them.
   */
  switchOffOnDestroy?: boolean;
}

const COMPONENT = "CentralRootAccess";
const IAM = "iam.amazonaws.com";

/**
 * Central root access of an organization: member accounts need no root credentials any more (RootCredentialsManagement),
 * and the few tasks that only root can do are done in sessions of sts:AssumeRoot (RootSessions). Switching it on takes
 * away no credential by itself. See "Centralize root access for member accounts" in the IAM User Guide.
 *
 * The program runs in the management account. Throws {@link InvalidArgument} for a `trustedAccess` that is neither and an account that is none;
 * before the first change it looks into the organization and stops where that lacks all features, or where trusted access is not
 * as `trustedAccess` says, or where the delegated administrator is no member account.
 */
export class CentralRootAccess extends pulumi.ComponentResource {
  /** What is switched on. */
  readonly enabledFeatures: pulumi.Output<string[]>;

  constructor(name: string, args: CentralRootAccessArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { trustedAccess, delegatedAdministrator, switchOffOnDestroy } = checkedCentralRootAccess(args);
    super("aws-identity-guardrails:index:CentralRootAccess", name, {}, opts);

    const lookup = new OrganizationLookup(COMPONENT, this);
    const requireManager = async (): Promise<Organization> => {
      const organization = await lookup.read();
      const { accountId } = await getCallerIdentity({}, { parent: this });
      requireManagementAccount(COMPONENT, organization, accountId);
      requireAllFeatures(COMPONENT, organization);
      return organization;
    };

    const access =
      trustedAccess === "existing"
        ? []
        : [
            new organizations.AwsServiceAccess(
              name,
              { servicePrincipal: IAM },
              {
                parent: this,
                ...beforeCreation(`${name}-trusted-access`, async () => requireNoTrustedAccess(await requireManager())),
              },
            ),
          ];
    const features = new iam.OrganizationsFeatures(
      name,
      { enabledFeatures: ["RootCredentialsManagement", "RootSessions"] },
      {
        parent: this,
        dependsOn: access,
        retainOnDelete: !switchOffOnDestroy,
        ...beforeCreation(`${name}-features`, async () => {
          const organization = await requireManager();
          if (trustedAccess === "existing") requireTrustedAccess(organization);
          warnOfControlTower(organization, this);
        }),
      },
    );

    if (delegatedAdministrator !== undefined) {
      new organizations.DelegatedAdministrator(
        `${name}-delegated-administrator`,
        { accountId: delegatedAdministrator, servicePrincipal: IAM },
        {
          parent: this,
          dependsOn: features,
          ...beforeChange(`${name}-delegated-administrator`, async () =>
            requireMember(await requireManager(), delegatedAdministrator),
          ),
        },
      );
    }

    this.enabledFeatures = features.enabledFeatures;
    this.registerOutputs({ enabledFeatures: this.enabledFeatures });
  }
}

/** Throws {@link InvalidArgument} for what {@link CentralRootAccess} refuses. */
export function checkedCentralRootAccess(args: CentralRootAccessArgs): {
  readonly trustedAccess: "create" | "existing";
  readonly delegatedAdministrator: string | undefined;
  readonly switchOffOnDestroy: boolean;
} {
  const check = new ArgumentChecker(COMPONENT);
  const ways = ["create", "existing"] as const;
  const trustedAccess = check.choice("trustedAccess", args.trustedAccess ?? "create", ways);
  const switchOff = check.boolean("switchOffOnDestroy", args.switchOffOnDestroy ?? trustedAccess === "create");
  if (trustedAccess === "create" && !switchOff) {
    check.refuse(
      "switchOffOnDestroy",
      "is false, but destroy takes back the trusted access that this stack gives, and with it the features. " +
        "Leave it out, or set trustedAccess to existing.",
    );
  }
  return {
    trustedAccess,
    switchOffOnDestroy: switchOff,
    delegatedAdministrator:
      args.delegatedAdministrator === undefined
        ? undefined
        : check.text(
            "delegatedAdministrator",
            args.delegatedAdministrator,
            /^[0-9]{12}$/,
            "an account's id: 12 digits, quoted",
          ),
  };
}

/** Throws {@link Unmet} for an account that is none of the organization's members. */
function requireMember({ id, masterAccountId, accounts }: Organization, account: string): void {
  if (account === masterAccountId) {
    throw new Unmet(
      COMPONENT,
      `delegatedAdministrator ${account} is the management account, which needs no delegation. Name a member account, ` +
        "or leave it out.",
    );
  }
  if (accounts.some((member) => member.id === account)) return;
  throw new Unmet(
    COMPONENT,
    `organization ${id} has no account ${account} to delegate to. See: aws organizations list-accounts`,
  );
}

/** Throws {@link Unmet} where IAM has trusted access already: a later `destroy` would take it from whoever gave it. */
export function requireNoTrustedAccess({ id, awsServiceAccessPrincipals }: Organization): void {
  if (!awsServiceAccessPrincipals.includes(IAM)) return;
  throw new Unmet(
    COMPONENT,
    `IAM has trusted access in organization ${id} already. Set trustedAccess to existing, and this stack leaves it alone.`,
  );
}

/** Throws {@link Unmet} where IAM has no trusted access. */
export function requireTrustedAccess({ id, awsServiceAccessPrincipals }: Organization): void {
  if (awsServiceAccessPrincipals.includes(IAM)) return;
  throw new Unmet(
    COMPONENT,
    `IAM has no trusted access in organization ${id}. Set trustedAccess to create, or give it with: ` +
      `aws organizations enable-aws-service-access --service-principal ${IAM}`,
  );
}
