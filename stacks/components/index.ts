/** The components as a library: `import { AdminGroup } from "aws-identity-guardrails/stacks"`. */
export { AccountBaseline, type AccountBaselineArgs } from "./account-baseline";
export { accountProviders, type TargetAccount } from "./account-providers";
export { AdminChangeAlarm, type AdminChangeAlarmArgs } from "./admin-change-alarm";
export { AdminGroup, type AdminGroupArgs } from "./admin-group";
export { AlternateContacts, type AlternateContactsArgs, type Contact } from "./alternate-contacts";
export { InvalidArgument } from "./arguments";
export { CentralRootAccess, type CentralRootAccessArgs } from "./central-root-access";
export { GithubDeployRole, type GithubDeployRoleArgs } from "./github-deploy-role";
export { OrgEnforcement, type OrgEnforcementArgs } from "./org-enforcement";
export { OrganizationBaseline, type OrganizationBaselineArgs } from "./organization-baseline";
export { PasswordPolicy, type PasswordPolicyArgs } from "./password-policy";
export { RootActivityAlarm, type RootActivityAlarmArgs } from "./root-activity-alarm";
export { RootScp, type RootScpArgs } from "./root-scp";
export { type RootTask, rootTasks } from "./root-tasks";
export type { TrailAlarmArgs } from "./trail-alarm";
