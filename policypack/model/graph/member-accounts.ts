import type { Declaration, References } from "../declarations/declared";
import { keyOf, type Resource } from "../resources/resource";
import { map } from "../resources/value";
import type { Doubt } from "../subjects/identities";
import type { AlternateContact, OrganizationAccount } from "../subjects/organization";
import { Assembly } from "./assembly";
import { Ordered, type Place } from "./place";
import { type LookUp, type Reader, Register } from "./reference-index";

type DeclaredAs<T extends Declaration["declared"]> = Extract<Declaration, { readonly declared: T }>;

export interface AccountDraft extends OrganizationAccount {
  contacts: AlternateContact[];
  doubts: Doubt[];
}

/** The accounts that the stack makes in its organization, with their contacts. */
export class Accounts {
  private readonly inOrder = new Ordered<AccountDraft>();
  private readonly assemblies = new Map<AccountDraft, Assembly<AccountDraft>>();
  private readonly register: Register<AccountDraft>;

  constructor(
    lookAgain: (reader: Reader) => void,
    private readonly changed: (assembly: Assembly<AccountDraft>) => void,
  ) {
    this.register = new Register(lookAgain);
  }

  get all(): readonly AccountDraft[] {
    return this.inOrder.values;
  }

  /** Returns how to take it out. */
  add(resource: Resource, place: Place, { id, name, email }: DeclaredAs<"organization account">): () => void {
    const account: AccountDraft = { resource, name, email, contacts: [], doubts: [] };
    const assembly = new Assembly<AccountDraft>(() => Object.assign(account, { contacts: [], doubts: [] }));
    this.inOrder.add(place, account);
    this.assemblies.set(account, assembly);
    this.changed(assembly);
    this.register.add(account, place, map(id, lookUpOf), {}, keyOf(resource), resource.urn);
    return () => {
      this.inOrder.remove(place);
      this.assemblies.delete(account);
      this.register.remove(account);
    };
  }

  assemblyOf(account: AccountDraft): Assembly<AccountDraft> | undefined {
    return this.assemblies.get(account);
  }

  /** Whose a contact is. One without an account is that of the provider's own, which no stack makes. */
  meant(account: References, reader: Reader): Pick<ReturnType<Register<AccountDraft>["find"]>, "sure" | "possible"> {
    return this.register.find(account, lookUpOf, reader);
  }
}

function lookUpOf(key: string): LookUp {
  return { key, scope: {} };
}
