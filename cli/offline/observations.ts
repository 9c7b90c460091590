/** What a run had to assume and what it could not see, each said once and in the order of first mention. */
export class Observations {
  readonly #assumptions = new Set<string>();
  readonly #notSeen = new Set<string>();
  readonly #secrets = new Set<string>();

  assume(text: string): void {
    this.#assumptions.add(text);
  }

  couldNotSee(text: string): void {
    this.#notSeen.add(text);
  }

  /** Texts that no report may show. */
  keepSecret(texts: Iterable<string>): void {
    for (const text of texts) this.#secrets.add(text);
  }

  get assumptions(): string[] {
    return [...this.#assumptions];
  }

  get notSeen(): string[] {
    return [...this.#notSeen];
  }

  /** A text with every secret in it masked. Very short ones stay: masking "1" or "dev" everywhere helps nobody. */
  masked(text: string): string {
    const secrets = [...this.#secrets].filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
    return secrets.reduce((masked, secret) => masked.replaceAll(secret, "[secret]"), text);
  }
}
