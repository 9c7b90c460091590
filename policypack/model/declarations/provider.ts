import { unpack } from "../resources/provider-scope";
import { isObject, placesOf, textOf } from "../resources/read";
import type { Resource } from "../resources/resource";
import { known, map, type Value } from "../resources/value";
import type { AwsProvider } from "../subjects/account";
import { declaresOf } from "../types";

/** What an AWS provider is given; undefined for any other resource. */
export function providerOf(resource: Resource): AwsProvider | undefined {
  if (!declaresOf(resource.type).some((entry) => entry.declares === "provider")) return undefined;
  return {
    resource,
    accessKey: textOf(resource, "accessKey"),
    secretKey: textOf(resource, "secretKey"),
    token: textOf(resource, "token"),
    profile: textOf(resource, "profile"),
    namesAnotherSource: anyGiven(resource, otherSources),
    hasLocalEndpoints: localEndpoints(resource),
  };
}

/** Pulumi Registry, "AWS Provider: Installation & Configuration", and the same page of "AWS Cloud Control". */
const otherSources = [
  "profile",
  "assumeRoles",
  "assumeRole",
  "assumeRoleWithWebIdentity",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "sharedCredentialsFile",
];

/** Whether one of the properties says anything; not known yet while none does and one may still. */
function anyGiven(resource: Resource, properties: readonly string[]): Value<boolean> {
  const values = properties.map((property) => map(given(resource, property), says));
  return values.find((value) => value.known && value.value) ?? values.find((value) => !value.known) ?? known(false);
}

function given(resource: Resource, property: string): Value<unknown> {
  return map(placesOf(resource, property)[0]?.value ?? known(undefined), unpack);
}

/** Empty lists and objects are what a program leaves behind that passes on an option nobody gave. */
function says(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(says);
  if (isObject(value)) return Object.values(value).some(says);
  return value !== undefined && value !== null && value !== "";
}

/**
 * Endpoints on the machine itself or within a private network, as of an emulator. Whatever else is given, a host of AWS is
 * none, nor is a public one: what signs requests to it is a real key.
 */
function localEndpoints(resource: Resource): Value<boolean> {
  return map(given(resource, "endpoints"), (endpoints) => {
    const urls = (Array.isArray(endpoints) ? endpoints : [endpoints]).filter(isObject).flatMap(Object.values);
    const hosts = urls.flatMap((url) => (typeof url === "string" ? (hostOf(url) ?? []) : []));
    return hosts.length > 0 && hosts.every(isLocal);
  });
}

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).hostname;
  } catch {
    return undefined;
  }
}

/** A host without a dot is a name within a network of containers; the other suffixes are reserved for local use by RFC 6761 and RFC 6762. */
function isLocal(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, "");
  if (address.includes(":")) return address === "::1" || /^f[cd]/i.test(address);
  if (!address.includes(".")) return true;
  if (/\.(localhost|local|internal|test)$/i.test(address) || /(^|\.)localhost\.localstack\.cloud$/i.test(address))
    return true;
  return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$)/.test(address);
}
