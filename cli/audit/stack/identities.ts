import { isManagedPolicyArn } from "../../../policypack/iam";
import { documentIn } from "../../explain/input/policies";
import type { FilePosition } from "../../terminal/json-file";
import type { AccountRecords } from "../records/records";
import { recordIn, requireAccount, type StackWriter } from "./account-stack";

/** A role that IAM Identity Center keeps for a permission set. */
export const identityCenterPath = "/aws-reserved/sso.amazonaws.com/";

/** Roles that AWS keeps for its own services; nobody else can change or pass them ("Service-linked roles", IAM User Guide). */
const serviceLinkedPath = "/aws-service-role/";

/**
 * The users, groups, roles and customer-managed policies of an account, with all that is attached to them.
 * "GetAccountAuthorizationDetails" (IAM API Reference).
 *
 * @returns the roles of IAM Identity Center, which stand for permission sets, and what was left aside
 * @throws Failure that names the place of what is not as AWS prints it
 */
export function writeIdentities(
  records: AccountRecords,
  stack: StackWriter,
): { readonly rolesOfPermissionSets: readonly FilePosition[]; readonly leftOut: readonly string[] } {
  const details = recordIn(records, "authorization-details");
  if (details === undefined) return { rolesOfPermissionSets: [], leftOut: [] };
  const writer = new IdentityWriter(records, stack);
  for (const policy of details.itemsOf("Policies")) writer.policy(policy);
  for (const group of details.itemsOf("GroupDetailList")) writer.group(group);
  for (const user of details.itemsOf("UserDetailList")) writer.user(user);
  const rolesOfPermissionSets: FilePosition[] = [];
  let serviceLinked = 0;
  for (const role of details.itemsOf("RoleDetailList")) {
    const path = role.member("Path")?.text() ?? "/";
    if (path.startsWith(serviceLinkedPath)) serviceLinked += 1;
    else {
      writer.role(role);
      if (path.startsWith(identityCenterPath)) rolesOfPermissionSets.push(role);
    }
  }
  const roles = `${serviceLinked} service-linked role${serviceLinked === 1 ? "" : "s"}`;
  const leftOut = serviceLinked === 0 ? [] : [`${roles}: AWS keeps them, and nobody else can change or pass them`];
  return { rolesOfPermissionSets, leftOut };
}

class IdentityWriter {
  constructor(
    private readonly records: AccountRecords,
    private readonly stack: StackWriter,
  ) {}

  policy(policy: FilePosition): void {
    const arn = textIn(policy, "Arn");
    // The policies of AWS have a table of their own, attached or not.
    if (isManagedPolicyArn(arn)) return;
    requireAccount(this.records, policy, arn);
    const name = textIn(policy, "PolicyName");
    this.stack.add("aws:iam/policy:Policy", name, {
      ...{ name, arn, path: pathIn(policy) },
      ...documentOf(defaultVersionOf(policy), "policy"),
    });
  }

  group(group: FilePosition): void {
    const name = this.nameOf(group, "GroupName");
    this.stack.add("aws:iam/group:Group", name, { name, arn: textIn(group, "Arn"), path: pathIn(group) });
    this.policiesOf(group, "group", name);
  }

  user(user: FilePosition): void {
    const name = this.nameOf(user, "UserName");
    this.stack.add("aws:iam/user:User", name, { ...{ name, arn: textIn(user, "Arn") }, ...aboutPrincipal(user) });
    this.policiesOf(user, "user", name);
    const groups = user.itemsOf("GroupList").map((group) => group.text());
    if (groups.length === 0) return;
    this.stack.add("aws:iam/userGroupMembership:UserGroupMembership", name, { user: name, groups });
  }

  role(role: FilePosition): void {
    const name = this.nameOf(role, "RoleName");
    const session = role.member("MaxSessionDuration")?.value;
    this.stack.add("aws:iam/role:Role", name, {
      ...{ name, arn: textIn(role, "Arn") },
      ...aboutPrincipal(role),
      ...(session === undefined ? {} : { maxSessionDuration: session }),
      ...documentOf(role.member("AssumeRolePolicyDocument"), "assumeRolePolicy"),
    });
    this.policiesOf(role, "role", name);
  }

  private nameOf(identity: FilePosition, field: string): string {
    requireAccount(this.records, identity, textIn(identity, "Arn"));
    return textIn(identity, field);
  }

  private policiesOf(identity: FilePosition, kind: "user" | "group" | "role", holder: string): void {
    const Kind = { user: "User", group: "Group", role: "Role" }[kind];
    for (const policy of identity.itemsOf(`${Kind}PolicyList`)) {
      const name = textIn(policy, "PolicyName");
      const properties = { name, [kind]: holder, ...documentOf(policy.member("PolicyDocument"), "policy") };
      this.stack.add(`aws:iam/${kind}Policy:${Kind}Policy`, `${holder}/${name}`, properties);
    }
    for (const policy of identity.itemsOf("AttachedManagedPolicies")) {
      const policyArn = textIn(policy, "PolicyArn");
      const type = `aws:iam/${kind}PolicyAttachment:${Kind}PolicyAttachment`;
      this.stack.add(type, `${holder}/${policyArn.split("/").at(-1) ?? ""}`, { [kind]: holder, policyArn });
    }
  }
}

/** Path, tags and boundary, which users and roles have alike. */
function aboutPrincipal(identity: FilePosition): Readonly<Record<string, unknown>> {
  const boundary = identity.member("PermissionsBoundary")?.required("PermissionsBoundaryArn").text();
  const tags = identity.itemsOf("Tags").map((tag) => [textIn(tag, "Key"), textIn(tag, "Value")]);
  return {
    path: pathIn(identity),
    tags: Object.fromEntries(tags),
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
  };
}

function pathIn(identity: FilePosition): string {
  return identity.member("Path")?.text() ?? "/";
}

/** The document under the name that the AWS provider has for it; nothing where the record holds none. */
export function documentOf(place: FilePosition | undefined, property: string): Readonly<Record<string, unknown>> {
  return place === undefined ? {} : { [property]: documentIn(place) };
}

function defaultVersionOf(policy: FilePosition): FilePosition | undefined {
  const id = policy.member("DefaultVersionId")?.value;
  return policy
    .itemsOf("PolicyVersionList")
    .find(
      (version) =>
        version.member("IsDefaultVersion")?.value === true ||
        (id !== undefined && version.member("VersionId")?.value === id),
    )
    ?.member("Document");
}

export function textIn(place: FilePosition, name: string): string {
  return place.required(name).text();
}
