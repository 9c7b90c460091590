import type { PolicyEdge } from "../subjects/identities";
import { Exclusives } from "./exclusives";
import type { Draft } from "./identity-builders";
import { Ordered, type Place } from "./place";

/** What one declaration gives to something: changes it, or what is gathered on the way. */
export type Part<G> = (gathered: G) => void;

/** Something that several declarations put together. What each gives is kept, so that it can be put together again without one or with another. */
export class Assembly<G> {
  private readonly parts = new Ordered<Part<G>>();

  /**
   * @param begin makes it as it is before anything is given
   * @param end is what is left to do when all is given
   */
  constructor(
    private readonly begin: () => G,
    private readonly end: (gathered: G) => void = () => {},
  ) {}

  add(place: Place, part: Part<G>): void {
    this.parts.add(place, part);
  }

  remove(place: Place): void {
    this.parts.remove(place);
  }

  putTogether(): void {
    const gathered = this.begin();
    for (const part of this.parts.values) part(gathered);
    this.end(gathered);
  }
}

/** What is gathered for one user, group, role or permission set while it is put together. */
export class Gathered {
  private readonly links = new Set<unknown>();
  /** Names of the inline policies that the stack gives it. */
  readonly inlineNames = new Set<string>();
  readonly exclusives = new Exclusives();

  constructor(readonly draft: Draft) {}

  /** The same policy often comes twice: by an attachment, and in the list that the provider shows on the role. */
  givePolicies(edges: readonly PolicyEdge[]): void {
    this.draft.policies.push(...edges.filter(({ policy }) => this.isFirst(policy.origin)));
  }

  isFirst(link: unknown): boolean {
    return this.links.size < this.links.add(link).size;
  }
}
