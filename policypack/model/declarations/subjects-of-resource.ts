import { accountOf, scopeOf } from "../resources/provider-scope";
import { flagOf, hasHole, numberOf, placesOf, textOf, waitingAt } from "../resources/read";
import type { ReadFault } from "../resources/read-fault";
import { placeOf, type Resource } from "../resources/resource";
import { known, map, notKnownYet, peek, type Value } from "../resources/value";
import type { PasswordPolicy } from "../subjects/account";
import type { OrganizationPolicy, OrganizationResourcePolicy } from "../subjects/organization";
import type { IdentityResource, Subjects } from "../subjects/subjects";
import { type Members, membersOf } from "../templates/members";
import { type Declares, declaresOf, type Path } from "../types";
import { declarationsOf } from "./declare";
import type { Declared } from "./declared";
import { documentOf, originOf, type ReadPolicy } from "./policy-document";
import { providerOf } from "./provider";

/** One of the subjects that a single resource is, with the kind that tells its type. */
export type SingleSubject = {
  [K in SingleKind]: { readonly kind: K; readonly subject: Subjects[K] };
}[SingleKind];

type SingleKind =
  | "resource"
  | "provider"
  | "passwordPolicy"
  | "organizationPolicy"
  | "organizationResourcePolicy"
  | "identityResource";

/** What the table of types makes of a resource alone, each thing read once; nothing for a type that it does not know. */
export function readSubjects(
  resource: Resource,
  declared: () => Declared = () => declarationsOf(resource),
  members: () => Members = () => membersOf(resource),
): readonly SingleSubject[] {
  const entries = declaresOf(resource.type);
  if (entries.length === 0) return [];
  const provider = providerOf(resource);
  if (provider !== undefined) return [{ kind: "provider", subject: provider }];
  const faults = [...declared().faults];
  const passwordPolicy = passwordPolicyOf(resource, faults);
  const organizationPolicy = organizationPolicyOf(resource, faults);
  const resourcePolicy = organizationResourcePolicyOf(resource, faults);
  const subjects: SingleSubject[] = [];
  if (passwordPolicy !== undefined) subjects.push({ kind: "passwordPolicy", subject: passwordPolicy });
  if (organizationPolicy !== undefined) subjects.push({ kind: "organizationPolicy", subject: organizationPolicy });
  if (resourcePolicy !== undefined) subjects.push({ kind: "organizationResourcePolicy", subject: resourcePolicy });
  if (!entries.some((entry) => entry.declares === "provider")) {
    subjects.push({ kind: "identityResource", subject: identityResource(resource, faults, members()) });
  }
  return subjects;
}

/** The account's password policy; undefined for any other resource. */
export function passwordPolicyOf(resource: Resource, faults: ReadFault[] = []): PasswordPolicy | undefined {
  if (!declares(resource, "password policy")) return undefined;
  return {
    resource,
    maxAgeDays: numberOf(resource, "maxPasswordAge", faults),
    minimumLength: numberOf(resource, "minimumPasswordLength", faults),
    reusePrevention: numberOf(resource, "passwordReusePrevention", faults),
    requiresLowercase: flagOf(resource, "requireLowercaseCharacters", faults),
    requiresUppercase: flagOf(resource, "requireUppercaseCharacters", faults),
    requiresNumbers: flagOf(resource, "requireNumbers", faults),
    requiresSymbols: flagOf(resource, "requireSymbols", faults),
    hardExpiry: flagOf(resource, "hardExpiry", faults),
  };
}

/** Policies of AWS Organizations that are written in the IAM policy language, and how they are read. */
const organizationLanguage: Readonly<Record<string, "scp" | "resource">> = {
  SERVICE_CONTROL_POLICY: "scp",
  RESOURCE_CONTROL_POLICY: "resource",
};

/** A policy of AWS Organizations; undefined for any other resource. Only types in IAM's language have a document. */
export function organizationPolicyOf(resource: Resource, faults: ReadFault[] = []): OrganizationPolicy | undefined {
  const entry = declaresOf(resource.type).find((each) => each.declares === "organization policy");
  if (entry?.declares !== "organization policy") return undefined;
  // AWS Organizations API Reference, "CreatePolicy"; the provider fills in the type.
  const type = map(textOf(resource, entry.type, faults), (text) => text ?? "SERVICE_CONTROL_POLICY");
  const { partition } = scopeOf(resource);
  return {
    resource,
    type,
    content: contentOf(resource, entry.content, peek(type), faults).policy,
    text: sentText(resource, entry.content),
    ...(partition === undefined ? {} : { partition }),
  };
}

function contentOf(
  resource: Resource,
  path: Path,
  type: string | undefined,
  faults: ReadFault[],
): Pick<ReadPolicy, "policy"> {
  const origin = originOf(resource, path);
  if (type === undefined) return { policy: { origin, document: { notRead: "the policy's type is not known yet" } } };
  const language = organizationLanguage[type];
  const policy = language === undefined ? undefined : documentOf(resource, path, language, faults);
  return (
    policy ?? { policy: { origin, document: { notRead: `the content is no ${type} in the IAM policy language` } } }
  );
}

/** The resource policy of an organization; undefined for any other resource. */
export function organizationResourcePolicyOf(
  resource: Resource,
  faults: ReadFault[] = [],
): OrganizationResourcePolicy | undefined {
  const entry = declaresOf(resource.type).find((each) => each.declares === "organization resource policy");
  if (entry?.declares !== "organization resource policy") return undefined;
  const read = documentOf(resource, entry.content, "resource", faults);
  if (read === undefined) return undefined;
  const scope = scopeOf(resource);
  const account = accountOf(scope);
  return {
    resource,
    content: read.policy,
    ...(read.waiting === undefined ? {} : { waiting: read.waiting }),
    ...(account === undefined ? {} : { account }),
    ...(scope.partition === undefined ? {} : { partition: scope.partition }),
  };
}

/** @pulumi/aws sends the text as it is, @pulumi/aws-native and CloudFormation an object as compact JSON. */
function sentText(resource: Resource, path: Path): Value<string | undefined> {
  const content = placesOf(resource, path)[0]?.value ?? known(undefined);
  if (!content.known) return content;
  if (content.value === undefined || typeof content.value === "string") return known(content.value);
  if (hasHole(content.value)) return notKnownYet(waitingAt(resource, path));
  return known(JSON.stringify(content.value));
}

/** A resource that says something about identity, with everything that is wrong with reading it. */
function identityResource(resource: Resource, ownFaults: readonly ReadFault[], members: Members): IdentityResource {
  const faults = [...ownFaults, ...members.faults];
  const { part } = resource;
  return {
    resource,
    faults: part === undefined ? faults : faults.map((fault) => ({ ...fault, where: placeOf(resource, fault.where) })),
    waiting: members.waiting,
  };
}

function declares(resource: Resource, what: Declares["declares"]): boolean {
  return declaresOf(resource.type).some((entry) => entry.declares === what);
}
