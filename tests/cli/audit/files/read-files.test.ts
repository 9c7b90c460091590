import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { accountsIn } from "../../../../cli/audit/files/read-files";
import type { AccountRecords } from "../../../../cli/audit/records/records";
import { saveRecords } from "../../../../cli/audit/records/saved-records";
import { Failure } from "../../../../cli/terminal/failure";
import { TemporaryFolder } from "../../temporary-folder";

const now = new Date("2026-06-01T12:00:00Z");
const arn = "arn:aws:iam::111122223333:user/anna";
const anna = { UserName: "anna", Arn: arn, Path: "/" };
const details = JSON.stringify({ UserDetailList: [anna], GroupDetailList: [], RoleDetailList: [], Policies: [] });
const report = `user,arn,user_creation_time,password_last_used\nanna,${arn},2024-01-01T00:00:00+00:00,N/A\n`;

/** Without the prototypes that objects of files have not. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe("files of an account", () => {
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  function read(files: Readonly<Record<string, string>>): readonly AccountRecords[] {
    folder = new TemporaryFolder(files);
    return accountsIn([folder.path], now);
  }

  function only(files: Readonly<Record<string, string>>): AccountRecords {
    const [account, ...others] = read(files);
    assert.ok(account);
    assert.equal(others.length, 0);
    return account;
  }

  /** What is said of the files, with the folder's name left out. */
  function refusal(files: Readonly<Record<string, string>>): string {
    try {
      read(files);
    } catch (error) {
      assert.ok(error instanceof Failure, String(error));
      return `${error.message} | ${error.fix}`.replaceAll(`${folder.path}/`, "");
    }
    assert.fail("nothing was refused");
  }

  function valueIn(records: AccountRecords, kind: Parameters<AccountRecords["records"]["get"]>[0]): unknown {
    const record = records.records.get(kind);
    return record?.state === "read" ? record.value : record?.state;
  }

  it("are known by what they hold, whatever they are called", () => {
    const account = only({
      "a.json": details,
      "b.json": '{"SummaryMap": {"AccountMFAEnabled": 1}}',
      "c.json": '{"PasswordPolicy": {"MinimumPasswordLength": 14}}',
      "d.json": '{"VirtualMFADevices": []}',
      "e.csv": report,
    });
    assert.equal(account.account, "111122223333");
    assert.deepEqual([...account.records.keys()].sort(), [
      "account-summary",
      "authorization-details",
      "credential-report",
      "password-policy",
      "virtual-mfa-devices",
    ]);
    assert.deepEqual(valueIn(account, "credential-report"), [
      { user: "anna", arn, user_creation_time: "2024-01-01T00:00:00+00:00", password_last_used: "N/A" },
    ]);
  });

  it("hold the credential report as the AWS CLI prints it, and the moment when it was made", () => {
    const content = Buffer.from(report).toString("base64");
    const printed = { Content: content, ReportFormat: "text/csv", GeneratedTime: "2026-05-01T00:00:00+00:00" };
    const account = only({ "a.json": details, "b.json": JSON.stringify(printed) });
    assert.equal(account.readAt.toISOString(), "2026-05-01T00:00:00.000Z");
    assert.equal((valueIn(account, "credential-report") as readonly unknown[]).length, 1);
  });

  it("may be pages of one list", () => {
    const first = { UserDetailList: [anna], IsTruncated: true, Marker: "x" };
    const second = { RoleDetailList: [{ RoleName: "app", Arn: "arn:aws:iam::111122223333:role/app" }] };
    const account = only({ "1.json": JSON.stringify(first), "2.json": JSON.stringify(second) });
    const joined = valueIn(account, "authorization-details") as Readonly<Record<string, readonly unknown[]>>;
    assert.deepEqual([joined.UserDetailList?.length, joined.RoleDetailList?.length], [1, 1]);
  });

  it("hold contacts one by one", () => {
    const contact = (type: string) => JSON.stringify({ AlternateContact: { AlternateContactType: type, Name: "x" } });
    const account = only({ "a.json": details, "b.json": contact("SECURITY"), "c.json": contact("BILLING") });
    const contacts = valueIn(account, "alternate-contacts") as Readonly<Record<string, unknown>>;
    assert.deepEqual(Object.keys(contacts), ["SECURITY", "BILLING"]);
  });

  describe("that were saved", () => {
    const records: AccountRecords = {
      account: "111122223333",
      partition: "aws-cn",
      readAt: now,
      records: new Map([
        [
          "caller-identity",
          { state: "read", value: { UserId: "A", Account: "111122223333", Arn: arn }, source: "sts" },
        ],
        ["authorization-details", { state: "read", value: JSON.parse(details), source: "iam" }],
        ["password-policy", { state: "none" }],
        [
          "organization",
          { state: "not read", because: "it is not allowed", permission: "organizations:DescribeOrganization" },
        ],
      ]),
    };
    const jsonText = (value: unknown) => JSON.stringify(value);

    it("say again what was read, what there is none of, and what was refused", () => {
      folder = new TemporaryFolder();
      saveRecords(join(folder.path, "111122223333"), records, jsonText);
      const [again] = accountsIn([folder.path], new Date());
      assert.deepEqual([again?.account, again?.partition, again?.readAt], ["111122223333", "aws-cn", now]);
      for (const [kind, record] of records.records) {
        const found = again?.records.get(kind);
        assert.deepEqual(plain({ ...found, source: "" }), plain({ ...record, source: "" }), kind);
      }
    });

    it("take nothing from an earlier audit in the same folder", () => {
      folder = new TemporaryFolder();
      const earlier = { state: "read", value: { Organization: { Id: "o-earlier" } }, source: "organizations" } as const;
      saveRecords(
        folder.path,
        { ...records, records: new Map([...records.records, ["organization", earlier]]) },
        jsonText,
      );
      saveRecords(folder.path, records, jsonText);
      const [again] = accountsIn([folder.path], new Date());
      assert.equal(again?.records.get("organization")?.state, "not read");
    });

    it("are whole where the file is there that is written last", () => {
      folder = new TemporaryFolder();
      const own = join(folder.path, "111122223333");
      saveRecords(own, records, jsonText);
      assert.deepEqual(readdirSync(own).sort(), ["audit.json", "authorization-details.json", "caller-identity.json"]);
    });
  });

  describe("that cannot be an account", () => {
    it("of two accounts", () =>
      assert.equal(
        refusal({ "a.json": details, "b.json": details.replace("111122223333", "444455556666") }),
        "b.json:1:45: at $.UserDetailList[0].Arn: this is of account 444455556666, and a.json is of account 111122223333 | Name the files of one account, or put each account into a folder as audit --save does.",
      ));
    it("cut off", () =>
      assert.match(
        refusal({ "a.json": details.slice(0, 40) }),
        /^a\.json ends in the middle of a value: it was cut off \|/,
      ));
    it("the first page of several", () =>
      assert.match(
        refusal({ "a.json": JSON.stringify({ UserDetailList: [anna], IsTruncated: true }) }),
        /^a\.json is one page of several, and the last one is not there \|/,
      ));
    it("a credential report with half a row", () =>
      assert.match(
        refusal({ "a.json": details, "b.csv": `${report}bob,arn` }),
        /^b\.csv: the credential report has a row/,
      ));
    it("without a word about which account it is", () =>
      assert.match(refusal({ "a.json": '{"SummaryMap": {}}' }), /aws sts get-caller-identity/));
    it("the same record twice", () =>
      assert.match(
        refusal({ "a.json": details, "b.json": '{"SummaryMap": {}}', "c.json": '{"SummaryMap": {}}' }),
        /^c\.json: there is another file with the same record, account-summary \|/,
      ));
    it("a state of Pulumi, a policy, or something else", () => {
      assert.match(refusal({ "a.json": '{"deployment": {}}' }), /It is a state of Pulumi/);
      assert.match(refusal({ "a.json": '{"Statement": []}' }), /It is a policy: aws-identity-guardrails explain/);
      assert.match(refusal({ "a.json": '{"name": "x"}' }), /^a\.json holds nothing that an audit reads/);
    });
    it("no JSON", () => assert.match(refusal({ "a.json": "{x}" }), /^a\.json:1:2: at \$: not JSON/));
    it("empty, or nothing at all", () => {
      assert.match(refusal({ "a.json": " " }), /^a\.json is empty/);
      assert.match(refusal({}), /there is no file of an account/);
    });
  });
});
