import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListInstancesCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import type { AccountRecord, PermissionSets } from "../records/records";
import { type Asking, allPages, nameAndMessage, recordOf } from "./calls";

/** The permission sets that are provisioned to an account, as IAM Identity Center's own account sees them. */
export function permissionSets(client: SSOAdminClient, account: string): Promise<AccountRecord> {
  return recordOf("sso-admin list-permission-sets-provisioned-to-account", async (asking): Promise<PermissionSets> => {
    const { Instances = [] } = await asking("sso:ListInstances", () => client.send(new ListInstancesCommand({})));
    const found: PermissionSets["PermissionSets"][number][] = [];
    for (const { InstanceArn } of Instances) {
      const arns = await allPages(
        (NextToken) =>
          asking("sso:ListPermissionSetsProvisionedToAccount", () =>
            client.send(
              new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId: account, NextToken }),
            ),
          ),
        (page) => page.PermissionSets,
        (page) => page.NextToken,
      );
      for (const PermissionSetArn of arns) {
        found.push(await permissionSet(client, { InstanceArn, PermissionSetArn }, account, asking));
      }
    }
    return { PermissionSets: found };
  });
}

async function permissionSet(
  client: SSOAdminClient,
  named: { readonly InstanceArn: string | undefined; readonly PermissionSetArn: string },
  account: string,
  asking: Asking,
): Promise<PermissionSets["PermissionSets"][number]> {
  const { PermissionSet = {} } = await asking("sso:DescribePermissionSet", () =>
    client.send(new DescribePermissionSetCommand(named)),
  );
  const { InlinePolicy } = await asking("sso:GetInlinePolicyForPermissionSet", () =>
    client.send(new GetInlinePolicyForPermissionSetCommand(named)),
  );
  const managed = await allPages(
    (NextToken) =>
      asking("sso:ListManagedPoliciesInPermissionSet", () =>
        client.send(new ListManagedPoliciesInPermissionSetCommand({ ...named, NextToken })),
      ),
    (page) => page.AttachedManagedPolicies,
    (page) => page.NextToken,
  );
  const own = await allPages(
    (NextToken) =>
      asking("sso:ListCustomerManagedPolicyReferencesInPermissionSet", () =>
        client.send(new ListCustomerManagedPolicyReferencesInPermissionSetCommand({ ...named, NextToken })),
      ),
    (page) => page.CustomerManagedPolicyReferences,
    (page) => page.NextToken,
  );
  const boundary = await boundaryOf(client, named, asking);
  const assignments = await allPages(
    (NextToken) =>
      asking("sso:ListAccountAssignments", () =>
        client.send(new ListAccountAssignmentsCommand({ ...named, AccountId: account, NextToken })),
      ),
    (page) => page.AccountAssignments,
    (page) => page.NextToken,
  );
  const { Name = "", SessionDuration } = PermissionSet;
  return {
    ...{ PermissionSetArn: named.PermissionSetArn, Name },
    ...(SessionDuration === undefined ? {} : { SessionDuration }),
    ...(InlinePolicy === undefined || InlinePolicy === "" ? {} : { InlinePolicy }),
    AttachedManagedPolicies: managed.map(({ Name, Arn = "" }) => ({ ...(Name && { Name }), Arn })),
    CustomerManagedPolicyReferences: own.map(({ Name = "", Path }) => ({ Name, ...(Path && { Path }) })),
    ...(boundary === undefined ? {} : { PermissionsBoundary: boundary }),
    Assignments: assignments.map(({ PrincipalType = "", PrincipalId = "" }) => ({ PrincipalType, PrincipalId })),
  };
}

type Boundary = NonNullable<PermissionSets["PermissionSets"][number]["PermissionsBoundary"]>;

async function boundaryOf(
  client: SSOAdminClient,
  named: { readonly InstanceArn: string | undefined; readonly PermissionSetArn: string },
  asking: Asking,
): Promise<Boundary | undefined> {
  try {
    const { PermissionsBoundary } = await asking("sso:GetPermissionsBoundaryForPermissionSet", () =>
      client.send(new GetPermissionsBoundaryForPermissionSetCommand(named)),
    );
    if (PermissionsBoundary === undefined) return undefined;
    const { ManagedPolicyArn, CustomerManagedPolicyReference } = PermissionsBoundary;
    const { Name, Path } = CustomerManagedPolicyReference ?? {};
    return {
      ...(ManagedPolicyArn && { ManagedPolicyArn }),
      ...(Name && { CustomerManagedPolicyReference: { Name, ...(Path && { Path }) } }),
    };
  } catch (error) {
    if (nameAndMessage(error).name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
