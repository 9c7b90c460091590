import type {
  AdminChangeAlarmArgs,
  AdminGroupArgs,
  AlternateContactsArgs,
  BreakGlassArgs,
  CallerArgs,
  CentralRootAccessArgs,
  ChangeClassName,
  Contact,
  DeployPowerArgs,
  DeployRoleArgs,
  DeveloperBoundaryArgs,
  GithubDeployRoleArgs,
  Guardrail,
  GuardrailScpsArgs,
  IdentityCenterAdminsArgs,
  OrgEnforcementArgs,
  OwnKey,
  PasswordPolicyArgs,
  RootActivityAlarmArgs,
  RootScpArgs,
  RootTask,
  UserMfaArgs,
} from "../components";
import type { Settings } from "./settings";

const trailKeys = ["trail", "logGroup", "trailScope", "subscribers", "topicArn"];

const deployKeys = ["policyArns", "permissionsBoundary", "deployRoleName", "oidcProvider"] as const;

/** The configuration keys that each of the readers below reads. */
export const keysOf = {
  passwordPolicy: ["maxPasswordAge", "minimumPasswordLength"],
  adminGroup: ["members", "groupName", "roleName"],
  userMfa: [
    "users",
    "allUsers",
    "gatedGroups",
    "userGroupName",
    "gatePolicyName",
    "machineUserPaths",
    "machineUserSources",
    "machineUserVpcs",
    "ownKeys",
    "passwordBeforeMfa",
  ],
  developerBoundary: [
    "teamPath",
    "boundaryPolicyName",
    "delegationPolicyName",
    "teamGroups",
    "teamRoles",
    "passableRoles",
    "assumableRoles",
  ],
  breakGlass: [...trailKeys, "breakGlassUser", "breakGlassRole"],
  identityCenterAdmins: [
    "administeredAccounts",
    "permissionSetName",
    "adminGroup",
    "adminGroupOrigin",
    "adminUsers",
    "permissionSetBoundary",
    "accountAccessApplication",
    "entitledRoles",
  ],
  alternateContacts: ["securityContact", "billingContact", "operationsContact"],
  githubDeployRole: [
    "repository",
    "ownerId",
    "repositoryId",
    "subjectForm",
    "branch",
    "environment",
    "pullRequests",
    ...deployKeys,
  ],
  deployRole: ["caller", ...deployKeys],
  rootScp: [
    "targets",
    "stagedUnit",
    "allowedRootTasks",
    "additionalRootActions",
    "exemptAssumeRoot",
    "document",
    "policyName",
  ],
  guardrailScps: [
    "targets",
    "stagedUnit",
    "guardrails",
    "exemptRoles",
    "protectedRoles",
    "exemptUserPaths",
    "protectedTrails",
    "allowedRegions",
    "onePolicy",
    "policyPrefix",
  ],
  centralRootAccess: ["trustedAccess", "delegatedAdministrator", "switchOffOnDestroy"],
  rootActivityAlarm: trailKeys,
  adminChangeAlarm: [
    ...trailKeys,
    "administratorGroups",
    "administratorRoles",
    "changeClasses",
    "mailEveryEvent",
    "eventRegions",
  ],
  orgEnforcement: [
    "pulumiOrganization",
    "stacks",
    "packVersion",
    "enforcementMode",
    "policyGroup",
    "packName",
    "packConfig",
  ],
} as const satisfies Record<string, readonly string[]>;

// What a component demands and the configuration lacks is handed over as nothing, for the component to refuse by name.

export function passwordPolicy(settings: Settings): PasswordPolicyArgs {
  return { ...settings.number("maxPasswordAge"), ...settings.number("minimumPasswordLength") };
}

export function adminGroup(settings: Settings): AdminGroupArgs {
  return { members: settings.listOf("members") ?? [], ...settings.text("groupName"), ...settings.text("roleName") };
}

export function userMfa(settings: Settings): UserMfaArgs {
  return {
    ...settings.list("users"),
    ...settings.boolean("allUsers"),
    ...settings.list("gatedGroups"),
    ...settings.text("userGroupName"),
    ...settings.text("gatePolicyName"),
    ...settings.list("machineUserPaths"),
    ...settings.list("machineUserSources"),
    ...settings.list("machineUserVpcs"),
    ...settings.list<"ownKeys", OwnKey>("ownKeys"),
    ...settings.boolean("passwordBeforeMfa"),
  };
}

export function developerBoundary(settings: Settings): DeveloperBoundaryArgs {
  return {
    ...settings.text("teamPath"),
    ...settings.text("boundaryPolicyName"),
    ...settings.text("delegationPolicyName"),
    ...settings.list("teamGroups"),
    ...settings.list("teamRoles"),
    ...settings.list("passableRoles"),
    ...settings.list("assumableRoles"),
  };
}

export function breakGlass(settings: Settings): BreakGlassArgs {
  return { ...rootActivityAlarm(settings), ...settings.text("breakGlassUser"), ...settings.text("breakGlassRole") };
}

export function identityCenterAdmins(settings: Settings): IdentityCenterAdminsArgs {
  return {
    ...settings.list("administeredAccounts"),
    ...settings.text("permissionSetName"),
    ...settings.text("adminGroup"),
    ...settings.text<"adminGroupOrigin", "create" | "existing">("adminGroupOrigin"),
    ...settings.list("adminUsers"),
    ...settings.text("permissionSetBoundary"),
    ...settings.text("accountAccessApplication"),
    ...settings.list("entitledRoles"),
  };
}

export function alternateContacts(settings: Settings): AlternateContactsArgs {
  const nobody = {} as Contact;
  return {
    securityContact: nobody,
    billingContact: nobody,
    operationsContact: nobody,
    ...settings.object<"securityContact", Contact>("securityContact"),
    ...settings.object<"billingContact", Contact>("billingContact"),
    ...settings.object<"operationsContact", Contact>("operationsContact"),
  };
}

export function githubDeployRole(settings: Settings): GithubDeployRoleArgs {
  return {
    repository: "",
    ...settings.text("repository"),
    ...settings.text("ownerId"),
    ...settings.text("repositoryId"),
    ...settings.text<"subjectForm", "names" | "ids" | "both">("subjectForm"),
    ...settings.text("branch"),
    ...settings.text("environment"),
    ...settings.boolean("pullRequests"),
    ...deployPower(settings),
  };
}

export function deployRole(settings: Settings): DeployRoleArgs {
  const nobody = {} as CallerArgs;
  return { caller: nobody, ...settings.object<"caller", CallerArgs>("caller"), ...deployPower(settings) };
}

function deployPower(settings: Settings): DeployPowerArgs {
  return {
    policyArns: settings.listOf("policyArns") ?? [],
    ...settings.text("permissionsBoundary"),
    ...settings.text("deployRoleName"),
    ...settings.text<"oidcProvider", "create" | "existing">("oidcProvider"),
  };
}

export function rootScp(settings: Settings): RootScpArgs {
  return {
    targets: settings.listOf("targets") ?? [],
    ...settings.text("stagedUnit"),
    ...settings.list<"allowedRootTasks", RootTask>("allowedRootTasks"),
    ...settings.list("additionalRootActions"),
    ...settings.boolean("exemptAssumeRoot"),
    ...settings.text("document"),
    ...settings.text("policyName"),
  };
}

export function guardrailScps(settings: Settings): GuardrailScpsArgs {
  return {
    targets: settings.listOf("targets") ?? [],
    ...settings.text("stagedUnit"),
    ...settings.list<"guardrails", Guardrail>("guardrails"),
    ...settings.list("exemptRoles"),
    ...settings.list("protectedRoles"),
    ...settings.list("exemptUserPaths"),
    ...settings.list("protectedTrails"),
    ...settings.list("allowedRegions"),
    ...settings.boolean("onePolicy"),
    ...settings.text("policyPrefix"),
  };
}

export function centralRootAccess(settings: Settings): CentralRootAccessArgs {
  return {
    ...settings.text<"trustedAccess", "create" | "existing">("trustedAccess"),
    ...settings.text("delegatedAdministrator"),
    ...settings.flag("switchOffOnDestroy"),
  };
}

export function rootActivityAlarm(settings: Settings): RootActivityAlarmArgs {
  return {
    trail: "",
    logGroup: "",
    ...settings.text("trail"),
    ...settings.text("logGroup"),
    ...settings.text<"trailScope", "organization" | "account">("trailScope"),
    ...settings.list("subscribers"),
    ...settings.text("topicArn"),
  };
}

export function adminChangeAlarm(settings: Settings): AdminChangeAlarmArgs {
  return {
    ...rootActivityAlarm(settings),
    ...settings.list("administratorGroups"),
    ...settings.list("administratorRoles"),
    ...settings.list<"changeClasses", ChangeClassName>("changeClasses"),
    ...settings.boolean("mailEveryEvent"),
    ...settings.list("eventRegions"),
  };
}

export function orgEnforcement(settings: Settings): OrgEnforcementArgs {
  return {
    pulumiOrganization: "",
    packVersion: "",
    stacks: settings.listOf("stacks") ?? [],
    ...settings.text("pulumiOrganization"),
    ...settings.text("packVersion"),
    ...settings.text<"enforcementMode", "audit" | "preventative">("enforcementMode"),
    ...settings.text("policyGroup"),
    ...settings.text("packName"),
    ...settings.object<"packConfig", Record<string, unknown>>("packConfig"),
  };
}
