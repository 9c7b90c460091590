import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Project } from "../project/project";
import { Failure } from "../terminal/failure";
import { installCommand } from "./missing-packages";
import { preload } from "./program-preload";
import { configVariables, PARALLEL, type Runnable } from "./runnable";
import { sdkRemarks } from "./sdk-release";

const SDK = "@pulumi/pulumi";

/**
 * A Node.js program, run as the engine's language host does: by the script of the SDK that the program itself would load.
 *
 * @throws Failure where the program has no SDK installed
 */
export function nodeProgram(project: Project): Runnable {
  const { sdkFolder, file } = sdkOf(project);
  const { isTypeScript, tsconfig, nodeArguments } = project.options;
  return {
    remarks: sdkRemarks(sdkFolder),
    start(settings) {
      const { identity, at, variables, withheld } = settings;
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
      const node = [process.execPath, `--import=${preload(withheld)}`, ...nodeArguments] as const;
      return {
        command: [...node, file, ...options, "--dry-run", project.entryPoint],
        env: {
          ...configVariables(settings),
          PULUMI_NODEJS_TYPESCRIPT: String(isTypeScript),
          // Checking types takes most of a TypeScript program's time, and is not what is asked here.
          PULUMI_NODEJS_TRANSPILE_ONLY: variables.PULUMI_NODEJS_TRANSPILE_ONLY ?? "true",
          ...(tsconfig !== "" && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
        },
      };
    },
    dispose: () => undefined,
  };
}

function sdkOf(project: Project): { readonly sdkFolder: string; readonly file: string } {
  const { resolve } = createRequire(join(project.programDirectory, "index.js"));
  try {
    return { sdkFolder: dirname(resolve(`${SDK}/package.json`)), file: resolve(`${SDK}/cmd/run`) };
  } catch {
    throw new Failure(
      `${project.programDirectory} has no @pulumi/pulumi to run the program with`,
      `Install the program's dependencies: ${installCommand(project.root)}`,
    );
  }
}
