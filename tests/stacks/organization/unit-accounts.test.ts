import assert from "node:assert/strict";
import { accountsInUnits, type TargetUnit } from "../../../stacks/components";
import { type Answers, refusalOf, registeredBy } from "../registered";

const unit = { id: "ou-ab12-example1", roleName: "OrganizationAccountAccessRole", region: "us-east-1" };

/** What the organization says of the accounts below a unit. */
function accounts(...listed: object[]): Answers {
  return { getOrganizationalUnitDescendantAccounts: { accounts: listed } };
}

async function found(units: readonly TargetUnit[], answers: Answers): Promise<readonly object[]> {
  let result: readonly object[] = [];
  await registeredBy(async () => {
    result = await accountsInUnits(units);
  }, answers);
  return result;
}

async function refusal(units: readonly object[], answers: Answers = accounts()): Promise<string> {
  const [message] = await refusalOf(() => accountsInUnits(units as readonly TargetUnit[]), answers);
  return message;
}

describe("stacks: the accounts in organizational units", () => {
  const first = { id: "111122223333", state: "ACTIVE", status: "ACTIVE", joinedMethod: "CREATED" };
  const second = { id: "444455556666", state: "ACTIVE", status: "ACTIVE", joinedMethod: "CREATED" };

  it("are reached by the unit's role, in its region", async () => {
    assert.deepEqual(await found([unit], accounts(first, second)), [
      { id: "111122223333", roleName: "OrganizationAccountAccessRole", region: "us-east-1" },
      { id: "444455556666", roleName: "OrganizationAccountAccessRole", region: "us-east-1" },
    ]);
  });

  it("are those that are open, without the management account", async () => {
    const closed = { ...second, state: "SUSPENDED", status: "SUSPENDED" };
    const management = { ...second, id: "123456789012" };
    assert.deepEqual(await found([unit], accounts(closed, management, first)), [
      { id: "111122223333", roleName: "OrganizationAccountAccessRole", region: "us-east-1" },
    ]);
  });

  it("count once, for the first of two units that hold them", async () => {
    const other = { id: "r-ab12", roleName: "AWSControlTowerExecution", region: "eu-central-1" };
    assert.deepEqual(await found([other, unit], accounts(first)), [
      { id: "111122223333", roleName: "AWSControlTowerExecution", region: "eu-central-1" },
    ]);
  });

  it("are some, or the program stops", async () => {
    assert.equal(
      await refusal([unit]),
      "AccountsInUnits: organizationalUnits hold no account that could be deployed to. Name another unit.",
    );
  });

  it("stop the program where the organization may not be read", async () => {
    assert.match(
      await refusal([unit], { getOrganization: new Error("AccessDenied: not authorized") }),
      /^AccountsInUnits: organizationalUnits cannot be read: AccessDenied: not authorized\. Use credentials of/,
    );
  });

  it("are refused by the unit's key where that is none, or is there twice", async () => {
    assert.match(
      await refusal([{ ...unit, id: "workloads" }]),
      /organizationalUnits\[0\]\.id is "workloads", which is not an organizational unit/,
    );
    assert.match(await refusal([unit, unit]), /organizationalUnits\[1\] repeats "ou-ab12-example1"/);
    assert.match(await refusal([{ id: unit.id }]), /organizationalUnits\[0\]\.roleName is missing/);
  });
});
