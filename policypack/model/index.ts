export { declarationsOf } from "./declarations/declare";
export { subjectsOf } from "./declarations/subjects-of-resource";
export { buildGraph } from "./graph/build";
export {
  arnOf,
  edgesOf,
  nameForPeople,
  principalOfPermissionSet,
  toPrincipal,
  waitingOf,
  waitingOfPermissionSet,
} from "./graph/to-principal";
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
export type { Organization, OrganizationAccount, OrganizationPolicy } from "./subjects/organization";
export type { SubjectKind, Subjects } from "./subjects/subjects";
export { declaresOf, identityTypes } from "./types";
