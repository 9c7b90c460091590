import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import type { Project } from "../project/project";
import { IDENTITY_DIGITS, MARKER } from "../pulumi/unknown-markers";
import { Failure } from "../terminal/failure";
import { requireEntry } from "./entry-point";
import { pythonInstallCommand } from "./missing-packages";
import { engineVariables, type Runnable } from "./runnable";

/**
 * Runs a program in the interpreter that has its packages: what the language host's own script does. What is not known is read from a
 * marker as if it were JSON: members that are not known either.
 */
const RUNNER = `
import asyncio, hashlib, json, os, re, runpy, sys, traceback
import pulumi, pulumi.runtime
class Unknown(dict):
    def __init__(self, text):
        self.text = text
    def __missing__(self, key):
        return "${MARKER}" + hashlib.sha256((self.text + str(key)).encode()).hexdigest()[:${IDENTITY_DIGITS}]
    def get(self, key, default=None):
        return self[key]
loads = json.loads
def loads_known(text, *args, **kwargs):
    if isinstance(text, str) and re.fullmatch("${MARKER}[0-9a-f]{${IDENTITY_DIGITS}}", text.strip().lower()):
        return Unknown(text)
    return loads(text, *args, **kwargs)
json.loads = loads_known
env = os.environ
sys.path.insert(0, os.getcwd())
pulumi.runtime.set_all_config(json.loads(env["PULUMI_CONFIG"]), json.loads(env["PULUMI_CONFIG_SECRET_KEYS"]))
names = {"project": "PROJECT", "stack": "STACK", "monitor": "MONITOR", "engine": "ENGINE", "organization": "ORGANIZATION"}
settings = {name: env["PULUMI_" + variable] for name, variable in names.items()}
pulumi.runtime.configure(pulumi.runtime.Settings(parallel=int(env["PULUMI_PARALLEL"]), dry_run=True, root_directory=env["PULUMI_ROOT_DIRECTORY"], **settings))
try:
    asyncio.new_event_loop().run_until_complete(pulumi.runtime.run_in_stack(lambda: runpy.run_path(sys.argv[1], run_name="__main__") and None))
except pulumi.RunError as error:
    sys.exit("error: " + str(error))
except Exception:
    traceback.print_exc()
    sys.exit(1)
`;

/**
 * A Python program, run in the user's own interpreter (Pulumi documentation, "Python", "Virtual environments"). Neither the Pulumi CLI
 * nor its language host is needed.
 *
 * @throws Failure where the interpreter, its packages or the program are not there
 */
export function pythonProgram(project: Project): Runnable {
  requireEntry(project);
  const python = interpreterOf(project, process.env);
  const found = spawnSync(python, [
    "-c",
    "import importlib.util as u, sys; sys.exit(0 if u.find_spec('pulumi') else 3)",
  ]);
  if (found.error !== undefined)
    throw new Failure(`${python} cannot be started: ${found.error.message}`, "Install Python 3.");
  if (found.status !== 0) {
    throw new Failure(
      `${python} has no package pulumi to run the program with`,
      `Install the program's dependencies: ${pythonInstallCommand(project)}`,
    );
  }
  const binaries = dirname(python);
  return {
    remarks: [],
    start: (settings) => ({
      command: [python, "-u", "-c", RUNNER, project.entryPoint],
      env: {
        ...engineVariables(project.root, settings),
        // Nothing is left behind in the program's folder.
        PYTHONDONTWRITEBYTECODE: "1",
        ...(binaries !== "." && {
          VIRTUAL_ENV: dirname(binaries),
          PATH: `${binaries}${delimiter}${settings.variables.PATH ?? ""}`,
        }),
      },
    }),
    dispose: () => undefined,
  };
}

type Toolchain = "pip" | "poetry" | "uv";

function toolchainOf({ file, options }: Project): Toolchain {
  const { toolchain } = options;
  if (toolchain === "" || toolchain === "pip") return "pip";
  if (toolchain === "poetry" || toolchain === "uv") return toolchain;
  throw new Failure(`${file}: "toolchain" is ${JSON.stringify(toolchain)}`, "Write pip, poetry or uv.");
}

/** The interpreter that the project names, or else the one of the virtual environment at hand, or else the system's; a bare name is on PATH. */
function interpreterOf(project: Project, own: NodeJS.ProcessEnv): string {
  const { root, programDirectory, options, file } = project;
  const toolchain = toolchainOf(project);
  if (options.virtualenv !== "") {
    const named = interpreterIn(resolve(root, options.virtualenv));
    if (named !== undefined) return named;
    throw new Failure(
      `${file}: "virtualenv" is ${options.virtualenv}, where there is no Python`,
      `Make it: ${toolchain === "pip" ? `pulumi install in ${root}` : pythonInstallCommand(project)}`,
    );
  }
  if (toolchain === "poetry") return ofPoetry(project);
  const places = [own.UV_PROJECT_ENVIRONMENT, own.VIRTUAL_ENV, ...[root, programDirectory].flatMap(venvsIn)];
  const usable = toolchain === "uv" ? places : places.slice(1);
  const found = usable.flatMap((place) => (place ? (interpreterIn(resolve(root, place)) ?? []) : []))[0];
  if (found !== undefined) return found;
  if (toolchain === "uv")
    throw new Failure(`${root} has no virtual environment`, `Make it: ${pythonInstallCommand(project)}`);
  return process.platform === "win32" ? "python" : "python3";
}

function venvsIn(folder: string): readonly string[] {
  return [join(folder, ".venv"), join(folder, "venv")];
}

function interpreterIn(environment: string): string | undefined {
  const places = [join("bin", "python3"), join("bin", "python"), join("Scripts", "python.exe")];
  return places.map((place) => join(environment, place)).find(existsSync);
}

function ofPoetry(project: Project): string {
  const { root, file } = project;
  const { error, status, stdout } = spawnSync("poetry", ["env", "info", "--executable"], {
    cwd: root,
    encoding: "utf8",
  });
  if (error !== undefined) throw new Failure(`${file} uses poetry, which is not on PATH`, "Install poetry.");
  const python = stdout.trim();
  if (status === 0 && python !== "") return python;
  throw new Failure(`poetry has no virtual environment for ${root}`, `Make it: ${pythonInstallCommand(project)}`);
}
