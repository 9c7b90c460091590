import type { OrganizationAccount } from "../../model";
import { unknownFrom } from "../authoring/example";
import { memberAccount } from "../authoring/example-resources";
import { matchesGlob } from "../authoring/globs";
import { defineRule, type Outcome } from "../authoring/rule";
import { mailboxGlob, mailDomain } from "../authoring/text-forms";
import { isPublicMail, isWithin } from "./public-mail";

const options = {
  allowedDomains: {
    type: "strings",
    description:
      "Domains in which the root users of member accounts have their mailboxes, with their subdomains. Once this is set the rule blocks.",
    form: mailDomain,
  },
  mailboxPattern: {
    type: "string",
    description: "What the part before the @ must look like, as a glob: aws-root+* for a group mailbox.",
    form: mailboxGlob,
  },
} as const;

export const rootEmailDomain = defineRule({
  id: "root-email-domain",
  title: "Root users of member accounts have mailboxes of the organization",
  severity: "high",
  level: "mandatory",
  rationale:
    "Whoever reads the mailbox of a root user can set its password anew. It must belong to the organization and to a group: a mailbox at a public provider is " +
    "one person's, and leaves with that person.",
  remediation:
    "Use an address in a domain of the organization that reaches a group, such as aws-root+ACCOUNT@example.com, and name the domains in allowedDomains.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.1" },
    { framework: "NIST 800-53", version: "5", id: "AC-2" },
  ],
  options,
  on: "organizationAccount",
  phases: ["resource"],

  *check({ resource, name, email }: OrganizationAccount, { options }): Iterable<Outcome> {
    const { urn } = resource;
    const subject = `account "${(name.known ? name.value : undefined) ?? resource.name}"`;
    const { allowedDomains, mailboxPattern } = options;
    const ceiling = allowedDomains === undefined ? { ceiling: "advisory" as const } : {};
    if (!email.known) {
      const because = "the e-mail address of its root user is not known yet";
      yield { kind: "undecided", urn, subject, because, waiting: [email.waiting], ...ceiling };
      return;
    }
    if (email.value === undefined) return;
    const at = email.value.lastIndexOf("@");
    const mailbox = email.value.slice(0, Math.max(at, 0));
    const domain = email.value.slice(at + 1);
    const isOutside = allowedDomains === undefined ? isPublicMail(domain) : !isWithin(domain, allowedDomains);
    if (isOutside) {
      yield {
        kind: "finding",
        urn,
        subject,
        ...ceiling,
        what: `The root user of the ${subject} has its mailbox in ${domain}, ${
          allowedDomains === undefined ? "a public mail provider" : "which is not among allowedDomains"
        }.`,
        why: "Whoever reads that mailbox can take over the account by setting the root password anew.",
        fix: `Use an address ${
          allowedDomains !== undefined && allowedDomains.length > 0
            ? `in ${allowedDomains.join(" or ")}`
            : "in a domain of the organization"
        } that reaches a group of people.`,
      };
    }
    if (mailboxPattern !== undefined && !matchesGlob(mailbox.toLowerCase(), mailboxPattern.toLowerCase())) {
      yield {
        kind: "finding",
        urn,
        subject,
        ...ceiling,
        what: `The mailbox of the root user of the ${subject} does not look like ${mailboxPattern}.`,
        why: "A mailbox of one person leaves with that person, and with it the way to reset the root password.",
        fix: `Use the group mailbox, ${mailboxPattern}@${allowedDomains?.[0] ?? domain}.`,
      };
    }
  },

  examples: {
    fail: [
      {
        title: "an address outside the domains that are allowed",
        resources: [memberAccount("billing", "aws-root+billing@partner.example")],
        options: { allowedDomains: ["acme.example"] },
      },
      {
        title: "one person's mailbox where the group's is asked for",
        resources: [memberAccount("billing", "jo@acme.example")],
        options: { allowedDomains: ["acme.example"], mailboxPattern: "aws-root+*" },
      },
      {
        title: "an address at a public mail provider, which is only advised against",
        resources: [memberAccount("billing", "acme.billing@gmail.com")],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "the group mailbox of the organization",
        resources: [memberAccount("billing", "aws-root+billing@acme.example")],
        options: { allowedDomains: ["acme.example"], mailboxPattern: "aws-root+*" },
      },
      {
        title: "a subdomain",
        resources: [memberAccount("billing", "billing@aws.acme.example")],
        options: { allowedDomains: ["acme.example"] },
      },
      {
        title: "any domain but a public provider's while none is named",
        resources: [memberAccount("billing", "aws-root+billing@acme.example")],
      },
    ],
    undecided: [
      {
        title: "an address that is not known yet",
        resources: [memberAccount("billing", unknownFrom("settings"))],
        options: { allowedDomains: ["acme.example"] },
      },
    ],
  },
});
