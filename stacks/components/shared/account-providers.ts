import { Provider } from "@pulumi/aws/provider";
import { ArgumentChecker } from "./arguments";
import { rememberAccount } from "./provider-account";

/** An account that a program reaches by assuming a role in it. */
export interface TargetAccount {
  /** Twelve digits. */
  id: string;
  /** The role to assume there, with its path where it has one, such as `OrganizationAccountAccessRole`. */
  roleName: string;
  /** The region for what is regional. */
  region: string;
}

const COMPONENT = "AccountProviders";

/**
 * One AWS provider for each account, named `account-ID`, so that an error names the account that it happened in. Each works
 * in its account only, whatever credentials it is given.
 *
 * Throws {@link InvalidArgument} for an account, a role or a region that is none, and for an account that is listed twice.
 */
export function accountProviders(accounts: readonly TargetAccount[]): ReadonlyMap<string, Provider> {
  return new Map(checkedAccounts(accounts).map((account) => [account.id, providerFor(account)]));
}

function providerFor({ id, roleName, region }: TargetAccount): Provider {
  const partition = partitionOf(region);
  const provider = new Provider(`account-${id}`, {
    region,
    allowedAccountIds: [id],
    assumeRoles: [{ roleArn: `arn:${partition}:iam::${id}:role/${roleName}`, sessionName: "aws-identity-guardrails" }],
  });
  rememberAccount(provider, { partition, id });
  return provider;
}

/** "AWS partitions" in the AWS Fault Isolation Boundaries whitepaper, and the AWS European Sovereign Cloud. */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("eusc-") ? "aws-eusc" : "aws";
}

function checkedAccounts(accounts: readonly TargetAccount[]): readonly TargetAccount[] {
  const check = new ArgumentChecker(COMPONENT);
  if (!Array.isArray(accounts)) return check.refuse("accounts", "is not a list of accounts.");
  const checked = accounts.map((account: unknown, index) => {
    const at = `accounts[${index}]`;
    const given = check.record(at, account, ["id", "roleName", "region"]);
    return {
      id: check.text(`${at}.id`, given.id, /^[0-9]{12}$/, "an account's id: 12 digits, quoted"),
      roleName: checkedRoleName(check, `${at}.roleName`, given.roleName),
      region: checkedRegion(check, `${at}.region`, given.region),
    };
  });
  check.list(
    "accounts",
    checked.map(({ id }) => id),
    /^/,
    "an account",
  );
  return checked;
}

/** Throws {@link InvalidArgument} for what is no role's name, with or without its path. */
export function checkedRoleName(check: ArgumentChecker, argument: string, value: unknown): string {
  const form = "the name of a role, such as OrganizationAccountAccessRole";
  return check.text(argument, value, /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/, form);
}

/** Throws {@link InvalidArgument} for what is no region. */
export function checkedRegion(check: ArgumentChecker, argument: string, value: unknown): string {
  return check.text(argument, value, /^[a-z]{2,4}(-[a-z]+)+-[0-9]$/, "a region, such as eu-central-1");
}
