import assert from "node:assert/strict";
import { Owners } from "../../../../cli/audit/owners/owners";
import { type JsonObject, secret, UNKNOWN } from "../../../../cli/pulumi/values";
import type { Owner } from "../../../../cli/report/check-result";
import { run } from "../../command";
import { BLOCKED, FOUND } from "../../report/results";
import { TemporaryFolder } from "../../temporary-folder";
import { administratorAccess, attached, user } from "../records/account-records";

const ANN = "urn:pulumi:dev::shop::aws:iam/user:User::ann-of-the-shop";

const ann: JsonObject = {
  ...{ urn: ANN, type: "aws:iam/user:User", custom: true, sourcePosition: "project:///lib/users.ts#12,5" },
  outputs: { arn: "arn:aws:iam::111122223333:user/shop/ann", id: "ann", name: "ann", path: "/shop/" },
};

/** The owners of a finding about a resource of an account, where these files of stacks are given. */
function ownersOf(type: string, name: string, stacks: readonly (readonly JsonObject[])[], account = "111122223333") {
  return named(type, name, stacks, account).findings[0]?.owners;
}

function named(type: string, name: string, stacks: readonly (readonly JsonObject[])[], account = "111122223333") {
  const folder = new TemporaryFolder();
  try {
    const files = stacks.map((resources, index) =>
      folder.write(`${index}.json`, JSON.stringify({ version: 3, deployment: { resources: [...resources] } })),
    );
    const resource = `urn:pulumi:${account}::aws::${type}::${name}`;
    return Owners.inFiles(files).named({ ...BLOCKED, stack: account, findings: [{ ...FOUND, resource }] });
  } finally {
    folder.remove();
  }
}

const shopAnn: Owner = {
  ...{ project: "shop", stack: "dev", urn: ANN },
  source: { file: "lib/users.ts", line: 12, column: 5 },
};

describe("the owners of what is found in an account", () => {
  it("make a user of that ARN, whatever its path, or what the finding hangs on", () => {
    assert.deepEqual(ownersOf("aws:iam/user:User", "ann", [[ann]]), [shopAnn]);
    assert.deepEqual(ownersOf("aws:iam/accessKey:AccessKey", "ann/1", [[ann]]), [shopAnn]);
  });

  it("are none where another account, another kind or another name is made", () => {
    assert.deepEqual(ownersOf("aws:iam/user:User", "ann", [[ann]], "444455556666"), []);
    assert.deepEqual(ownersOf("aws:iam/role:Role", "ann", [[ann]]), []);
    assert.deepEqual(ownersOf("aws:iam/user:User", "ben", [[ann]]), []);
  });

  it("are not asked for where nobody makes it", () => {
    assert.equal(ownersOf("aws-account:index:Named", "root", [[ann]]), undefined);
  });

  it("are all that make it, in whichever stacks", () => {
    const urn = "urn:pulumi:prod::team::aws-native:iam:User::ann";
    const other = { urn, type: "aws-native:iam:User", custom: true };
    const outputs = { arn: "arn:aws:iam::111122223333:user/shop/ann", userName: "ann" };
    assert.deepEqual(ownersOf("aws:iam/user:User", "ann", [[ann], [{ ...other, outputs }]]), [
      shopAnn,
      { project: "team", stack: "prod", urn },
    ]);
  });

  it("are no resource that the stack only reads", () => {
    assert.deepEqual(ownersOf("aws:iam/user:User", "ann", [[{ ...ann, external: true }]]), []);
  });

  it("make a customer-managed policy, or a permission set, whose ARN names no account", () => {
    const policy = "urn:pulumi:dev::shop::aws:iam/policy:Policy::deploy";
    const arn = "arn:aws:iam::111122223333:policy/deploy-1a2b3c4";
    const outputs = { arn, name: "deploy-1a2b3c4", path: "/", policy: '{"Version":"2012-10-17","Statement":[]}' };
    const made = { urn: policy, type: "aws:iam/policy:Policy", custom: true, outputs };
    assert.deepEqual(ownersOf("aws:iam/policy:Policy", "deploy-1a2b3c4", [[made]]), [
      { project: "shop", stack: "dev", urn: policy },
    ]);
    const set = "urn:pulumi:org::access::aws:ssoadmin/permissionSet:PermissionSet::ops";
    const told = { arn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1", name: "Operators" };
    const sets = [{ urn: set, type: "aws:ssoadmin/permissionSet:PermissionSet", custom: true, outputs: told }];
    assert.deepEqual(ownersOf("aws:ssoadmin/permissionSet:PermissionSet", "Operators", [sets]), [
      { project: "access", stack: "org", urn: set },
    ]);
  });

  it("may be a template, in the account of its stack", () => {
    const urn = "urn:pulumi:dev::shop::aws:cloudformation/stack:Stack::people";
    const id = "arn:aws:cloudformation:eu-west-1:111122223333:stack/people/1";
    const templateBody = JSON.stringify({
      Resources: { Ann: { Type: "AWS::IAM::User", Properties: { UserName: "ann" } } },
    });
    const made = { urn, type: "aws:cloudformation/stack:Stack", custom: true, outputs: { id, templateBody } };
    assert.deepEqual(ownersOf("aws:iam/user:User", "ann", [[made]]), [{ project: "shop", stack: "dev", urn }]);
    assert.deepEqual(ownersOf("aws:iam/user:User", "ann", [[made]], "444455556666"), []);
  });

  it("are read through secrets, and those that an export hides are told", () => {
    const name = (outputs: JsonObject) => ({
      ...ann,
      outputs: { arn: "arn:aws:iam::111122223333:user/ann", ...outputs },
    });
    assert.deepEqual(ownersOf("aws:iam/user:User", "ann", [[name({ name: secret("ann") })]]), [shopAnn]);
    const hidden = named("aws:iam/user:User", "ann", [[name({ name: UNKNOWN })]]);
    assert.match(
      hidden.notSeen.join(),
      /stack shop\/dev makes by an identity or policy: the name or the account is not/,
    );
  });

  it("are asked of stacks without AWS too, and of nothing else", () => {
    const bucket = { urn: "urn:pulumi:dev::web::gcp:storage/bucket:Bucket::b", type: "gcp:storage/bucket:Bucket" };
    assert.deepEqual(ownersOf("aws:iam/user:User", "ann", [[bucket], [ann]]), [shopAnn]);
    assert.throws(() => Owners.inFiles(["nowhere.json"]), { message: "nowhere.json is no file of a stack" });
    assert.throws(() => Owners.inFiles(["package.json"]), {
      message: "package.json is neither a preview nor an export of a stack",
    });
  });
});

describe("audit --state", () => {
  it("tells the line of whom a stack makes, and who is in none", async () => {
    const folder = new TemporaryFolder();
    try {
      const attachments = { AttachedManagedPolicies: attached(administratorAccess) };
      const details = { UserDetailList: [user("ann", attachments), user("ben", attachments)], IsTruncated: false };
      const all = { GroupDetailList: [], RoleDetailList: [], Policies: [], ...details };
      const from = folder.write("details.json", JSON.stringify(all));
      const state = folder.write("dev.json", JSON.stringify({ version: 3, deployment: { resources: [ann] } }));
      const { stdout, code } = await run(["audit", "--from", from, "--state", state, "--only", "no-overbroad-user"]);
      assert.equal(code, 1);
      assert.match(
        stdout,
        /Code {2}ann: lib\/users\.ts:12:5, aws:iam\/user:User "ann-of-the-shop" of stack\s+shop\/dev/,
      );
      assert.match(stdout, /Code {2}ben: in none of the stacks of --state/);
    } finally {
      folder.remove();
    }
  });
});
