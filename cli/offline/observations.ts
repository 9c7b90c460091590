import { Secrets } from "../../policypack/host/secrets";

/** What a run had to assume and what it could not see, each said once and in the order of first mention. */
export class Observations {
  readonly #assumptions = new Set<string>();
  readonly #notSeen = new Set<string>();

  /** @param secrets what no report may show */
  constructor(readonly secrets = new Secrets()) {}

  assume(text: string): void {
    this.#assumptions.add(text);
  }

  couldNotSee(text: string): void {
    this.#notSeen.add(text);
  }

  /** Texts that no report may show. */
  keepSecret(texts: Iterable<string>): void {
    for (const text of texts) this.secrets.take(text);
  }

  get assumptions(): string[] {
    return [...this.#assumptions];
  }

  get notSeen(): string[] {
    return [...this.#notSeen];
  }

  /** A text with every secret in it masked. */
  masked(text: string): string {
    return this.secrets.masked(text);
  }
}
