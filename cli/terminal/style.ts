import { randomUUID } from "node:crypto";
import { createColors } from "picocolors";

const colors = createColors(true);

/** What text may look like. */
export type Style = "bold" | "dim" | "red" | "yellow" | "green" | "cyan";

/** Nobody outside can write it, so that a name never styles what stands beside it. */
const mark = `\u0002${randomUUID()}:`;

/** A text to be styled where the terminal shows colours; it is still to pass the door. */
export function styled(style: Style, text: string): string {
  return text === "" ? "" : `${mark}${style}\u0003${text}${mark}\u0003`;
}

/**
 * Replaces styles by what a terminal understands, or leaves them out.
 *
 * @param show makes a text safe to show
 */
export function withStyles(text: string, isColoured: boolean, show: (text: string) => string): string {
  const [plain = "", ...parts] = text.split(mark);
  const shown = parts.map((part) => {
    const at = part.indexOf("\u0003");
    const style = part.slice(0, at) as Style | "";
    const inside = show(part.slice(at + 1));
    return isColoured && style !== "" ? colors[style](inside) : inside;
  });
  return [show(plain), ...shown].join("");
}

/** Whether a stream is to have colours: `NO_COLOR` (no-color.org) and `FORCE_COLOR` decide, then whether somebody watches. */
export function isColoured(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR = "", FORCE_COLOR, TERM } = environment;
  if (NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}

const WITHOUT_TERMINAL = 100;
const NARROWEST = 40;
/** Longer lines are hard to read, however wide the window is. */
const WIDEST = 120;

/** The columns of a report: those of the terminal, of `COLUMNS`, or else 100. */
export function widthOf(stream: { readonly columns?: number }, environment: NodeJS.ProcessEnv): number {
  const columns = stream.columns || Number(environment.COLUMNS) || WITHOUT_TERMINAL;
  return Math.min(Math.max(columns, NARROWEST), WIDEST);
}
