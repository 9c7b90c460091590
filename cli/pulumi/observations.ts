import { Secrets } from "../../policypack/host";
import { markersIn, withoutMarkers } from "./unknown-markers";

const SHOWN_CURES = 3;

/** A value that check does not have and the user can give. */
export interface MissingValue {
  /** What was asked for: a provider function, or a key of the configuration. */
  readonly subject: string;
  /** The part of the subject's answer. */
  readonly property: string;
  /** How to give some properties of the subject. */
  readonly cure: (properties: readonly string[]) => string;
}

/** What a run had to assume and what it could not see, each said once and in the order of first mention. */
export class Observations {
  readonly #assumptions = new Set<string>();
  readonly #notSeen = new Set<string>();
  readonly #standIns = new Map<string, MissingValue>();

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

  /** Notes that a program gets a marker for a value. */
  standIn(marker: string, value: MissingValue): void {
    this.#standIns.set(marker, value);
  }

  /** How to give the values that a program may have failed for: those whose markers its error shows, or else all. */
  curesFor(error: string): string[] {
    const shown = markersIn(error).flatMap((marker) => this.#standIns.get(marker) ?? []);
    const bySubject = new Map<string, MissingValue[]>();
    for (const value of shown.length > 0 ? shown : this.#standIns.values()) {
      const others = bySubject.get(value.subject) ?? [];
      bySubject.set(value.subject, [...others, value]);
    }
    return [...bySubject.values()].slice(0, SHOWN_CURES).flatMap((values) => {
      return values[0]?.cure([...new Set(values.map(({ property }) => property))]) ?? [];
    });
  }

  get assumptions(): string[] {
    return [...this.#assumptions];
  }

  get notSeen(): string[] {
    return [...this.#notSeen];
  }

  /** A text with every secret and every marker in it masked. */
  masked(text: string): string {
    return withoutMarkers(this.secrets.masked(text));
  }
}
