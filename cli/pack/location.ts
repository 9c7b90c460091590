import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../terminal/failure";

const PACK = "policypack";

/**
 * The folder of the policy pack that comes with this package, whether it runs from source or compiled.
 *
 * @throws Failure where it is missing or was never built
 */
export function ownPackDirectory(from = __dirname): string {
  const directory = join(from, PACK);
  if (!existsSync(join(directory, "PulumiPolicy.yaml"))) {
    const parent = dirname(from);
    if (parent === from) throw new Failure(`the folder ${PACK} is missing`, "Install the package again.");
    return ownPackDirectory(parent);
  }
  return directory;
}

/** @throws Failure where the folder is no policy pack, or its entry point is not there */
export function requireBuilt(directory: string): void {
  if (!existsSync(join(directory, "PulumiPolicy.yaml"))) {
    throw new Failure(
      `${directory} is not a policy pack: it has no PulumiPolicy.yaml`,
      "Name the folder of a policy pack.",
    );
  }
  try {
    require.resolve(directory);
  } catch {
    throw new Failure(`the policy pack in ${directory} is not built`, "Build it with: npm run build");
  }
}
