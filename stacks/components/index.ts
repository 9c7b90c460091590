/** The components as a library: `import { AdminGroup } from "aws-identity-guardrails/stacks"`. */
export { AdminGroup, type AdminGroupArgs } from "./admin-group";
export { InvalidArgument } from "./arguments";
export { PasswordPolicy, type PasswordPolicyArgs } from "./password-policy";
export { RootScp, type RootScpArgs } from "./root-scp";
export { type RootTask, rootTasks } from "./root-tasks";
