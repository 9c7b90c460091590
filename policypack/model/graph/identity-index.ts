import type { Whom } from "../declarations/declared";
import type { ReadResource } from "../declarations/read-resource";
import { parseArn, type Scope, scopeWithin } from "../resources/provider-scope";
import { keyOf, type Resource } from "../resources/resource";
import { known, map, notKnownYet, type Value, type Waiting } from "../resources/value";
import type { HolderKind } from "../types";
import { Assembly, Gathered } from "./assembly";
import { type Draft, type Facts, factsElsewhere } from "./identity-builders";
import { Ordered, type Place } from "./place";
import { type LookUp, type Reader, Register } from "./reference-index";

/** Whom a declaration means. */
export interface Meant<D> {
  readonly sure: readonly D[];
  /** Of these it is one, and nobody can tell yet which. */
  readonly possible: readonly { readonly item: D; readonly waiting: Waiting }[];
}

/** How references find what they mean. */
export interface IdentityName {
  /** What it is found by. */
  nameOf(facts: Facts, scope: Scope): Value<LookUp>;
  /** What a text that refers to one looks for. */
  named(text: string, scope: Scope): LookUp;
}

/** Users, groups and roles: by name, or by an ARN that ends in it. */
export const byName: IdentityName = {
  nameOf: (facts, scope) => map(facts.name, (text) => identityNamed(text, scope)),
  named: identityNamed,
};

/** Permission sets, whose ARN does not tell the name. */
export const byArn: IdentityName = {
  nameOf: ({ arn, by }) =>
    arn === undefined ? notKnownYet({ urn: by.urn, property: "arn", on: [] }) : known({ key: arn, scope: {} }),
  named: (text) => ({ key: text, scope: {} }),
};

interface Kept<D> {
  readonly draft: D;
  readonly place: Place;
  readonly assembly: Assembly<Gathered>;
}

/** All identities of one kind: those that the stack makes, and those elsewhere that it refers to. */
export class Population<D extends Draft> {
  private readonly inOrder = new Ordered<D>();
  private readonly kept = new Map<Draft, Kept<D>>();
  private readonly register: Register<D>;
  private readonly own = new Map<ReadResource, D>();
  /** Those elsewhere that a declaration refers to and no earlier one does, by the number of the reference. */
  private readonly broughtBy = new Map<Reader, ReadonlyMap<number, D>>();

  /**
   * @param lookAgain is told of every declaration that may mean somebody else now
   * @param changed is told of everything that is to be put together, `touched` of every identity that comes
   */
  constructor(
    private readonly draftOf: (facts: Facts) => D,
    lookAgain: (reader: Reader) => void,
    private readonly changed: (assembly: Assembly<Gathered>) => void,
    private readonly touched: (draft: Draft) => void,
    private readonly naming = byName,
  ) {
    this.register = new Register(lookAgain);
  }

  /** Those that there are, in order: always the same array. */
  get all(): readonly D[] {
    return this.inOrder.values;
  }

  /** Takes in an identity that a resource makes. Returns it, with how to take it out. */
  make(read: ReadResource, place: Place, facts: Omit<Facts, "by" | "isMade">): { readonly made: D; undo(): void } {
    const made = this.add(place, { ...facts, by: read.resource, isMade: true });
    this.own.set(read, made);
    return {
      made,
      undo: () => {
        this.own.delete(read);
        this.remove(made);
      },
    };
  }

  /** The identity that a resource makes itself. */
  ownOf(read: ReadResource): D | undefined {
    return this.own.get(read);
  }

  /** How it is put together; undefined for one that is there no more. */
  assemblyOf(draft: D): Assembly<Gathered> | undefined {
    return this.kept.get(draft)?.assembly;
  }

  /** Those of the given that are here, in order. */
  among(drafts: Iterable<Draft>): readonly D[] {
    const found = new Ordered<D>();
    for (const draft of drafts) {
      const kept = this.kept.get(draft);
      if (kept !== undefined) found.add(kept.place, kept.draft);
    }
    return found.values;
  }

  /** Whom a declaration means; a reference to nobody in the stack makes an identity without a resource. */
  meant(whom: Whom<HolderKind>, read: ReadResource, reader: Reader, scope: Scope): Meant<D> {
    if (whom.names === "self") {
      const self = this.own.get(read);
      return { sure: self === undefined ? [] : [self], possible: [] };
    }
    const { names } = whom;
    const by = read.resource;
    const found = this.register.find(names, (text) => this.naming.named(text, scope), reader);
    const before = this.broughtBy.get(reader);
    const brought = new Map<number, D>();
    const bring = (item: number, facts: () => Facts): D => {
      const draft = before?.get(item) ?? this.add({ ...reader.place, item }, facts());
      brought.set(item, draft);
      return draft;
    };
    const elsewhere = found.elsewhere.map(({ text, at }) => bring(at, () => this.factsNamed(by, text, scope)));
    const untold = found.untold.map(({ waiting, at }) =>
      bring(names.items.length + at, () => factsElsewhere(by, notKnownYet(waiting), scope)),
    );
    this.keepOnly(reader, brought);
    return { sure: [...found.sure, ...elsewhere, ...untold], possible: found.possible };
  }

  /** Those that nobody but this declaration refers to are there no more. */
  forget(reader: Reader): void {
    this.keepOnly(reader, new Map());
  }

  private keepOnly(reader: Reader, brought: ReadonlyMap<number, D>): void {
    for (const [item, draft] of this.broughtBy.get(reader) ?? []) {
      if (!brought.has(item)) this.remove(draft);
    }
    if (brought.size > 0) this.broughtBy.set(reader, brought);
    else this.broughtBy.delete(reader);
  }

  private factsNamed(by: Resource, text: string, scope: Scope): Facts {
    const arn = parseArn(text) === undefined ? undefined : text;
    return factsElsewhere(by, known(nameIn(text)), scopeWithin(text, scope), arn);
  }

  private add(place: Place, facts: Facts): D {
    const draft = this.draftOf(facts);
    let isAsMade = true;
    const assembly = new Assembly(
      () => {
        if (!isAsMade) {
          // As it was before anything was given to it.
          delete draft.boundary;
          Object.assign(draft, this.draftOf(facts));
        }
        isAsMade = false;
        return new Gathered(draft);
      },
      ({ exclusives }) => {
        draft.policies = exclusives.applyTo(draft.policies);
      },
    );
    const scope = scopeWithin(facts.arn, facts.scope);
    this.inOrder.add(place, draft);
    this.kept.set(draft, { draft, place, assembly });
    this.changed(assembly);
    this.touched(draft);
    const sources = facts.isMade ? [keyOf(facts.by), facts.by.urn] : [];
    this.register.add(draft, place, this.naming.nameOf(facts, scope), scope, ...sources);
    return draft;
  }

  private remove(draft: D): void {
    const kept = this.kept.get(draft);
    if (kept !== undefined) this.inOrder.remove(kept.place);
    this.kept.delete(draft);
    this.register.remove(draft);
  }
}

/** A name, or an ARN that ends in one. IAM tells names apart without regard to letter case (IAM User Guide, "IAM identifiers"). */
function identityNamed(text: string, scope: Scope): LookUp {
  return { key: nameIn(text).toLowerCase(), scope: scopeWithin(text, scope) };
}

function nameIn(text: string): string {
  return parseArn(text)?.resource.split("/").at(-1) ?? text;
}
