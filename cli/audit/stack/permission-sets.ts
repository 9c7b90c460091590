import type { FilePosition } from "../../terminal/json-file";
import type { AccountRecords } from "../records/records";
import { recordIn, type StackWriter } from "./account-stack";
import { documentOf, textIn } from "./identities";

const setOf = "permissionSetArn";

/**
 * The permission sets that give access to the account: as IAM Identity Center tells of them, or else as the roles that it keeps for them in
 * the account do.
 *
 * @param roles those roles
 */
export function writePermissionSets(records: AccountRecords, stack: StackWriter, roles: readonly FilePosition[]): void {
  const told = recordIn(records, "permission-sets")?.itemsOf("PermissionSets");
  if (told === undefined) for (const role of roles) writeRole(records, stack, role);
  else for (const set of told) writeSet(records, stack, set);
}

function writeSet({ account }: AccountRecords, stack: StackWriter, set: FilePosition): void {
  const name = textIn(set, "Name");
  const arn = textIn(set, "PermissionSetArn");
  const sessionDuration = set.member("SessionDuration")?.text();
  const about = { [setOf]: arn };
  stack.add("aws:ssoadmin/permissionSet:PermissionSet", name, {
    ...{ name, arn },
    ...(sessionDuration === undefined ? {} : { sessionDuration }),
  });
  const inline = set.member("InlinePolicy");
  if (inline !== undefined && inline.value !== "") writeInline(stack, name, about, inline);
  for (const policy of set.itemsOf("AttachedManagedPolicies")) writeManaged(stack, name, about, textIn(policy, "Arn"));
  for (const reference of set.itemsOf("CustomerManagedPolicyReferences")) writeOwn(stack, name, about, reference);
  const boundary = set.member("PermissionsBoundary");
  if (boundary !== undefined) {
    const permissionsBoundary = {
      managedPolicyArn: boundary.member("ManagedPolicyArn")?.text(),
      customerManagedPolicyReference: referenceOf(boundary.member("CustomerManagedPolicyReference")),
    };
    const type = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment";
    stack.add(type, name, { ...about, permissionsBoundary });
  }
  for (const assignment of set.itemsOf("Assignments")) {
    const principalId = textIn(assignment, "PrincipalId");
    const principalType = textIn(assignment, "PrincipalType");
    const properties = { ...about, principalType, principalId, targetId: account, targetType: "AWS_ACCOUNT" };
    stack.add("aws:ssoadmin/accountAssignment:AccountAssignment", `${name}/${principalId}`, properties);
  }
}

/** A permission set as its role in the account: `AWSReservedSSO_NAME_` and sixteen digits ("Referencing permission sets", IAM Identity Center User Guide). */
function writeRole({ partition }: AccountRecords, stack: StackWriter, role: FilePosition): void {
  const roleName = textIn(role, "RoleName");
  const name = nameOfSet(roleName);
  // Nobody here knows the real one; what hangs on the set has to find it.
  const arn = `arn:${partition}:sso:::permissionSet/of-role/${roleName}`;
  const about = { [setOf]: arn };
  stack.add("aws:ssoadmin/permissionSet:PermissionSet", name, { name, arn });
  for (const policy of role.itemsOf("RolePolicyList")) writeInline(stack, name, about, policy.member("PolicyDocument"));
  for (const policy of role.itemsOf("AttachedManagedPolicies")) {
    const policyArn = textIn(policy, "PolicyArn");
    writeManaged(stack, name, about, policyArn);
  }
  const managedPolicyArn = role.member("PermissionsBoundary")?.member("PermissionsBoundaryArn")?.text();
  if (managedPolicyArn === undefined) return;
  const type = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment";
  stack.add(type, name, { ...about, permissionsBoundary: { managedPolicyArn } });
}

/** `Operators` of `AWSReservedSSO_Operators_0123456789abcdef`. */
export function nameOfSet(roleName: string): string {
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(roleName)?.[1] ?? roleName;
}

type About = Readonly<Record<string, string>>;

function writeInline(stack: StackWriter, name: string, about: About, document: FilePosition | undefined): void {
  const properties = { ...about, ...documentOf(document, "inlinePolicy") };
  stack.add("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", name, properties);
}

function writeManaged(stack: StackWriter, name: string, about: About, managedPolicyArn: string): void {
  const type = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment";
  stack.add(type, `${name}/${managedPolicyArn.split("/").at(-1) ?? ""}`, { ...about, managedPolicyArn });
}

function writeOwn(stack: StackWriter, name: string, about: About, reference: FilePosition): void {
  const customerManagedPolicyReference = referenceOf(reference);
  const type = "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment";
  const properties = { ...about, customerManagedPolicyReference };
  stack.add(type, `${name}/${textIn(reference, "Name")}`, properties);
}

function referenceOf(place: FilePosition | undefined) {
  if (place === undefined) return undefined;
  return { name: textIn(place, "Name"), path: place.member("Path")?.text() ?? "/" };
}
