import { bounded, shownJson, shownLines } from "../policypack/host/outgoing";
import { Secrets } from "../policypack/host/secrets";

/** No report of ours is as long; a text of somebody else's may be. */
const longestText = 4_000_000;

/**
 * The one way on which text leaves the command: nothing else writes, but the line that shows that a run goes on. Secrets are
 * masked, whichever command found them, and what would act on a terminal or a CI system is written out.
 */
export class Door {
  /** What a command learns that nobody may read. */
  readonly secrets = new Secrets();

  /** To stdout, for people. */
  readonly report = (text: string): void => {
    process.stdout.write(this.shown(text));
  };

  /** To stdout, for other programs. */
  json(value: unknown): void {
    process.stdout.write(`${shownJson(JSON.stringify(this.maskedValues(value), undefined, 2))}\n`);
  }

  /** To stderr. */
  readonly problem = (text: string): void => {
    process.stderr.write(this.shown(text));
  };

  private shown(text: string): string {
    return shownLines(bounded(this.secrets.masked(text), longestText));
  }

  private maskedValues(value: unknown): unknown {
    if (typeof value === "string") return this.secrets.masked(value);
    if (Array.isArray(value)) return value.map((item) => this.maskedValues(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, this.maskedValues(inside)]));
  }
}
