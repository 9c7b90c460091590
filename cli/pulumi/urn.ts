import { partsOf } from "../../policypack/model";

/** Names of resources: `urn:pulumi:STACK::PROJECT::[PARENT_TYPE$]TYPE::NAME` (Pulumi documentation, "Resource names"). */

export const STACK_TYPE = "pulumi:pulumi:Stack";

export interface NamedResource {
  readonly stack: string;
  readonly project: string;
  /** The parent's URN, or "" for none. */
  readonly parent: string;
  readonly type: string;
  readonly name: string;
}

/** The URN of a resource; the stack does not count as a parent. */
export function urnOf({ stack, project, parent, type, name }: NamedResource): string {
  const parentType = parent === "" ? "" : qualifiedTypeOf(parent);
  const qualifiedType = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualifiedType}::${name}`;
}

/** The type with those of its parents, as the URN carries it: `acme:Team$aws:iam/user:User`. */
export function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

export function typeOf(urn: string): string {
  return partsOf(urn).type;
}

/** The logical name; it may contain `::` itself. */
export function nameOf(urn: string): string {
  return partsOf(urn).name;
}

/** The package that a type token belongs to: `aws` of `aws:iam/user:User`. */
export function packageOf(type: string): string {
  return type.split(":")[0] ?? "";
}

const PROVIDER_PREFIX = "pulumi:providers:";

export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

export function providerTypeOf(packageName: string): string {
  return `${PROVIDER_PREFIX}${packageName}`;
}

/** The package that a provider serves: `aws` of `pulumi:providers:aws`. */
export function packageOfProvider(type: string): string {
  return type.slice(PROVIDER_PREFIX.length);
}

/** The provider's URN in a reference `URN::ID`. */
export function urnOfProviderReference(reference: string): string {
  return reference.split("::").slice(0, -1).join("::");
}
