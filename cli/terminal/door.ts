import { bounded, Secrets, shownJson, shownLine, shownLines } from "../../policypack/host";
import { isColoured, widthOf, withStyles } from "./style";

/** No report of ours is as long; a text of somebody else's may be. */
const longestText = 4_000_000;

type Write = (text: string) => void;

/** A stream for the line that shows that a run goes on: what is written here moves the cursor, so no name may stand in it. */
export interface Terminal {
  readonly isTTY: boolean;
  readonly write: Write;
}

/**
 * The one way on which text leaves the command. Secrets are masked, whichever command found them, and what would act on a terminal
 * or a CI system is written out. It stands before the streams of the process, so that what libraries and Node.js write when they are
 * asked to debug (`NODE_DEBUG`, `GRPC_TRACE`) passes it as well.
 */
export class Door {
  /** What a command learns that nobody may read. */
  readonly secrets = new Secrets();
  readonly #stdout: Write;
  readonly #stderr: Write;

  constructor() {
    this.#stdout = this.#guard(process.stdout);
    this.#stderr = this.#guard(process.stderr);
  }

  /** To stdout, for people. */
  readonly report = (text: string): void => {
    this.#stdout(withStyles(text, isColoured(process.stdout, process.env), (part) => this.#shown(part)));
  };

  /** To stdout, for other programs. */
  json(value: unknown): void {
    this.data(this.jsonText(value));
  }

  /** To stdout, for other programs: what is without secrets and safe in its own form already. */
  data(text: string): void {
    this.#stdout(text);
  }

  /** What `json` would write, for a file. */
  jsonText(value: unknown): string {
    return `${shownJson(JSON.stringify(this.#maskedValues(value), undefined, 2))}\n`;
  }

  /** What `report` would write without colours, for a file. */
  plainText(text: string): string {
    return withStyles(text, false, (part) => this.#shown(part));
  }

  /**
   * Commands to the CI system that runs this, a line each; their texts are to be without line ends.
   *
   * @param isBesideData whether stdout holds what another program reads
   */
  commands(lines: readonly string[], isBesideData: boolean): void {
    const text = lines.map((line) => `::${shownLine(this.secrets.masked(line.slice(2)))}\n`).join("");
    (isBesideData ? this.#stderr : this.#stdout)(text);
  }

  /** To stderr. */
  readonly problem = (text: string): void => {
    this.#stderr(this.#shown(text));
  };

  /** The columns that a report for people may have. */
  get width(): number {
    return widthOf(process.stdout, process.env);
  }

  get terminal(): Terminal {
    return { isTTY: process.stderr.isTTY, write: this.#stderr };
  }

  /** Puts the door before a stream, and returns the way past it. */
  #guard(stream: NodeJS.WriteStream): Write {
    const write = stream.write.bind(stream);
    type Done = (error?: Error | null) => void;
    stream.write = (chunk: Uint8Array | string, encoding?: BufferEncoding | Done, done?: Done): boolean => {
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      return write(this.#shown(text), "utf8", typeof encoding === "function" ? encoding : done);
    };
    return (text) => void write(text);
  }

  #shown(text: string): string {
    return shownLines(bounded(this.secrets.masked(text), longestText));
  }

  #maskedValues(value: unknown): unknown {
    if (typeof value === "string") return this.secrets.masked(value);
    if (Array.isArray(value)) return value.map((item) => this.#maskedValues(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, this.#maskedValues(inside)]));
  }
}
