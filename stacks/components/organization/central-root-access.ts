import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as iam from "@pulumi/aws/iam";
import * as organizations from "@pulumi/aws/organizations";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { beforeCreation, Unmet } from "../shared/prerequisites";
import {
  type Organization,
  OrganizationLookup,
  requireAllFeatures,
  requireManagementAccount,
} from "./organization-lookup";

/** Arguments of {@link CentralRootAccess}. */
export interface CentralRootAccessArgs {
  /**
   * Whether this component switches on the trusted access that IAM needs in the organization (`create`, the default), or
   * finds it switched on by somebody else (`existing`) and leaves it alone.
   */
  trustedAccess?: "create" | "existing";
}

const COMPONENT = "CentralRootAccess";
const IAM = "iam.amazonaws.com";

/**
 * Central root access of an organization: member accounts need no root credentials any more (RootCredentialsManagement),
 * and the few tasks that only root can do are done in sessions of sts:AssumeRoot (RootSessions). Switching it on takes
 * away no credential by itself. See "Centralize root access for member accounts" in the IAM User Guide.
 *
 * The program runs in the management account. Throws {@link InvalidArgument} for a `trustedAccess` that is neither; before
 * the first change it looks into the organization and stops where that lacks all features, or where trusted access is not
 * as `trustedAccess` says.
 */
export class CentralRootAccess extends pulumi.ComponentResource {
  /** What is switched on. */
  readonly enabledFeatures: pulumi.Output<string[]>;

  constructor(name: string, args: CentralRootAccessArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const trustedAccess = checkedTrustedAccess(args);
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
        ...beforeCreation(`${name}-features`, async () => {
          const organization = await requireManager();
          if (trustedAccess === "existing") requireTrustedAccess(organization);
        }),
      },
    );

    this.enabledFeatures = features.enabledFeatures;
    this.registerOutputs({ enabledFeatures: this.enabledFeatures });
  }
}

/** Throws {@link InvalidArgument} for a `trustedAccess` that is neither. */
export function checkedTrustedAccess({ trustedAccess = "create" }: CentralRootAccessArgs): "create" | "existing" {
  return new ArgumentChecker(COMPONENT).choice("trustedAccess", trustedAccess, ["create", "existing"] as const);
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
