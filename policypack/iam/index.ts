export { type AdminPower, adminPower } from "./questions/admin/admin";
export { Budget } from "./answer/budget";
export { type Call, mayCall } from "./questions/may-call";
export { type Document, notYet, type PolicyKind, type Statement } from "./language/document";
export { type EscalationFinding, type EscalationOptions, type EscalationPath, escalationPaths } from "./questions/escalation/paths";
export type { Fault } from "./language/fault";
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
export { type Beside, type MfaFlaw, type MfaStatementVerdict, mfaFlaws } from "./questions/mfa-condition";
export { issuerOf, mayEnter, type Naming, type Outsider } from "./questions/trust/may-assume-from-outside";
export { type ParsedDocument, parseDocument } from "./language/parse";
export { regionsOf } from "./aws/partitions";
export {
  type AccountPolicy,
  type Grant,
  isRead,
  type NotRead,
  type Policy,
  type Principal,
  type Qualifier,
  type StatementRef,
  type Witness,
} from "./requests/principal";
export { type RootStatementVerdict, rootHold, rootMay } from "./questions/root-scp";
export { documentedKey } from "./aws/condition-key-names";
export { type Assumption, type Caller, mayAssume, type TrustedAs } from "./questions/trust/may-assume";
export { all, any, type No, no, not, type Unknown, unknown, type Verdict, type Yes, yes } from "./answer/verdict";
