import {
  type GetOrganizationResult,
  getOrganization,
  getOrganizationalUnitDescendantOrganizationalUnits,
} from "@pulumi/aws/organizations";
import type * as pulumi from "@pulumi/pulumi";
import { log } from "@pulumi/pulumi";
import { reasonOf, Unmet } from "../shared/prerequisites";

/** What is asked of an organization; `aws.organizations.getOrganization` answers with it. */
export type Organization = Pick<
  GetOrganizationResult,
  "id" | "featureSet" | "masterAccountId" | "enabledPolicyTypes" | "awsServiceAccessPrincipals"
> & {
  readonly roots: readonly { readonly id: string }[];
  readonly accounts: readonly { readonly id: string }[];
};

/** Looks up, once for each component, the organization that the credentials belong to. */
export class OrganizationLookup {
  private organization: Promise<Organization> | undefined;
  private units: Promise<readonly string[]> | undefined;

  constructor(
    private readonly component: string,
    private readonly parent: pulumi.Resource,
  ) {}

  /** Throws {@link Unmet} where there is no organization, or these credentials may not read it. */
  read(): Promise<Organization> {
    this.organization ??= getOrganization({}, { parent: this.parent }).then(
      (found) => readable(this.component, found),
      (error) => this.fail(error),
    );
    return this.organization;
  }

  /** The ids of all organizational units. Throws like {@link read}. */
  unitIds(): Promise<readonly string[]> {
    this.units ??= this.read()
      .then(({ roots: [root] }) =>
        getOrganizationalUnitDescendantOrganizationalUnits({ parentId: root?.id ?? "" }, { parent: this.parent }),
      )
      .then(
        ({ childrens }) => childrens.map(({ id }) => id),
        (error) => (error instanceof Unmet ? Promise.reject(error) : this.fail(error)),
      );
    return this.units;
  }

  private fail(error: unknown): never {
    throw new Unmet(
      this.component,
      `the organization cannot be read: ${reasonOf(error)} Use credentials of the management account, or of a delegated ` +
        "administrator, that may call organizations:Describe* and organizations:List*. Where there is no organization " +
        "yet, make one with: aws organizations create-organization --feature-set ALL",
    );
  }
}

/** A member account without delegated administration sees that there is an organization, and nothing in it. */
function readable(component: string, organization: Organization): Organization {
  if (organization.roots.length > 0) return organization;
  throw new Unmet(
    component,
    `these credentials belong to a member account that may not look into organization ${organization.id}. ` +
      `Use those of its management account ${organization.masterAccountId} or of a delegated administrator.`,
  );
}

/** Throws {@link Unmet} for an organization that has consolidated billing only. */
export function requireAllFeatures(component: string, { id, featureSet }: Organization): void {
  if (featureSet === "ALL") return;
  throw new Unmet(
    component,
    `organization ${id} has the feature set ${featureSet}. Enable all features with: aws organizations enable-all-features`,
  );
}

/** Throws {@link Unmet} where another account than the management account runs the program. */
export function requireManagementAccount(component: string, organization: Organization, accountId: string): void {
  if (organization.masterAccountId === accountId) return;
  throw new Unmet(
    component,
    `account ${accountId} is not the management account of organization ${organization.id}. ` +
      `Deploy this stack with credentials of account ${organization.masterAccountId}.`,
  );
}

/**
 * Says what AWS Control Tower has to do with root sessions, where it works in the organization: which of its controls are enabled the
 * organization does not tell. See "ControlParameter", ExemptAssumeRoot, in the AWS Control Catalog API Reference.
 */
export function warnOfControlTower({ awsServiceAccessPrincipals }: Organization, about: pulumi.Resource): void {
  if (!awsServiceAccessPrincipals.includes("controltower.amazonaws.com")) return;
  log.warn(
    "AWS Control Tower works in this organization. Where its control AWS-GR_RESTRICT_ROOT_USER is enabled, it denies root " +
      "sessions of sts:AssumeRoot too: enable it with the parameter ExemptAssumeRoot, or these sessions cannot do their tasks.",
    about,
  );
}

/** Throws {@link Unmet} where service control policies are switched off. */
export function requireServiceControlPolicies(component: string, organization: Organization): void {
  requireAllFeatures(component, organization);
  if (organization.enabledPolicyTypes.includes("SERVICE_CONTROL_POLICY")) return;
  const root = organization.roots[0]?.id ?? "r-...";
  throw new Unmet(
    component,
    `service control policies are switched off in organization ${organization.id}. Enable them with: aws organizations ` +
      `enable-policy-type --root-id ${root} --policy-type SERVICE_CONTROL_POLICY`,
  );
}

/**
 * Throws {@link Unmet} for a target that the organization does not have, and for its management account, which no service
 * control policy binds. `unitIds` are the organizational units; they matter for a target that is one.
 */
export function requireTarget(
  component: string,
  target: string,
  organization: Organization,
  unitIds: readonly string[],
): void {
  if (target === organization.masterAccountId) {
    throw new Unmet(
      component,
      `target ${target} is the management account, which no service control policy binds. Take it out; ` +
        "guard its root user with MFA and without access keys.",
    );
  }
  const { accounts, roots } = organization;
  if (unitIds.includes(target) || [...accounts, ...roots].some(({ id }) => id === target)) return;
  const [what, command] = target.startsWith("r-")
    ? ["root", "aws organizations list-roots"]
    : target.startsWith("ou-")
      ? ["organizational unit", `aws organizations list-organizational-units-for-parent --parent-id ${roots[0]?.id}`]
      : ["account", "aws organizations list-accounts"];
  throw new Unmet(component, `organization ${organization.id} has no ${what} ${target}. See: ${command}`);
}
