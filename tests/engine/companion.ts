import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "./bundle";
import { CHECKOUT } from "./checkout";
import type { Project } from "./workspace";

/** Types are another test's; under the engine their check takes most of a run. */
export const WITHOUT_TYPE_CHECK = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

/** The project of the companion stacks, as a user has it. */
export function companion(stack: string): Project {
  const copies = ["Pulumi.yaml", "package.json", "tsconfig.json", "stacks", "policypack/iam"];
  return { copies, stack, env: WITHOUT_TYPE_CHECK };
}

/** The same program, compiled beforehand: for tests that run it many times. */
export function compiledCompanion(stack: string): Project {
  const program = JSON.stringify(bundled("../../stacks/index.ts", ["@pulumi/*"]));
  const project = readFileSync(join(CHECKOUT, "Pulumi.yaml"), "utf8");
  return {
    copies: [`stacks/Pulumi.${stack}.yaml`],
    files: {
      "Pulumi.yaml": project
        .replace("typescript: true", "typescript: false")
        .replace("main: stacks/index.ts", "main: stacks/index.js"),
      "package.json": '{ "name": "engine-test", "private": true }\n',
      "stacks/index.js": `module.exports = require(${program});\n`,
    },
    stack,
  };
}
