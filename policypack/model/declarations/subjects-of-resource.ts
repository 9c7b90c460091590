import { accountOf, scopeOf } from "../resources/provider-scope";
import { flagOf, hasHole, numberOf, placesOf, textOf, waitingAt } from "../resources/read";
import type { ReadFault } from "../resources/read-fault";
import { placeOf, type Resource } from "../resources/resource";
import { known, map, notKnownYet, peek, type Value } from "../resources/value";
import type { PasswordPolicy } from "../subjects/account";
import type { OrganizationPolicy, OrganizationResourcePolicy } from "../subjects/organization";
import type { IdentityResource, Subjects } from "../subjects/subjects";
import { membersOf, withMembers } from "../templates/members";
import { type Declares, declaresOf, type Path } from "../types";
import { declarationsOf } from "./declare";
import { documentOf, originOf, type ReadPolicy } from "./policy-document";
import { providerOf } from "./provider";

export { providerOf } from "./provider";

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

/** Everything that a resource is by itself: a resource always, and what the table of types makes of it and of what it holds. */
export function subjectsOf(resource: Resource): readonly SingleSubject[] {
  const before = remembered.get(resource);
  if (before !== undefined) return before;
  const [itself, ...held] = withMembers(resource);
  const subjects: readonly SingleSubject[] = [
    { kind: "resource", subject: resource },
    ...(itself === undefined ? [] : readSubjects(itself)),
    ...held.flatMap(readSubjects),
  ];
  remembered.set(resource, subjects);
  return subjects;
}

// Every rule asks about every resource, and a record never changes.
const remembered = new WeakMap<Resource, readonly SingleSubject[]>();

function readSubjects(resource: Resource): readonly SingleSubject[] {
  const subjects: SingleSubject[] = [];
  if (declaresOf(resource.type).length === 0) return subjects;
  const provider = providerOf(resource);
  if (provider !== undefined) return [{ kind: "provider", subject: provider }];
  const passwordPolicy = passwordPolicyOf(resource);
  if (passwordPolicy !== undefined) subjects.push({ kind: "passwordPolicy", subject: passwordPolicy });
  const organizationPolicy = organizationPolicyOf(resource);
  if (organizationPolicy !== undefined) subjects.push({ kind: "organizationPolicy", subject: organizationPolicy });
  const resourcePolicy = organizationResourcePolicyOf(resource);
  if (resourcePolicy !== undefined) subjects.push({ kind: "organizationResourcePolicy", subject: resourcePolicy });
  const identityResource = identityResourceOf(resource);
  if (identityResource !== undefined) subjects.push({ kind: "identityResource", subject: identityResource });
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

/** A resource that says something about identity, with everything that is wrong with reading it; undefined for any other. */
export function identityResourceOf(resource: Resource): IdentityResource | undefined {
  const entries = declaresOf(resource.type);
  if (entries.length === 0 || entries.some((entry) => entry.declares === "provider")) return undefined;
  const faults = [...declarationsOf(resource).faults];
  passwordPolicyOf(resource, faults);
  organizationPolicyOf(resource, faults);
  organizationResourcePolicyOf(resource, faults);
  const members = membersOf(resource);
  const all = [...faults, ...members.faults];
  const { part } = resource;
  return {
    resource,
    faults: part === undefined ? all : all.map((fault) => ({ ...fault, where: placeOf(resource, fault.where) })),
    waiting: members.waiting,
  };
}

function declares(resource: Resource, what: Declares["declares"]): boolean {
  return declaresOf(resource.type).some((entry) => entry.declares === what);
}
