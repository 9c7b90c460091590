export { type AdminPower, adminPower } from "./admin";
export { Budget } from "./budget";
export { type Call, mayCall } from "./call";
export { type Document, notYet, type PolicyKind, type Statement } from "./document";
export { type EscalationFinding, type EscalationOptions, type EscalationPath, escalationPaths } from "./escalation";
export type { Fault } from "./fault";
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
} from "./mfa";
export { type Beside, type MfaFlaw, type MfaStatementVerdict, mfaFlaws } from "./mfa-condition";
export { issuerOf, mayEnter, type Naming, type Outsider } from "./outsider";
export { type ParsedDocument, parseDocument } from "./parse";
export { regionsOf } from "./partitions";
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
} from "./principal";
export { type RootStatementVerdict, rootHold, rootMay } from "./scp";
export { documentedKey } from "./spelling";
export { type Assumption, type Caller, mayAssume, type TrustedAs } from "./trust";
export { all, any, type No, no, not, type Unknown, unknown, type Verdict, type Yes, yes } from "./verdict";
