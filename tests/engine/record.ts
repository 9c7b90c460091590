import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "./bundle";
import type { WireMap } from "./rpc";
import { type Project, Workspace } from "./workspace";

/** A resource as the engine shows it to a policy pack: on its own before its step, or with the whole stack at the end. */
export interface SeenResource {
  phase: "resource" | "stack";
  type: string;
  name: string;
  urn: string;
  parent?: string;
  /** Values that are not known yet stay sentinel text; secrets arrive in the clear. */
  properties: WireMap;
  /** Filled in the stack phase only, as is propertyDependencies. */
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  provider?: { type: string; name: string; urn: string; properties: WireMap };
}

/**
 * What a preview of the program shows to a policy pack, sorted by phase and URN (the engine's own order varies).
 * Throws with the CLI's output where the preview fails.
 */
export function recordEngine(programDir: string, options: Omit<Project, "from"> = {}): Promise<SeenResource[]> {
  return recordProject({ ...options, from: programDir });
}

/** The same for a project that is given as text. */
export async function recordProject(project: Project, ...args: string[]): Promise<SeenResource[]> {
  const workspace = await Workspace.open(project);
  try {
    const recorder = addRecorder(workspace);
    const { code, output } = await workspace.preview("--policy-pack", recorder.pack, ...args);
    if (code !== 0) throw new Error(`pulumi preview ended with ${code}:\n${output}`);
    return recorder.seen();
  } finally {
    workspace.dispose();
  }
}

export interface Recorder {
  /** The folder for `--policy-pack`. */
  pack: string;
  /** Everything recorded so far. */
  seen(): SeenResource[];
}

/** Puts the recording policy pack into a workspace, for commands other than a preview. */
export function addRecorder(workspace: Workspace): Recorder {
  const recording = join(workspace.folder, "recorder", "seen.jsonl");
  workspace.write("recorder/PulumiPolicy.yaml", "runtime: nodejs\n");
  workspace.write("recorder/package.json", '{ "name": "recorder", "version": "1.0.0", "main": "index.js" }\n');
  const [main, file] = [bundled("recorder/main.ts"), recording].map((it) => JSON.stringify(it));
  workspace.write("recorder/index.js", `require(${main}).record(${file});\n`);
  return { pack: join(workspace.folder, "recorder"), seen: () => sorted(linesOf(recording)) };
}

function linesOf(file: string): SeenResource[] {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text.split("\n").flatMap((line): SeenResource[] => (line === "" ? [] : [JSON.parse(line)]));
}

function sorted(seen: SeenResource[]): SeenResource[] {
  const key = (it: SeenResource) => `${it.phase} ${it.urn}`;
  return seen.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
