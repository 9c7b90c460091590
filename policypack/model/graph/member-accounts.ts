import type { Declaration } from "../declarations/declared";
import { keyOf, type Resource } from "../resources/resource";
import { map } from "../resources/value";
import type { Doubt } from "../subjects/identities";
import type { AlternateContact, OrganizationAccount } from "../subjects/organization";
import { Register } from "./reference-index";

type DeclaredAs<T extends Declaration["declared"]> = Extract<Declaration, { readonly declared: T }>;

interface AccountDraft extends OrganizationAccount {
  readonly contacts: AlternateContact[];
  readonly doubts: Doubt[];
}

/** The accounts that the stack makes in its organization, with their contacts. */
export class Accounts {
  readonly all: AccountDraft[] = [];
  private readonly register = new Register<AccountDraft>();

  add(resource: Resource, { id, name, email }: DeclaredAs<"organization account">): void {
    const account = { resource, name, email, contacts: [], doubts: [] };
    this.all.push(account);
    const lookUp = map(id, (key) => ({ key, scope: {} }));
    this.register.add(account, lookUp, {}, keyOf(resource), resource.urn);
  }

  /** A contact without an account is that of the provider's own, which no stack makes. */
  giveContact(resource: Resource, { contact, account }: DeclaredAs<"alternate contact">): void {
    const found = this.register.find(account, (key) => ({ key, scope: {} }));
    for (const owner of found.sure) owner.contacts.push({ by: resource, type: contact });
    for (const { item, waiting } of found.possible) {
      item.doubts.push({ because: `${resource.type} "${resource.name}" may be meant for it`, waiting });
    }
  }
}
