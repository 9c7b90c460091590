import type { PolicyProviderResource, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { ProviderOf, Resource } from "../../model";
import { decodeProperties } from "./decode";

type Props = Readonly<Record<string, unknown>>;

/**
 * The data behind properties as Pulumi's policy SDK hands them over. Reading one of its proxies throws at the first unknown
 * value; looking up a property's descriptor does not, and shows the unknown value as the protocol writes it.
 */
function unproxied(props: Props): Props {
  return Object.fromEntries(
    Object.keys(props).map((key) => [key, plain(Object.getOwnPropertyDescriptor(props, key)?.value)]),
  );
}

/** Secrets are wrapped while a remediation runs; files and archives are objects of classes of their own. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return value.constructor.name === "Secret" && "value" in value ? plain(value.value) : {};
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function providerOf({ urn, type, name, props }: PolicyProviderResource): ProviderOf {
  return { urn, type, name, properties: decodeProperties(unproxied(props)) };
}

/** The resource that a resource policy is asked about. */
export function resourceToCreate({ urn, type, name, props, opts, provider }: ResourceValidationArgs): Resource {
  return {
    urn,
    type,
    name,
    properties: decodeProperties(unproxied(props)),
    ...(opts.parent === undefined ? {} : { parent: opts.parent }),
    dependencies: [],
    propertyDependencies: {},
    ...(provider === undefined ? {} : { provider: providerOf(provider) }),
  };
}

/** A resource that a stack policy is asked about. */
export function resourceInStack(resource: PolicyResource): Resource {
  const { urn, type, name, props, parent, provider } = resource;
  return {
    urn,
    type,
    name,
    properties: decodeProperties(unproxied(props)),
    ...(parent === undefined ? {} : { parent: parent.urn }),
    dependencies: resource.dependencies.map((dependency) => dependency.urn),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, from]) => [property, from.map(({ urn }) => urn)]),
    ),
    ...(provider === undefined ? {} : { provider: providerOf(provider) }),
  };
}
