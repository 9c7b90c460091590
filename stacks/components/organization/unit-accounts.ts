import { getOrganization, getOrganizationalUnitDescendantAccounts } from "@pulumi/aws/organizations";
import * as pulumi from "@pulumi/pulumi";
import { checkedRegion, checkedRoleName, type TargetAccount } from "../shared/account-providers";
import { ArgumentChecker } from "../shared/arguments";
import { reasonOf, Unmet } from "../shared/prerequisites";

/** An organizational unit whose accounts a program reaches by assuming the same role in each. */
export interface TargetUnit {
  /** The unit's id, `ou-…`, or the organization's root, `r-…`. */
  id: string;
  /** The role to assume in each account, such as `OrganizationAccountAccessRole`, or `AWSControlTowerExecution`. */
  roleName: string;
  /** The region for what is regional. */
  region: string;
}

const COMPONENT = "AccountsInUnits";

/** The role that AWS Organizations makes in accounts that it creates, and in no account that was invited. */
const MADE_BY_ORGANIZATIONS = "OrganizationAccountAccessRole";

/**
 * The accounts in these units and in those below, as the organization has them now: a later run of the program finds new ones. The
 * management account and accounts that are closed or suspended are left out, and the log says so; of an account in two of the
 * units the first one counts. See "Accessing member accounts in an organization" in the AWS Organizations User Guide.
 *
 * Throws {@link InvalidArgument} for a unit that is none, and {@link Unmet} where the organization cannot be read or the units hold no
 * account. Warns of accounts that were invited, where the role is the one that only accounts made by the organization have.
 */
export async function accountsInUnits(units: readonly TargetUnit[]): Promise<readonly TargetAccount[]> {
  const checked = checkedUnits(units);
  const { masterAccountId } = await read(getOrganization({}));
  const found = new Map<string, TargetAccount>();
  const leftOut: string[] = [];
  const invited: string[] = [];
  for (const { id: parentId, roleName, region } of checked) {
    const { accounts } = await read(getOrganizationalUnitDescendantAccounts({ parentId }));
    for (const { id, state, status, joinedMethod } of accounts) {
      if (id === masterAccountId) leftOut.push(`${id} (the management account)`);
      else if ((state || status) !== "ACTIVE") leftOut.push(`${id} (${(state || status).toLowerCase()})`);
      else if (!found.has(id)) {
        found.set(id, { id, roleName, region });
        if (joinedMethod === "INVITED" && roleName === MADE_BY_ORGANIZATIONS) invited.push(id);
      }
    }
  }
  if (leftOut.length > 0) await pulumi.log.info(`Left out: ${[...new Set(leftOut)].join(", ")}.`);
  if (invited.length > 0) {
    await pulumi.log.warn(
      `These accounts were invited, and have no role ${MADE_BY_ORGANIZATIONS} unless somebody made one: ${invited.join(", ")}. ` +
        "Make it in each, or list them under accounts with the role that they have (AWSControlTowerExecution where AWS Control " +
        "Tower enrolled them).",
    );
  }
  if (found.size === 0) {
    throw new Unmet(COMPONENT, "organizationalUnits hold no account that could be deployed to. Name another unit.");
  }
  return [...found.values()];
}

function read<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    throw new Unmet(
      COMPONENT,
      `organizationalUnits cannot be read: ${reasonOf(error)} Use credentials of the management account, or of a delegated ` +
        "administrator, that may call organizations:Describe* and organizations:List*.",
    );
  });
}

function checkedUnits(units: readonly TargetUnit[]): readonly TargetUnit[] {
  const check = new ArgumentChecker(COMPONENT);
  const checked = units.map((unit: unknown, index) => {
    const at = `organizationalUnits[${index}]`;
    const given = check.record(at, unit, ["id", "roleName", "region"]);
    return {
      id: check.text(
        `${at}.id`,
        given.id,
        /^(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$/,
        "an organizational unit, such as ou-ab12-example1, or a root, such as r-ab12",
      ),
      roleName: checkedRoleName(check, `${at}.roleName`, given.roleName),
      region: checkedRegion(check, `${at}.region`, given.region),
    };
  });
  check.list(
    "organizationalUnits",
    checked.map(({ id }) => id),
    /^/,
    "a unit",
  );
  return checked;
}
