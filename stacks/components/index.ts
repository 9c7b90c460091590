/** The components as a library: `import { AdminGroup } from "aws-identity-guardrails/stacks"`. */

export { AdminChangeAlarm, type AdminChangeAlarmArgs } from "./alarms/admin-change-alarm";
export { type ChangeClassName, changeClassNames } from "./alarms/change-classes";
export { RootActivityAlarm, type RootActivityAlarmArgs } from "./alarms/root-activity-alarm";
export type { TrailAlarmArgs } from "./alarms/trail-alarm";
export { AccountBaseline, type AccountBaselineArgs } from "./identities/account-baseline";
export { AdminGroup, type AdminGroupArgs } from "./identities/admin-group";
export { AlternateContacts, type AlternateContactsArgs, type Contact } from "./identities/alternate-contacts";
export { BreakGlass, type BreakGlassArgs } from "./identities/break-glass";
export { type DeployPowerArgs, DeployRole, type DeployRoleArgs } from "./identities/deploy-role";
export { DeveloperBoundary, type DeveloperBoundaryArgs } from "./identities/developer-boundary";
export type { CallerArgs, GithubCaller, GitlabCaller, OidcCaller } from "./identities/federated-caller";
export { GithubDeployRole, type GithubDeployRoleArgs } from "./identities/github-deploy-role";
export { IdentityCenterAdmins, type IdentityCenterAdminsArgs } from "./identities/identity-center-admins";
export { PasswordPolicy, type PasswordPolicyArgs } from "./identities/password-policy";
export { UserMfa, type UserMfaArgs } from "./identities/user-mfa";
export type { OwnKey } from "./identities/user-mfa-policy";
export { CentralRootAccess, type CentralRootAccessArgs } from "./organization/central-root-access";
export { GuardrailScps, type GuardrailScpsArgs } from "./organization/guardrail-scps";
export type { Guardrail } from "./organization/guardrails";
export { OrgEnforcement, type OrgEnforcementArgs } from "./organization/org-enforcement";
export { OrganizationBaseline, type OrganizationBaselineArgs } from "./organization/organization-baseline";
export { RootScp, type RootScpArgs } from "./organization/root-scp";
export { type RootTask, rootTasks } from "./organization/root-tasks";
export { accountsInUnits, type TargetUnit } from "./organization/unit-accounts";
export { accountProviders, type TargetAccount } from "./shared/account-providers";
export { InvalidArgument } from "./shared/arguments";
