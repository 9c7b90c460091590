import { Account, type AlternateContactType } from "@aws-sdk/client-account";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";
import type { Kinds } from "./kind";
import { text, textIn } from "./values";

const account = client(Account);

async function put(inputs: WireMap, aws: Connection): Promise<void> {
  await account(aws).putAlternateContact({
    AccountId: textIn(inputs, "accountId"),
    AlternateContactType: text(inputs, "alternateContactType") as AlternateContactType,
    EmailAddress: text(inputs, "emailAddress"),
    Name: text(inputs, "name"),
    PhoneNumber: text(inputs, "phoneNumber"),
    Title: text(inputs, "title"),
  });
}

/** The type alone, or the account's id, a slash and the type. */
function contactOf(id: string): { AccountId: string | undefined; AlternateContactType: AlternateContactType } {
  const [type = "", accountId] = id.split("/").reverse();
  return { AccountId: accountId, AlternateContactType: type as AlternateContactType };
}

export const accountKinds: Kinds = {
  "aws:account/alternativeContact:AlternativeContact": {
    async create(inputs, aws) {
      await put(inputs, aws);
      const accountId = textIn(inputs, "accountId");
      const type = text(inputs, "alternateContactType");
      return accountId === undefined ? type : `${accountId}/${type}`;
    },
    async read(id, aws) {
      const { AlternateContact: contact } = await account(aws).getAlternateContact(contactOf(id));
      return {
        alternateContactType: contact?.AlternateContactType ?? null,
        emailAddress: contact?.EmailAddress ?? null,
        name: contact?.Name ?? null,
        phoneNumber: contact?.PhoneNumber ?? null,
        title: contact?.Title ?? null,
      };
    },
    update: (_id, inputs, aws) => put(inputs, aws),
    async delete(id, aws) {
      await account(aws).deleteAlternateContact(contactOf(id));
    },
  },
};
