import type { AccountRecords } from "../records/records";
import { type AccountStack, recordIn, StackWriter } from "./account-stack";
import { writeCredentials } from "./credentials";
import { writeIdentities } from "./identities";
import { writeOrganization } from "./organization";
import { writePermissionSets } from "./permission-sets";

/**
 * An account as the stack that would have made it, so that the rules of the pack judge it as they judge any other.
 *
 * @throws Failure that names the place of what is not as AWS prints it
 */
export function stackOf(records: AccountRecords): AccountStack {
  const stack = new StackWriter(records);
  const { rolesOfPermissionSets, leftOut } = writeIdentities(records, stack);
  writeCredentials(records, stack);
  writePermissionSets(records, stack, rolesOfPermissionSets);
  writePasswordPolicy(records, stack);
  writeContacts(records, stack);
  const scps = writeOrganization(records, stack);
  return { resources: stack.resources, leftOut, ...(scps === undefined ? {} : { scps }) };
}

/** Names of the API to those of the provider ("GetAccountPasswordPolicy", IAM API Reference). */
const passwordProperties = {
  MinimumPasswordLength: "minimumPasswordLength",
  MaxPasswordAge: "maxPasswordAge",
  PasswordReusePrevention: "passwordReusePrevention",
  RequireLowercaseCharacters: "requireLowercaseCharacters",
  RequireUppercaseCharacters: "requireUppercaseCharacters",
  RequireNumbers: "requireNumbers",
  RequireSymbols: "requireSymbols",
  HardExpiry: "hardExpiry",
} as const;

/** An account without a password policy has AWS's default one, which asks for little: it is judged as one that says nothing. */
function writePasswordPolicy(records: AccountRecords, stack: StackWriter): void {
  const isNone = records.records.get("password-policy")?.state === "none";
  const policy = recordIn(records, "password-policy")?.required("PasswordPolicy");
  if (policy === undefined && !isNone) return;
  const properties = Object.entries(passwordProperties).flatMap(([from, to]) => {
    const value = policy?.member(from)?.value;
    return value === undefined ? [] : [[to, value] as const];
  });
  const type = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";
  stack.add(type, records.account, Object.fromEntries(properties));
}

/** The account as a member of its organization would be made, with the contacts that it has. */
function writeContacts(records: AccountRecords, stack: StackWriter): void {
  const contacts = recordIn(records, "alternate-contacts");
  if (contacts === undefined) return;
  const { account } = records;
  stack.add("aws:organizations/account:Account", account, { id: account, name: account });
  for (const alternateContactType of ["SECURITY", "BILLING", "OPERATIONS"]) {
    if (contacts.member(alternateContactType) === undefined) continue;
    const properties = { accountId: account, alternateContactType };
    stack.add("aws:account/alternativeContact:AlternativeContact", alternateContactType.toLowerCase(), properties);
  }
}
