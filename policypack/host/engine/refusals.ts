/** Calls of the protocol that were refused because they might have changed what the pack says: what they were, and how often. */
export class Refusals {
  private readonly counts = new Map<string, number>();
  private untold = false;

  /** @param what a clause such as `Configure came a second time`; never a text of the call's, of which there is no end */
  add(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
    this.untold = true;
  }

  /** What has come since this was last asked, or nothing. */
  fresh(): readonly string[] {
    const told = this.untold ? this.all() : [];
    this.untold = false;
    return told;
  }

  all(): readonly string[] {
    return [...this.counts].map(([what, count]) => (count === 1 ? what : `${what} (${count} times)`));
  }
}
