import type { Terminal } from "../terminal/door";

/** A line on the terminal that shows that a run goes on; silent where nobody watches. */
export class Progress {
  readonly #startedAt = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  /** @param doing and things: what is done, to what */
  constructor(
    private readonly terminal: Terminal,
    private readonly doing = "Checking",
    private readonly things = "resources",
  ) {
    const isWatched = terminal.isTTY && (process.env.CI ?? "") === "";
    this.#timer = isWatched ? setInterval(() => this.#draw(), 250) : undefined;
  }

  readonly update = (count: number): void => {
    this.#count = count;
  };

  end(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.terminal.write("\r\u001b[K");
  }

  #draw(): void {
    const seconds = Math.round((Date.now() - this.#startedAt) / 1000);
    this.terminal.write(`\r\u001b[K${this.doing}: ${this.#count} ${this.things}, ${seconds} s`);
  }
}
