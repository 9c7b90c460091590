import type { Declared, Whom } from "./declarations";
import { type Draft, type Facts, factsElsewhere } from "./drafts";
import { type LookUp, Register } from "./register";
import type { Resource } from "./resource";
import { parseArn, type Scope, scopeWithin } from "./scope";
import type { IdentityKind } from "./types";
import { known, map, notKnownYet, type Waiting } from "./value";

/** Whom a declaration means. */
export interface Meant<D> {
  readonly sure: readonly D[];
  /** Of these it is one, and nobody can tell yet which. */
  readonly possible: readonly { readonly item: D; readonly waiting: Waiting }[];
}

/** All identities of one kind: those that the stack makes, and those elsewhere that it refers to. */
export class Population<D extends Draft> {
  readonly all: D[] = [];
  private readonly register = new Register<D>();
  private readonly own = new Map<Declared, D>();

  constructor(private readonly draftOf: (facts: Facts) => D) {}

  /** Takes in an identity that a resource makes. */
  make(declared: Declared, facts: Omit<Facts, "by" | "isMade">): D {
    const draft = this.add({ ...facts, by: declared.resource, isMade: true });
    this.own.set(declared, draft);
    return draft;
  }

  /** The identity that a resource makes itself. */
  ownOf(declared: Declared): D | undefined {
    return this.own.get(declared);
  }

  /** Whom a declaration means; a reference to nobody in the stack makes an identity without a resource. */
  meant(whom: Whom<IdentityKind>, declared: Declared, scope: Scope): Meant<D> {
    if (whom.names === "self") {
      const self = this.own.get(declared);
      return { sure: self === undefined ? [] : [self], possible: [] };
    }
    const by = declared.resource;
    const found = this.register.find(whom.names, (text) => identityNamed(text, scope));
    const elsewhere = found.elsewhere.map((text) => this.addElsewhere(by, text, scope));
    const untold = found.untold.map((waiting) => this.add(factsElsewhere(by, notKnownYet(waiting), scope)));
    return { sure: [...found.sure, ...elsewhere, ...untold], possible: found.possible };
  }

  private addElsewhere(by: Resource, text: string, scope: Scope): D {
    const arn = parseArn(text) === undefined ? undefined : text;
    return this.add(factsElsewhere(by, known(nameIn(text)), scopeWithin(text, scope), arn));
  }

  private add(facts: Facts): D {
    const draft = this.draftOf(facts);
    const scope = scopeWithin(facts.arn, facts.scope);
    const name = map(facts.name, (text) => identityNamed(text, scope));
    this.all.push(draft);
    this.register.add(draft, name, scope, facts.isMade ? facts.by.urn : undefined);
    return draft;
  }
}

/** A name, or an ARN that ends in one. IAM tells names apart without regard to letter case (IAM User Guide, "IAM identifiers"). */
function identityNamed(text: string, scope: Scope): LookUp {
  return { key: nameIn(text).toLowerCase(), scope: scopeWithin(text, scope) };
}

function nameIn(text: string): string {
  return parseArn(text)?.resource.split("/").at(-1) ?? text;
}
