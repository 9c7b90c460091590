/**
 * WHAT THIS STACK HOLDS. Resources as Pulumi shows them go in; out come the subjects that rules look at: users, groups, roles and permission
 * sets with all policies that reach them, and what stands alone, such as a provider or a password policy.
 *
 * The rooms in the order in which data passes:
 * - `resources`: one resource; its properties as `Value`s, known or waiting for something; its provider, URN and ARN texts.
 * - `types`: the one table that says what each resource type declares, whichever provider it is of.
 * - `templates`: a CloudFormation template to resources of its own, and what it leaves open.
 * - `declarations`: one resource, read by the table, to what it declares, with the faults found in reading.
 * - `graph`: the declarations of all resources joined by names, ARNs and dependencies.
 * - `subjects`: the types of what comes out.
 *
 * What cannot be read is a `ReadFault`, what cannot be told yet a `Doubt`: nothing is dropped in silence.
 */
export { choicesIn, type PossibleWorlds, possibleWorlds } from "./declarations/possible-worlds";
export { ReadResource } from "./declarations/read-resource";
export { buildGraph, GrowingGraph, type Touched } from "./graph/growing-graph";
export { flagOf } from "./resources/read";
export type { ReadFault } from "./resources/read-fault";
export { keyOf, type ProviderOf, type Resource } from "./resources/resource";
export { partsOf, resourceInWords, stackUrn, stackUrnOf } from "./resources/urn";
export { known, peek, type Value, type Waiting } from "./resources/value";
export type { AwsProvider, PasswordPolicy } from "./subjects/account";
export type {
  AnyIdentity,
  Credential,
  Entitlement,
  Group,
  Password,
  PermissionSet,
  PolicyEdge,
  Role,
  User,
  WrittenPolicy,
} from "./subjects/identities";
export type { Graph } from "./subjects/identity-graph";
export {
  type Organization,
  type OrganizationAccount,
  type OrganizationPolicy,
  type OrganizationResourcePolicy,
  rootPlace,
} from "./subjects/organization";
export type { SubjectKind, Subjects } from "./subjects/subjects";
export {
  arnOf,
  edgesOf,
  nameForPeople,
  principalOfPermissionSet,
  toPrincipal,
  waitingOf,
  waitingOfPermissionSet,
} from "./subjects/to-principal";
export { parseTemplateText } from "./templates/text";
export { declaresOf, identityTypes } from "./types";
