import { ReadResource } from "../../policypack/model/declarations/read-resource";
import type { ProviderOf, Resource } from "../../policypack/model/resources/resource";
import type { IdentityResource } from "../../policypack/model/subjects/subjects";

interface More {
  /** URNs that properties were made from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly provider?: ProviderOf;
}

/** A resource record as the host would hand it over. */
export function resource(
  type: string,
  name: string,
  properties: Readonly<Record<string, unknown>>,
  { from = {}, provider }: More = {},
): Resource {
  const record = { urn: urn(type, name), type, name, properties, dependencies: [], propertyDependencies: from };
  return provider === undefined ? record : { ...record, provider };
}

export function urn(type: string, name: string): string {
  return `urn:pulumi:dev::acme::${type}::${name}`;
}

export function provider(name: string, properties: Readonly<Record<string, unknown>>): ProviderOf {
  const type = "pulumi:providers:aws";
  return { urn: urn(type, name), type, name, properties };
}

/** Policies that tests attach; what is in them does not matter to the model. */
export const readReports = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*" }],
});

export const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

export const trustLambda = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
});

/** What a resource is to rules by itself. */
export function subjectsOf(subject: Resource): ReadResource["subjects"] {
  return new ReadResource(subject).subjects;
}

/** The resource as one that says something about identity. */
export function identityResourceOf(subject: Resource): IdentityResource | undefined {
  return subjectsOf(subject).flatMap((each) => (each.kind === "identityResource" ? [each.subject] : []))[0];
}
