import * as pulumi from "@pulumi/pulumi";
import { AdminGroup, InvalidArgument, PasswordPolicy, RootScp, type RootTask } from "./components";

/** One deployable component: the configuration keys it reads, named like its arguments, and how to make it from them. */
interface Program {
  readonly keys: readonly string[];
  readonly deploy: (config: pulumi.Config) => Record<string, pulumi.Output<unknown>>;
}

const programs: Readonly<Record<string, Program>> = {
  "password-policy": {
    keys: ["maxPasswordAge", "minimumPasswordLength"],
    deploy(config) {
      const { maxPasswordAge, minimumPasswordLength } = new PasswordPolicy("password-policy", {
        ...given("maxPasswordAge", config.getNumber("maxPasswordAge")),
        ...given("minimumPasswordLength", config.getNumber("minimumPasswordLength")),
      });
      return { maxPasswordAge, minimumPasswordLength };
    },
  },
  "admin-group": {
    keys: ["members", "groupName", "roleName"],
    deploy(config) {
      const { groupName, groupArn, roleName, roleArn } = new AdminGroup("admin-group", {
        members: list(config, "members") ?? [],
        ...given("groupName", config.get("groupName")),
        ...given("roleName", config.get("roleName")),
      });
      return { groupName, groupArn, roleName, roleArn };
    },
  },
  "root-scp": {
    keys: ["targets", "allowedRootTasks", "additionalRootActions", "exemptAssumeRoot", "policyName"],
    deploy(config) {
      const { policyId, policyArn } = new RootScp("root-scp", {
        targets: list(config, "targets") ?? [],
        ...given("allowedRootTasks", list<RootTask>(config, "allowedRootTasks")),
        ...given("additionalRootActions", list(config, "additionalRootActions")),
        ...given("exemptAssumeRoot", config.getBoolean("exemptAssumeRoot")),
        ...given("policyName", config.get("policyName")),
      });
      return { policyId, policyArn };
    },
  },
};

/**
 * Makes the component that the stack's configuration names and returns the stack's outputs. `configured` are all
 * configuration keys of the stack, with their namespace.
 *
 * Throws `pulumi.RunError`, before anything is registered, for a component that is missing or unknown, for a key of the
 * project's namespace that no component reads, and for a value that the component refuses; the message names the key.
 */
export function deployConfigured(
  config: pulumi.Config,
  configured: readonly string[],
): Record<string, pulumi.Output<unknown>> {
  const name = config.get("component") ?? "";
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (program === undefined) {
    const said = name === "" ? "is not set" : `is "${name}", which is no component`;
    throw new pulumi.RunError(
      `Configuration key ${config.name}:component ${said}. Set it to one of: ${Object.keys(programs).join(", ")}.`,
    );
  }

  // Keys of other components are let through: their defaults in Pulumi.yaml reach every stack of the project.
  const readable = new Set(["component", ...Object.values(programs).flatMap(({ keys }) => keys)]);
  const prefix = `${config.name}:`;
  const stranger = configured.find((key) => key.startsWith(prefix) && !readable.has(key.slice(prefix.length)));
  if (stranger !== undefined) {
    throw new pulumi.RunError(
      `Configuration key ${stranger} is read by no component, so it would change nothing. ` +
        `The keys of ${name}: ${program.keys.map((key) => prefix + key).join(", ")}.`,
    );
  }

  try {
    return program.deploy(config);
  } catch (error) {
    if (!(error instanceof InvalidArgument)) throw error;
    throw new pulumi.RunError(`Configuration key ${prefix}${error.argument}: ${error.message}`);
  }
}

/** The property alone where there is a value: a component's own default stands where the configuration says nothing. */
function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

/** A list, which the engine hands over as JSON text; its entries are the component's to check. */
function list<T extends string>(config: pulumi.Config, key: string): readonly T[] | undefined {
  const text = config.get(key);
  if (text === undefined) return undefined;
  const value = parsed(text);
  if (Array.isArray(value)) return value;
  throw new pulumi.RunError(
    `Configuration key ${config.name}:${key} is ${JSON.stringify(text)}, which is not a list. ` +
      `Set its entries with: pulumi config set --path '${config.name}:${key}[0]' VALUE`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
