import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project/project";
import { Failure } from "../terminal/failure";
import { requireEntry } from "./entry-point";
import { engineVariables, type Runnable } from "./runnable";

/**
 * A Java program, run by its build tool as the engine's language host does (Pulumi documentation, "Java").
 *
 * @throws Failure where there is none
 */
export function javaProgram(project: Project): Runnable {
  const command = commandOf(project);
  return {
    remarks: [],
    start: (settings) => ({ command, env: engineVariables(project.root, settings) }),
    dispose: () => undefined,
  };
}

function commandOf(project: Project): readonly [string, ...string[]] {
  const { binary } = project.options;
  if (binary !== "") return ["java", "-jar", join(project.root, binary)];
  requireEntry(project);
  const has = (file: string) => existsSync(join(project.programDirectory, file));
  const wrapper = (name: string, otherwise: string) => (has(name) ? join(project.programDirectory, name) : otherwise);
  if (has("pom.xml")) return [wrapper("mvnw", "mvn"), "--quiet", "--no-transfer-progress", "compile", "exec:java"];
  if (has("build.gradle") || has("build.gradle.kts"))
    return [wrapper("gradlew", "gradle"), "run", "--quiet", "--console=plain"];
  throw new Failure(
    `${project.programDirectory} has neither a pom.xml nor a build.gradle`,
    "Name a jar under runtime.options.binary.",
  );
}
