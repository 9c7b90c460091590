import assert from "node:assert/strict";
import { AlternateContacts, type AlternateContactsArgs } from "../../../stacks/components";
import { all, refusalOf, registeredBy } from "../registered";

const contact = {
  name: "Security team",
  title: "On call",
  emailAddress: "aws@example.com",
  phoneNumber: "+1 555 0100",
};
const args: AlternateContactsArgs = { securityContact: contact, billingContact: contact, operationsContact: contact };

async function refusal(securityContact: object): Promise<string> {
  const [message, registered] = await refusalOf(
    () => new AlternateContacts("contacts", { ...args, securityContact: securityContact as typeof contact }),
  );
  assert.deepEqual(registered, []);
  return message;
}

describe("stacks: AlternateContacts", () => {
  it("sets one contact of each type", async () => {
    const billingContact = { ...contact, name: "Accounts payable" };
    const registered = await registeredBy(() => new AlternateContacts("contacts", { ...args, billingContact }));
    const contacts = all(registered, "aws:account/alternativeContact:AlternativeContact").map(({ inputs }) => inputs);
    const ofType = (type: string) => contacts.filter(({ alternateContactType }) => alternateContactType === type);
    assert.equal(contacts.length, 3);
    assert.deepEqual(ofType("SECURITY"), [{ alternateContactType: "SECURITY", ...contact }]);
    assert.deepEqual(ofType("BILLING"), [{ alternateContactType: "BILLING", ...billingContact }]);
    assert.deepEqual(ofType("OPERATIONS"), [{ alternateContactType: "OPERATIONS", ...contact }]);
  });

  it("refuses a contact without an address", async () => {
    const { emailAddress, ...rest } = contact;
    assert.equal(
      await refusal(rest),
      "AlternateContacts: securityContact.emailAddress is missing. securityContact is an object with name, title, " +
        "emailAddress, phoneNumber.",
    );
  });

  it("refuses a misspelt property", async () => {
    assert.match(
      await refusal({ ...contact, email: "x" }),
      /^AlternateContacts: securityContact\.email is not known\./,
    );
  });

  it("refuses an address that is none", async () => {
    assert.match(
      await refusal({ ...contact, emailAddress: "aws@example" }),
      /^AlternateContacts: securityContact\.emailAddress is "aws@example", which is not an e-mail address/,
    );
  });

  it("refuses a telephone number that YAML read as a number", async () => {
    assert.match(
      await refusal({ ...contact, phoneNumber: 15550100 }),
      /^AlternateContacts: securityContact\.phoneNumber is 15550100, which is not a telephone number .*, quoted/,
    );
  });

  it("refuses a title over 50 characters", async () => {
    assert.match(await refusal({ ...contact, title: "t".repeat(51) }), /which is not a title of 1 to 50 characters/);
  });
});
