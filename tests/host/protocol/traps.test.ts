import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../../policypack/rules";
import { Engine, type Told } from "../asked";
import { type Registered, unknownText, urnOf } from "../requests";

/**
 * What makes policy packs on Pulumi's own SDK silently not enforce, one test each for what can be shown without the engine.
 */
describe("the ways in which a pack silently does not enforce", () => {
  const adminAccess = "arn:aws:iam::aws:policy/AdministratorAccess";
  const group: Registered = { type: "aws:iam/group:Group", name: "admins", inputs: { name: "admins", path: "/" } };
  const grant: Registered = {
    type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    name: "all",
    inputs: { group: "admins", policyArn: adminAccess },
  };

  const decided = (told: readonly Told[]): readonly string[] =>
    told.filter(({ level }) => level === "mandatory").map(({ policy, urn }) => `${policy} ${urn}`);
  const preview = (...resources: readonly Registered[]): Promise<Told[]> => new Engine({ rules }).preview(resources);
  const adminsFound = [`no-overbroad-group ${urnOf(group.type, "admins")}`];

  it("a level left out means advisory: every rule has one, and its policy says it", async () => {
    const info = await new Engine({ rules }).info();
    const levels = new Map(info.getPoliciesList().map((policy) => [policy.getName(), policy.getEnforcementlevel()]));
    assert.deepEqual(
      rules.filter(({ id, level }) => levels.get(id) !== (level === "mandatory" ? 1 : 0)).map(({ id }) => id),
      [],
    );
  });

  it("one unknown value mutes a rule: here another group's admin grant is still found", async () => {
    const other = { ...group, name: "readers", inputs: { name: "readers", path: "/" } };
    const unread = { ...grant, name: "unread", inputs: { group: "readers", policyArn: unknownText } };
    assert.deepEqual(decided(await preview(unread, other, group, grant)), adminsFound);
  });

  it("one unknown value mutes a rule: here an unknown policy beside the grant changes nothing", async () => {
    const unread = {
      type: "aws:iam/groupPolicy:GroupPolicy",
      name: "unread",
      inputs: { name: "unread", group: "admins", policy: unknownText },
    };
    assert.deepEqual(decided(await preview(group, unread, grant)), adminsFound);
  });

  it("a promise that nobody awaits loses its finding: no rule is asynchronous", () => {
    const folder = join(__dirname, "..", "..", "..", "policypack", "rules");
    const asynchronous = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && /\basync\b|\bPromise\b/.test(readFileSync(join(folder, file), "utf8")),
    );
    assert.deepEqual(asynchronous, []);
  });

  it("the SDK's type of a provider is not the engine's: explicit and default providers are read", async () => {
    const accessKey = ["AKIA", "QWERTYUIOPASDF23"].join("");
    const provider = { type: "pulumi:providers:aws", name: "default_7_48_0", inputs: { accessKey, secretKey: "s" } };
    assert.deepEqual(decided(await preview(provider)), [
      `no-static-provider-credentials ${urnOf(provider.type, provider.name)}`,
    ]);
  });

  it("resources outside --target come with empty properties: no rule breaks on them", async () => {
    const empty = (type: string): Registered => ({ type, name: "untargeted", inputs: {} });
    const told = await preview(
      empty("aws:iam/user:User"),
      empty("aws:iam/group:Group"),
      empty("aws:iam/role:Role"),
      empty("aws:iam/policy:Policy"),
      empty("aws:iam/userPolicy:UserPolicy"),
      empty("aws:iam/groupPolicy:GroupPolicy"),
      empty("aws:iam/rolePolicy:RolePolicy"),
      empty("aws:iam/userPolicyAttachment:UserPolicyAttachment"),
      empty("aws:iam/groupPolicyAttachment:GroupPolicyAttachment"),
      empty("aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
      empty("aws:iam/policyAttachment:PolicyAttachment"),
      empty("aws:iam/userGroupMembership:UserGroupMembership"),
      empty("aws:iam/groupMembership:GroupMembership"),
      empty("aws:iam/userLoginProfile:UserLoginProfile"),
      empty("aws:iam/accessKey:AccessKey"),
      empty("aws:organizations/policy:Policy"),
      empty("pulumi:providers:aws"),
    );
    assert.deepEqual(
      told.filter(({ message }) => message.includes("internal error")),
      [],
    );
  });

  it("an error in one policy ends the preview: here a property of the wrong type ends nothing", async () => {
    const odd = { ...group, name: "odd", inputs: { name: { a: 1 }, path: ["/"] } };
    const oddGrant = { ...grant, name: "odd-grant", inputs: { group: ["admins"], policyArn: { a: 1 } } };
    assert.deepEqual(
      decided(await preview(odd, oddGrant, group, grant)).filter((line) => line.startsWith("no-overbroad-group")),
      adminsFound,
    );
  });

  it("a misspelt name is accepted and ignored: it is told on the stack", async () => {
    const engine = new Engine({ rules, config: { "no-overbroad-groups": "mandatory" } });
    const [told] = await engine.preview([]);
    assert.equal(told?.policy, "settings");
    assert.match(told?.message ?? "", /Did you mean "no-overbroad-group"\?/);
  });

  it("`pulumi policy analyze` ends on a finding without a URN: every finding has one", async () => {
    const engine = new Engine({ rules, config: { "no-overbroad-groups": "mandatory" } });
    const told = await engine.preview([group, grant]);
    assert.equal(told.length, 2);
    assert.deepEqual(
      told.filter(({ urn }) => !urn.startsWith("urn:pulumi:dev::shop::")),
      [],
    );
  });
});
