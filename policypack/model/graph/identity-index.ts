import type { Declared, Whom } from "../declarations/declared";
import { parseArn, type Scope, scopeWithin } from "../resources/provider-scope";
import { keyOf, type Resource } from "../resources/resource";
import { known, map, notKnownYet, type Value, type Waiting } from "../resources/value";
import type { HolderKind } from "../types";
import { type Draft, type Facts, factsElsewhere } from "./identity-builders";
import { type LookUp, Register } from "./reference-index";

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

/** All identities of one kind: those that the stack makes, and those elsewhere that it refers to. */
export class Population<D extends Draft> {
  readonly all: D[] = [];
  private readonly register = new Register<D>();
  private readonly own = new Map<Declared, D>();

  constructor(
    private readonly draftOf: (facts: Facts) => D,
    private readonly naming = byName,
  ) {}

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
  meant(whom: Whom<HolderKind>, declared: Declared, scope: Scope): Meant<D> {
    if (whom.names === "self") {
      const self = this.own.get(declared);
      return { sure: self === undefined ? [] : [self], possible: [] };
    }
    const by = declared.resource;
    const found = this.register.find(whom.names, (text) => this.naming.named(text, scope));
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
    this.all.push(draft);
    const sources = facts.isMade ? [keyOf(facts.by), facts.by.urn] : [];
    this.register.add(draft, this.naming.nameOf(facts, scope), scope, ...sources);
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
