import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePosition, StackTrace } from "@pulumi/pulumi/proto/source_pb";

/** A place in the program, as its SDK or a stack's state gives it: `file:///srv/shop/index.ts` or `project:///index.ts`. */
export interface SourceFrame {
  readonly uri: string;
  readonly line: number;
  readonly column: number;
}

/** A place in a file of the project. */
export interface ProjectPosition {
  /** Relative to the project's folder, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The places in a registration, the innermost first; SDKs that send none leave both fields out. */
export function framesOf(position: SourcePosition | undefined, trace: StackTrace | undefined): readonly SourceFrame[] {
  const frames = (trace?.getFramesList() ?? []).map((frame) => frame.getPc());
  return [position, ...frames].flatMap((each) =>
    each === undefined || each.getUri() === ""
      ? []
      : [{ uri: each.getUri(), line: each.getLine(), column: each.getColumn() }],
  );
}

/**
 * The innermost of some places that is the project's own: not a component's from a library.
 *
 * @param root the folder of Pulumi.yaml
 */
export function positionIn(root: string, frames: readonly SourceFrame[]): ProjectPosition | undefined {
  for (const { uri, line, column } of frames) {
    const file = fileIn(root, uri);
    if (file !== undefined && line > 0) return { file, line, column: Math.max(column, 1) };
  }
  return undefined;
}

const PROJECT = "project:///";

function fileIn(root: string, uri: string): string | undefined {
  try {
    // A URL's own path has no `..` left in it, which is how the engine writes what is outside of the project.
    const path = uri.startsWith(PROJECT) ? decodeURIComponent(uri.slice(PROJECT.length)) : within(root, uri);
    const parts = path.split(/[\\/]/);
    return path === "" || parts.includes("..") || parts.includes("node_modules") ? undefined : parts.join("/");
  } catch {
    // Whatever else stands there leads nowhere.
    return undefined;
  }
}

function within(root: string, uri: string): string {
  // Of a TypeScript program of ES modules, the Node.js SDK takes the address of a file for a path in the current folder.
  const address = uri.lastIndexOf("/file:/");
  const path = relative(root, fileURLToPath(uri.slice(address + 1)));
  return /^[A-Za-z]:/.test(path) ? "" : path;
}

/** A place as a stack's state writes it: `project:///index.ts#12,5`. */
export function frameIn(text: string): SourceFrame | undefined {
  const at = text.lastIndexOf("#");
  const [line = Number.NaN, column = 1] = text
    .slice(at + 1)
    .split(",")
    .map(Number);
  return at === -1 || !Number.isInteger(line) ? undefined : { uri: text.slice(0, at), line, column };
}
