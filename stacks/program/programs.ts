import * as pulumi from "@pulumi/pulumi";
import {
  AccountBaseline,
  AdminChangeAlarm,
  AdminGroup,
  AlternateContacts,
  accountProviders,
  accountsInUnits,
  BreakGlass,
  CentralRootAccess,
  DeployRole,
  DeveloperBoundary,
  GithubDeployRole,
  GuardrailScps,
  IdentityCenterAdmins,
  InvalidArgument,
  OrganizationBaseline,
  OrgEnforcement,
  PasswordPolicy,
  RootActivityAlarm,
  RootScp,
  type TargetAccount,
  type TargetUnit,
  UserMfa,
} from "../components";
import { deployedInto } from "./many-accounts";
import {
  adminChangeAlarm,
  adminGroup,
  alternateContacts,
  breakGlass,
  centralRootAccess,
  deployRole,
  developerBoundary,
  githubDeployRole,
  guardrailScps,
  identityCenterAdmins,
  keysOf,
  orgEnforcement,
  passwordPolicy,
  rootActivityAlarm,
  rootScp,
  userMfa,
} from "./readers";
import { Settings } from "./settings";

type Outputs = Record<string, unknown>;

/** One deployable component: the configuration keys it reads, named like its arguments, and how to make it from them. */
interface Program {
  readonly keys: readonly string[];
  /** Whether it belongs into each account, so that `accounts` applies to it. */
  readonly perAccount: boolean;
  readonly deploy: (settings: Settings, name: string, opts: pulumi.ComponentResourceOptions) => Outputs;
}

const programs: Readonly<Record<string, Program>> = {
  "password-policy": {
    keys: keysOf.passwordPolicy,
    perAccount: true,
    deploy(settings, name, opts) {
      const { maxPasswordAge, minimumPasswordLength } = new PasswordPolicy(name, passwordPolicy(settings), opts);
      return { maxPasswordAge, minimumPasswordLength };
    },
  },
  "admin-group": {
    keys: keysOf.adminGroup,
    perAccount: true,
    deploy(settings, name, opts) {
      const { groupName, groupArn, roleName, roleArn } = new AdminGroup(name, adminGroup(settings), opts);
      return { groupName, groupArn, roleName, roleArn };
    },
  },
  "user-mfa": {
    keys: keysOf.userMfa,
    perAccount: true,
    deploy(settings, name, opts) {
      const { policyArn, groupName } = new UserMfa(name, userMfa(settings), opts);
      return { policyArn, groupName };
    },
  },
  "developer-boundary": {
    keys: keysOf.developerBoundary,
    perAccount: true,
    deploy(settings, name, opts) {
      const { boundaryArn, delegationArn } = new DeveloperBoundary(name, developerBoundary(settings), opts);
      return { boundaryArn, delegationArn };
    },
  },
  "break-glass": {
    keys: keysOf.breakGlass,
    perAccount: false,
    deploy(settings, name, opts) {
      const { userName, roleArn, topicArn } = new BreakGlass(name, breakGlass(settings), opts);
      return { userName, roleArn, topicArn };
    },
  },
  "identity-center-admins": {
    keys: keysOf.identityCenterAdmins,
    perAccount: false,
    deploy(settings, name, opts) {
      const { groupId, permissionSetArn } = new IdentityCenterAdmins(name, identityCenterAdmins(settings), opts);
      return { groupId, permissionSetArn };
    },
  },
  "alternate-contacts": {
    keys: keysOf.alternateContacts,
    perAccount: true,
    deploy(settings, name, opts) {
      new AlternateContacts(name, alternateContacts(settings), opts);
      return {};
    },
  },
  "deploy-role": {
    keys: keysOf.deployRole,
    perAccount: true,
    deploy(settings, name, opts) {
      const { roleArn } = new DeployRole(name, deployRole(settings), opts);
      return { roleArn };
    },
  },
  "github-deploy-role": {
    keys: keysOf.githubDeployRole,
    perAccount: true,
    deploy(settings, name, opts) {
      const { roleArn } = new GithubDeployRole(name, githubDeployRole(settings), opts);
      return { roleArn };
    },
  },
  "account-baseline": {
    keys: [...keysOf.passwordPolicy, ...keysOf.alternateContacts, ...keysOf.adminGroup, ...keysOf.githubDeployRole],
    perAccount: true,
    deploy(settings, name, opts) {
      const contacts = settings.object("securityContact").securityContact !== undefined;
      const members = (settings.listOf("members") ?? []).length > 0;
      const repository = settings.text("repository").repository !== undefined;
      const { adminRoleArn, deployRoleArn } = new AccountBaseline(
        name,
        {
          passwordPolicy: passwordPolicy(settings),
          ...(contacts ? { alternateContacts: alternateContacts(settings) } : {}),
          ...(members ? { adminGroup: adminGroup(settings) } : {}),
          ...(repository ? { githubDeployRole: githubDeployRole(settings) } : {}),
        },
        opts,
      );
      return { adminRoleArn, deployRoleArn };
    },
  },
  "root-scp": {
    keys: keysOf.rootScp,
    perAccount: false,
    deploy(settings, name, opts) {
      const { policyId, policyArn } = new RootScp(name, rootScp(settings), opts);
      return { policyId, policyArn };
    },
  },
  "guardrail-scps": {
    keys: keysOf.guardrailScps,
    perAccount: false,
    deploy(settings, name, opts) {
      const { policyIds } = new GuardrailScps(name, guardrailScps(settings), opts);
      return { policyIds };
    },
  },
  "central-root-access": {
    keys: keysOf.centralRootAccess,
    perAccount: false,
    deploy(settings, name, opts) {
      const { enabledFeatures } = new CentralRootAccess(name, centralRootAccess(settings), opts);
      return { enabledFeatures };
    },
  },
  "root-activity-alarm": {
    keys: keysOf.rootActivityAlarm,
    perAccount: false,
    deploy(settings, name, opts) {
      const { topicArn } = new RootActivityAlarm(name, rootActivityAlarm(settings), opts);
      return { topicArn };
    },
  },
  "admin-change-alarm": {
    keys: keysOf.adminChangeAlarm,
    perAccount: false,
    deploy(settings, name, opts) {
      const { topicArn } = new AdminChangeAlarm(name, adminChangeAlarm(settings), opts);
      return { topicArn };
    },
  },
  "organization-baseline": {
    keys: [...keysOf.rootScp, ...keysOf.centralRootAccess, ...keysOf.adminChangeAlarm],
    perAccount: false,
    deploy(settings, name, opts) {
      const hasTrail = settings.text("trail").trail !== undefined;
      const { policyId } = new OrganizationBaseline(
        name,
        {
          rootScp: rootScp(settings),
          centralRootAccess: centralRootAccess(settings),
          ...(hasTrail ? { alarms: adminChangeAlarm(settings) } : {}),
        },
        opts,
      );
      return { policyId };
    },
  },
  "org-enforcement": {
    keys: keysOf.orgEnforcement,
    perAccount: false,
    deploy(settings, name, opts) {
      const { policyGroup } = new OrgEnforcement(name, orgEnforcement(settings), opts);
      return { policyGroup };
    },
  },
};

/** The keys that are no component's own. */
const COMMON = ["component", "accounts", "organizationalUnits"];

/**
 * Makes the component that the stack's configuration names and returns the stack's outputs; with `accounts` or
 * `organizationalUnits`, one for each of them, and its outputs under the account's id. `configured` are all configuration keys of the stack, with their
 * namespace.
 *
 * Rejects with `pulumi.RunError`, before anything is registered, for a component that is missing or unknown, for a key of the
 * project's namespace that no component reads, and for a value that the component refuses; the message names the key.
 */
export async function deployConfigured(config: pulumi.Config, configured: readonly string[]): Promise<Outputs> {
  const settings = new Settings(config);
  const name = config.get("component") ?? "";
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (program === undefined) {
    const said = name === "" ? "is not set" : `is "${name}", which is no component`;
    throw new pulumi.RunError(
      `Configuration key ${settings.name("component")} ${said}. Set it to one of: ${Object.keys(programs).join(", ")}.`,
    );
  }
  refuseStrangers(settings, configured, name, program);
  try {
    return await deployed(settings, name, program);
  } catch (error) {
    if (!(error instanceof InvalidArgument)) throw error;
    throw new pulumi.RunError(`Configuration key ${settings.name(error.argument)}: ${error.message}`);
  }
}

/** Keys of other components are let through: their defaults in Pulumi.yaml reach every stack of the project. */
function refuseStrangers(settings: Settings, configured: readonly string[], name: string, program: Program): void {
  const readable = new Set([...COMMON, ...Object.values(programs).flatMap(({ keys }) => keys)]);
  const prefix = settings.name("");
  const stranger = configured.find((key) => key.startsWith(prefix) && !readable.has(key.slice(prefix.length)));
  if (stranger === undefined) return;
  const keys = program.perAccount ? [...program.keys, "accounts", "organizationalUnits"] : program.keys;
  throw new pulumi.RunError(
    `Configuration key ${stranger} is read by no component, so it would change nothing. ` +
      `The keys of ${name}: ${keys.map((key) => prefix + key).join(", ")}.`,
  );
}

async function deployed(settings: Settings, name: string, program: Program): Promise<Outputs> {
  const named = settings.listOf<TargetAccount>("accounts") ?? [];
  const units = settings.listOf<TargetUnit>("organizationalUnits") ?? [];
  if (named.length === 0 && units.length === 0) return program.deploy(settings, name, {});
  if (!program.perAccount) {
    const those = Object.keys(programs).filter((other) => programs[other]?.perAccount);
    throw new pulumi.RunError(
      `Configuration key ${settings.name(named.length > 0 ? "accounts" : "organizationalUnits")} has no effect on ${name}, ` +
        `which an organization has once. Take it out, or deploy one of: ${those.join(", ")}.`,
    );
  }
  const found = units.length === 0 ? [] : await accountsInUnits(units);
  const others = found.filter(({ id }) => !named.some((account) => account.id === id));
  const providers = accountProviders([...named, ...others]);
  return deployedInto([...providers], (id, opts) => program.deploy(settings, `${name}-${id}`, opts));
}
