export { Budget, type Shared } from "./answer/budget";
export type { Grant, Qualifier, StatementRef, Witness } from "./answer/grant";
export { all, any, type No, no, not, type Unknown, unknown, type Verdict, type Yes, yes } from "./answer/verdict";
export { WorkLimit } from "./answer/work-limit";
export { services } from "./aws/action-table";
export { actionsMatching, indexOf } from "./aws/actions";
export { documentedKey } from "./aws/condition-key-names";
export { knownEscalationPaths } from "./aws/escalation-catalogue";
export { isManagedPolicyArn, managedPolicyArns, managedPolicyText } from "./aws/managed-policies";
export { partitionOfRegion, regionsOf } from "./aws/partitions";
export { allowsSessionTags } from "./evaluation/tagged-callers";
export { arnGlob } from "./language/arn-glob";
export { type Document, notYet, type PolicyKind, type Statement, type TrustedPrincipal } from "./language/document";
export { type Fault, isRecord } from "./language/fault";
export { childPath, type Json, JsonError, type ParsedJson, type Position, parseJson } from "./language/json";
export { mentionsOf } from "./language/mentions";
export { type ParsedDocument, parseDocument } from "./language/parse";
export { matches } from "./language/pattern";
export { isRead, type NotRead, type Policy } from "./language/policy";
export { type AdminPower, adminPower, isRestrictedStep } from "./questions/admin/admin";
export {
  type EscalationFinding,
  type EscalationOptions,
  type EscalationPath,
  escalationPaths,
} from "./questions/escalation/paths";
export { type Call, mayCall } from "./questions/may-call";
export { type Beside, type MfaFlaw, type MfaStatementVerdict, mfaFlaws } from "./questions/mfa-condition";
export {
  assumingActions,
  type MfaHole,
  type MfaOptions,
  mfaGateStatement,
  mfaHole,
  mfaRemovalForOthers,
  mfaSetUpForOthers,
  type RolesWithoutMfa,
  rolesWithoutMfa,
  selfServiceActions,
} from "./questions/mfa-gate";
export { type RootStatementVerdict, rootHold, rootMay } from "./questions/root-scp";
export { type Assumption, type Caller, mayAssume, type TrustedAs } from "./questions/trust/may-assume";
export {
  issuerOf,
  mayAssumeFromOutside,
  type Outsider,
  type PrincipalFilter,
} from "./questions/trust/may-assume-from-outside";
export type { AccountPolicy, Principal } from "./requests/principal";
