import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Project } from "../project/project";
import type { StackIdentity } from "../pulumi/stack";
import { Failure } from "../terminal/failure";
import { type Exit, ProcessGroup } from "../terminal/process";
import { within } from "../terminal/within";
import type { ListedEnvironment } from "./program-environment";
import { preload } from "./program-preload";

const SDK = "@pulumi/pulumi";
const PARALLEL = "16";

export interface Addresses {
  readonly monitor: string;
  readonly engine: string;
}

/** The SDK that the program itself would load, and the script in it that runs programs. */
export interface Runner {
  readonly sdkFolder: string;
  readonly file: string;
}

/** @throws Failure where the program has no SDK installed */
export function programRunner(project: Project): Runner {
  const { resolve } = createRequire(join(project.programDirectory, "index.js"));
  try {
    return { sdkFolder: dirname(resolve(`${SDK}/package.json`)), file: resolve(`${SDK}/cmd/run`) };
  } catch {
    throw new Failure(
      `${project.programDirectory} has no @pulumi/pulumi to run the program with`,
      `Install the program's dependencies: npm install in ${project.root}`,
    );
  }
}

/**
 * Starts a Node.js program as the engine's language host does, as a preview.
 *
 * @param region that it is told to run in, in the place of what its stack or environment says
 */
export function startProgram(
  project: Project,
  identity: StackIdentity,
  runner: string,
  at: Addresses,
  { variables, withheld }: ListedEnvironment,
  region: string | undefined,
): ProcessGroup {
  const flags = {
    monitor: at.monitor,
    engine: at.engine,
    project: identity.project,
    stack: identity.stack,
    organization: identity.organization,
    pwd: project.programDirectory,
    "root-directory": project.root,
    parallel: PARALLEL,
  };
  const options = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const command = [
    process.execPath,
    `--import=${preload(withheld)}`,
    ...project.nodeArguments,
    runner,
    ...options,
    "--dry-run",
    project.entryPoint,
  ] as const;
  const env = { ...variables, ...environmentOf(project, identity, variables, region) };
  try {
    return new ProcessGroup([...command], { cwd: project.programDirectory, env });
  } catch (error) {
    // Systems bound what a process is started with; configuration travels in its environment, under the engine too.
    if (!(error instanceof Error && "code" in error && error.code === "E2BIG")) throw error;
    throw new Failure(
      "the program cannot be started: its configuration, or the environment, is too large",
      "Keep large values in files of the program.",
    );
  }
}

function environmentOf(
  project: Project,
  identity: StackIdentity,
  own: NodeJS.ProcessEnv,
  region: string | undefined,
): NodeJS.ProcessEnv {
  const config = Object.fromEntries(identity.config);
  return {
    PULUMI_CONFIG: JSON.stringify({ ...config, ...(region !== undefined && { "aws:region": region }) }),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify([...identity.secretKeys]),
    PULUMI_NODEJS_TYPESCRIPT: String(project.isTypeScript),
    // Checking types takes most of a TypeScript program's time, and is not what is asked here.
    PULUMI_NODEJS_TRANSPILE_ONLY: own.PULUMI_NODEJS_TRANSPILE_ONLY ?? "true",
    ...(project.tsconfig !== "" && { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig }),
  };
}

/** How the run of a program ended, or `timeout` where it had to be ended. */
export async function endOf(program: ProcessGroup, timeoutSeconds: number): Promise<Exit | "timeout"> {
  try {
    return await within(timeoutSeconds, program.exit, () => "timeout" as const);
  } finally {
    program.kill();
  }
}
