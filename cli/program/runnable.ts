import type { StackIdentity } from "../pulumi/stack";

/** Where the engine's stand-in listens. */
export interface Addresses {
  readonly monitor: string;
  readonly engine: string;
}

/** What one run of a program is told. */
export interface RunSettings {
  readonly identity: StackIdentity;
  readonly at: Addresses;
  /** Region that it is told to run in, in the place of what its stack or environment says. */
  readonly region: string | undefined;
  /** Variables that it gets in any case. */
  readonly variables: NodeJS.ProcessEnv;
  /** Names of variables that are set here and withheld from it. */
  readonly withheld: readonly string[];
}

/** A program that can be started: the tools of its language are there, and it is built where it has to be. */
export interface Runnable {
  /** What is to be known about the SDK that it brings. */
  readonly remarks: readonly string[];
  /** The command that runs it as a preview, and its variables beside those of the settings. */
  start(settings: RunSettings): { readonly command: readonly [string, ...string[]]; readonly env: NodeJS.ProcessEnv };
  /** Removes what was made to run it. */
  dispose(): void;
}

/** How many resources a program registers at once, as under the engine. */
export const PARALLEL = "16";

/** The stack's configuration as every SDK reads it. */
export function configVariables({ identity, region }: RunSettings): NodeJS.ProcessEnv {
  const config = Object.fromEntries(identity.config);
  return {
    PULUMI_CONFIG: JSON.stringify({ ...config, ...(region !== undefined && { "aws:region": region }) }),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify([...identity.secretKeys]),
  };
}

/**
 * What the engine's language hosts tell programs that are run without a script of the SDK's (`go/pulumi/run.go` of the Pulumi SDK and
 * its like in Java).
 *
 * @param root the folder of the project file
 */
export function engineVariables(root: string, settings: RunSettings): NodeJS.ProcessEnv {
  const { identity, at } = settings;
  return {
    PULUMI_MONITOR: at.monitor,
    PULUMI_ENGINE: at.engine,
    PULUMI_PROJECT: identity.project,
    PULUMI_STACK: identity.stack,
    PULUMI_ORGANIZATION: identity.organization,
    PULUMI_ROOT_DIRECTORY: root,
    PULUMI_DRY_RUN: "true",
    PULUMI_PARALLEL: PARALLEL,
    ...configVariables(settings),
  };
}
