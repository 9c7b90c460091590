import type { Example } from "../../policypack/rules/authoring/example";
import { bundled } from "./bundle";
import type { Project } from "./workspace";

/** A project whose program makes the resources of a rule's example. */
export function projectOf(example: Example): Project {
  const runner = JSON.stringify(bundled("example-program/main.ts", ["@pulumi/pulumi"]));
  const packages = example.resources.map(({ type }) => type.replace("pulumi:providers:", "").split(":")[0] ?? "");
  return {
    files: {
      "index.js": `require(${runner}).runExample(require("./example.json"));\n`,
      "example.json": JSON.stringify(example, undefined, 2),
    },
    packages: [...new Set(packages)],
  };
}
