import { AlternativeContact } from "@pulumi/aws/account";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { beforeCreation } from "../shared/prerequisites";
import { inWords, presentValue } from "../shared/present-value";

/** Whom AWS writes to or calls: a role's mailbox and telephone that several people watch, rather than a person's own. */
export interface Contact {
  /** 1 to 64 characters. */
  name: string;
  /** 1 to 50 characters. */
  title: string;
  emailAddress: string;
  /** 1 to 25 characters: digits, spaces and `+-()`. */
  phoneNumber: string;
}

/** Arguments of {@link AlternateContacts}. */
export interface AlternateContactsArgs {
  /** Told of abuse, leaked keys and vulnerabilities. */
  securityContact: Contact;
  /** Told of invoices and payments. */
  billingContact: Contact;
  /** Told of outages and maintenance. */
  operationsContact: Contact;
}

const COMPONENT = "AlternateContacts";

const CONTACTS = [
  { argument: "securityContact", type: "SECURITY" },
  { argument: "billingContact", type: "BILLING" },
  { argument: "operationsContact", type: "OPERATIONS" },
] as const;

/**
 * The alternate contacts of an account, so that a warning of AWS reaches somebody even where nobody reads the root user's
 * mail. An account has one of each type: those it has are overwritten. See "Update the alternate contacts for your AWS
 * account" in the AWS Account Management Reference Guide.
 *
 * Throws {@link InvalidArgument} for a contact that is missing or that AWS would refuse.
 */
export class AlternateContacts extends pulumi.ComponentResource {
  constructor(name: string, args: AlternateContactsArgs, opts?: pulumi.ComponentResourceOptions) {
    const contacts = checkedContacts(args);
    super("aws-identity-guardrails:index:AlternateContacts", name, {}, opts);

    for (const { type, ...contact } of contacts) {
      new AlternativeContact(
        `${name}-${type.toLowerCase()}`,
        { alternateContactType: type, ...contact },
        { parent: this, ...beforeCreation(`${name}-${type.toLowerCase()}`, () => sayWhatIsReplaced(type, this)) },
      );
    }
    this.registerOutputs({});
  }
}

/** In the preview too, so that somebody can still say no. */
async function sayWhatIsReplaced(type: string, contacts: AlternateContacts): Promise<void> {
  const command = ["account", "get-alternate-contact", "--alternate-contact-type", type];
  const present = await presentValue(command, "ResourceNotFoundException", contacts);
  if (present.kind === "none") return;
  const found = present.kind === "read" ? present.value : undefined;
  const replaced = `The ${type.toLowerCase()} contact that the account has now`;
  await pulumi.log.warn(
    found !== null && typeof found === "object" && "AlternateContact" in found
      ? `${replaced} is replaced: ${inWords(found.AlternateContact)}`
      : `${replaced}, if any, is replaced. To see it: aws ${command.join(" ")}`,
    contacts,
  );
}

/** Throws {@link InvalidArgument} for a contact that is missing or that AWS would refuse. */
export function checkedContacts(args: AlternateContactsArgs) {
  const check = new ArgumentChecker(COMPONENT);
  return CONTACTS.map(({ argument, type }) => ({ type, ...checkedContact(check, argument, args[argument]) }));
}

function checkedContact(check: ArgumentChecker, argument: string, value: unknown): Contact {
  const given = check.record(argument, value, ["name", "title", "emailAddress", "phoneNumber"]);
  return {
    name: check.text(`${argument}.name`, given.name, /^\S(.{0,62}\S)?$/, "a name of 1 to 64 characters"),
    title: check.text(`${argument}.title`, given.title, /^\S(.{0,48}\S)?$/, "a title of 1 to 50 characters"),
    emailAddress: check.email(`${argument}.emailAddress`, given.emailAddress),
    phoneNumber: check.text(
      `${argument}.phoneNumber`,
      given.phoneNumber,
      /^(?=.*[0-9])[0-9 ()+-]{1,25}$/,
      'a telephone number of at most 25 digits, spaces and +-(), quoted ("+1 555 0100")',
    ),
  };
}
