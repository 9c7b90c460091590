import { type OrganizationAccount, peek } from "../../model";
import { unknownFrom } from "../authoring/example";
import { alternateContact, memberAccount } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

/** "Update the alternate contacts for your AWS account" (AWS Account Management Reference Guide). */
const wanted = ["SECURITY", "BILLING", "OPERATIONS"];

const account = memberAccount("shop", "aws-root+shop@acme.example");
const security = alternateContact("security", unknownFrom("shop"), "SECURITY");
const billing = alternateContact("billing", unknownFrom("shop"), "BILLING");
const operations = alternateContact("operations", unknownFrom("shop"), "OPERATIONS");

export const requireAlternateContacts = defineRule({
  id: "require-alternate-contacts",
  title: "Accounts have contacts for security, billing and operations",
  severity: "low",
  level: "advisory",
  rationale:
    "AWS tells the security contact when a key of the account is found in public or the account is abused. Without one the letter goes to the root user's mailbox, " +
    "which should be the least read of all.",
  remediation: "Add an aws.account.AlternativeContact of each type with the accountId of the account.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.2" },
    { framework: "NIST 800-53", version: "5", id: "IR-6" },
    { framework: "AWS Security Hub", version: "2024", id: "Account.1" },
    { framework: "AWS Config", version: "2024", id: "security-account-information-provided" },
  ],
  options: {},
  on: "organizationAccount",

  *check({ resource, name, contacts, doubts }: OrganizationAccount): Iterable<Outcome> {
    const { urn } = resource;
    const subject = `account "${peek(name) ?? resource.name}"`;
    const given = contacts.map(({ type }) => peek(type)?.toUpperCase());
    const missing = wanted.filter((type) => !given.includes(type));
    if (missing.length === 0) return;
    const open = [
      ...contacts.flatMap(({ type }) => (type.known ? [] : [type.waiting])),
      ...doubts.map(({ waiting }) => waiting),
    ];
    if (open.length >= missing.length) {
      const because = `the contacts that may be its ${listOf(missing)} contact are not known yet`;
      yield { kind: "undecided", urn, subject, because, waiting: open.slice(0, 1) };
      return;
    }
    yield {
      kind: "finding",
      urn,
      subject,
      what: `The ${subject} has no ${listOf(missing)} contact.`,
      why: "What AWS has to tell goes to the mailbox of its root user only.",
      fix: `Add an aws.account.AlternativeContact with alternateContactType ${missing.map((type) => `"${type}"`).join(", ")} and the account's id as accountId.`,
    };
  },

  examples: {
    fail: [
      { title: "no contact", resources: [account] },
      { title: "no security contact", resources: [account, billing, operations] },
    ],
    pass: [
      { title: "all three", resources: [account, security, billing, operations] },
      {
        title: "contacts of an account that is made elsewhere",
        resources: [alternateContact("security", "111122223333", "SECURITY")],
      },
    ],
    undecided: [
      {
        title: "a contact whose type is not known yet",
        resources: [
          account,
          billing,
          operations,
          alternateContact("other", unknownFrom("shop"), unknownFrom("settings")),
        ],
      },
    ],
  },
});

function listOf(types: readonly string[]): string {
  const names = types.map((type) => type.toLowerCase());
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
