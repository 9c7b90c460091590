import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../terminal/failure";

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
