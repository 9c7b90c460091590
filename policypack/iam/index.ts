/**
 * WHAT AWS MEANS. Documents and who has them go in; out comes yes with a request as proof, no for every request that can exist, or unknown
 * with what is missing. Pure: no files, no network, no clock: `now` of the questions' options says when requests are made.
 *
 * The rooms in the order in which data passes:
 * - `language`: text to a `Document` of statements, or faults with their JSON paths. It knows patterns, operators and policy variables.
 * - `evaluation`: documents to `CompiledStatement`s (actions as bits, conditions as tests) in `Layers`: each layer must allow, any Deny takes
 *   away. What is not known yet is taken once for the least and once for the most that it can be (`Approximation`).
 * - `requests`: a `Principal` to the `Scenario`s in which it may be asking (a key without MFA, a session, through a service), and the
 *   `Domain` of values that each condition key and the resource have there. What an attacker may choose is a domain and never a sample.
 * - `solver`: values from those domains that fulfil all tests, or none. It knows neither Allow nor Deny.
 * - `questions`: which calls, by whom, on what, would prove the point; one answer type each (`answer`).
 * - `aws`: what AWS publishes, in tables; `shared`: memos.
 *
 * One statement on its way. `{"Effect": "Allow", "Action": "iam:Put*Policy", "Resource": "arn:aws:iam::*:user/${aws:username}",
 * "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}` of the group "ops", asked by `adminPower`: `language` finds the policy
 * variable and keeps the resource as a template. `compile` turns the action into the bits of iam:PutUserPolicy, PutRolePolicy and
 * PutGroupPolicy and the condition into a test of one key. `requests` offers a member's key and session, with MFA and without. The question
 * tries iam:PutUserPolicy on the caller itself: a clause for the resource (the template filled with the caller's name) and one for
 * the key. The solver takes aws:MultiFactorAuthPresent `true` from the domain of a session with MFA and drops the scenarios whose domain
 * lacks it. The answer: yes, "self-escalation", the call as witness, this statement as proof, qualifier `mfa`.
 */
export { Budget, type Shared } from "./answer/budget";
export type { Grant, Qualifier, StatementRef, Witness } from "./answer/grant";
export { all, any, type No, no, not, type Unknown, unknown, type Verdict, type Yes, yes } from "./answer/verdict";
export { WorkLimit } from "./answer/work-limit";
export { services } from "./aws/action-table";
export { actionsMatching, indexOf } from "./aws/actions";
export { documentedKey } from "./aws/condition-key-names";
export { knownEscalationPaths } from "./aws/escalation-catalogue";
export {
  isManagedPolicyArn,
  managedPolicyArns,
  managedPolicyDocument,
  managedPolicyText,
} from "./aws/managed-policies";
export { partitionOfRegion, regionsOf } from "./aws/partitions";
export { allowsSessionTags } from "./evaluation/tagged-callers";
export { arnGlob } from "./language/arn-glob";
export { type Document, notYet, type PolicyKind, type Statement, type TrustedPrincipal } from "./language/document";
export { type Fault, isRecord } from "./language/fault";
export { matchesWildcards } from "./language/glob";
export { childPath, type Json, JsonError, type ParsedJson, type Position, parseJson } from "./language/json";
export { mentionsOf } from "./language/mentions";
export { type ParsedDocument, parseDocument } from "./language/parse";
export { matches } from "./language/pattern";
export { isRead, type NotRead, type Policy } from "./language/policy";
export { type AdminPower, adminPower, isRestrictedStep, unrestrictedAdminPower } from "./questions/admin/admin";
export { loadTables } from "./questions/escalation/load-tables";
export {
  type EscalationFinding,
  type EscalationOptions,
  type EscalationPath,
  escalationPaths,
} from "./questions/escalation/paths";
export { type Call, mayCall, mayOpenRootSession } from "./questions/may-call";
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
export { type RootOptions, type RootStatementVerdict, rootHold, rootMay } from "./questions/root-scp";
export { type Assumption, mayAssume } from "./questions/trust/may-assume";
export {
  mayAssumeFromOutside,
  type Outsider,
  type PrincipalFilter,
} from "./questions/trust/may-assume-from-outside";
export { mayChangeServiceControlPolicies } from "./questions/trust/may-change-scps";
export { type Caller, issuerOf, mayName, type TrustedAs } from "./questions/trust/principal-element";
export type { AccountPolicy, Principal } from "./requests/principal";
export { derived, remembering } from "./shared/remembering";
