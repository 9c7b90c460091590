import assert from "node:assert/strict";
import { mistakeInWords } from "../../../policypack/host/configuration/mistake";
import { readConfig } from "../../../policypack/host/configuration/read-config";
import { rules } from "../../../policypack/rules";
import { noOverbroadGroup } from "../../../policypack/rules/administrators/no-overbroad-group";
import { Engine, today } from "../asked";
import type { Registered } from "../requests";

/** What is said of one text in an option, without the place. */
function said(policy: string, option: string, text: string, isAlone = false): string {
  const { mistakes } = readConfig({ [policy]: { [option]: isAlone ? text : [text] } }, rules, today);
  return mistakes.map((mistake) => mistakeInWords(mistake).replace(/^.*?: /, "")).join(" | ");
}

const groups = (text: string) => said("settings", "sanctionedGroups", text);
const machines = (text: string) => said("settings", "machineUsers", text);
const accounts = (text: string) => said("settings", "trustedAccounts", text);
const organization = (text: string) => said("settings", "trustedOrganization", text, true);
const gates = (text: string) => said("settings", "gatePolicies", text);
const principals = (text: string) => said("no-assume-root-grant", "allowedPrincipals", text);
const members = (text: string) => said("admin-group-membership", "allowedMembers", text);
const sets = (text: string) => said("no-overbroad-permission-set", "sanctionedPermissionSets", text);
const boundary = (text: string) => said("require-permissions-boundary", "boundary", text, true);
const types = (text: string) => said("no-embedded-access-key", "allowedTypes", text);
const domains = (text: string) => said("root-email-domain", "allowedDomains", text);
const mailbox = (text: string) => said("root-email-domain", "mailboxPattern", text, true);
const actions = (text: string) => said("require-user-mfa", "selfService", text);
const paths = (text: string) => said("no-privilege-escalation", "ignorePaths", text);

const nothing = "Write at least a part of what is meant literally, or disable the rule.";

describe("texts in options", () => {
  it("name groups and users, wildcards allowed", () => {
    assert.equal(groups("break-glass"), "");
    assert.equal(groups("admin*"), "");
    assert.equal(said("settings", "sanctionedUsers", "jo.doe@acme.example"), "");
    assert.equal(said("settings", "gatedGroups", "team_?"), "");
    assert.equal(
      groups("the admins"),
      'is "the admins", which is no name of a group, nor a glob over such names. Use letters, digits and +=,.@_- with the wildcards * and ?.',
    );
    assert.equal(
      said("settings", "sanctionedUsers", "arn:aws:iam::111122223333:user/people/alice"),
      'is the ARN "arn:aws:iam::111122223333:user/people/alice", where names are compared. Write the name alone: "alice".',
    );
    assert.equal(groups(" "), "is empty. Write a text, or leave it out.");
  });

  it("single something out where they excuse", () => {
    assert.equal(groups("*"), `is "*", which singles nothing out and would excuse everything. ${nothing}`);
    assert.equal(groups("?*"), `is "?*", which singles nothing out and would excuse everything. ${nothing}`);
    assert.match(said("settings", "sanctionedUsers", "*-*"), /singles nothing out/);
    assert.match(said("settings", "gatedGroups", "**"), /singles nothing out/);
    assert.match(machines("/*"), /singles nothing out/);
    assert.match(machines("/"), /singles nothing out/);
    assert.match(types("*:*"), /singles nothing out/);
    assert.match(sets("*"), /singles nothing out/);
    assert.match(principals("*"), /singles nothing out/);
    assert.match(principals("arn:aws:iam::*:user/*"), /singles nothing out/);
    assert.match(principals("arn:aws:iam::*:role/?*"), /singles nothing out/);
    assert.match(principals("*user*"), /singles nothing out/);
    assert.match(gates("arn:aws:iam::*:policy/*"), /singles nothing out/);
    assert.match(gates("arn:aws-cn:iam::*:policy/*"), /singles nothing out/);
    assert.match(sets("arn:aws:sso:::permissionSet/*"), /singles nothing out/);
  });

  it("may be as wide as one likes where they restrict", () => {
    assert.equal(members("*"), "");
    assert.equal(members("arn:aws:iam::*:user/*"), "");
    assert.equal(boundary("*"), "");
    assert.equal(mailbox("*"), "");
  });

  it("name machines by path too", () => {
    assert.equal(machines("ci-*"), "");
    assert.equal(machines("/machines/"), "");
    assert.equal(machines("/machines/*"), "");
    assert.equal(machines("*/machines/*"), "");
    assert.equal(
      machines("/machines"),
      'is "/machines", which matches no path: a path begins and ends with "/". Write "/machines/" or "/machines/*".',
    );
    assert.match(machines("machines/*"), /which matches no path/);
    assert.match(machines("arn:aws:iam::111122223333:user/ci"), /Write the name alone: "ci"\.$/);
  });

  it("are account ids of twelve digits", () => {
    assert.equal(accounts("111122223333"), "");
    assert.equal(
      accounts("11112222333"),
      'is "11112222333", which is no account id. Write its 12 digits in quotes, leading zeros too: "111122223333".',
    );
    assert.match(accounts("1111-2222-3333"), /no account id/);
    assert.match(accounts("1111*"), /no account id/);
  });

  it("are an organization's id", () => {
    assert.equal(organization("o-a1b2c3d4e5"), "");
    assert.equal(
      organization("acme"),
      'is "acme", which is no organization\'s id. It holds as it is written. Write the id that `aws organizations describe-organization` shows, such as "o-a1b2c3d4e5".',
    );
    assert.match(organization("O-A1B2C3D4E5"), /no organization's id/);
    assert.equal(organization(""), "is empty. Write a text, or leave it out.");
  });

  it("are ARNs of policies where those are compared", () => {
    assert.equal(gates("arn:aws:iam::111122223333:policy/mfa-gate"), "");
    assert.equal(gates("arn:*:iam::*:policy/security/mfa-*"), "");
    assert.equal(gates("arn:aws:iam::aws:policy/mfa-gate"), "");
    assert.equal(gates("*:policy/mfa-gate"), "");
    assert.equal(
      gates("mfa-gate"),
      'is "mfa-gate", which is no ARN of a policy, nor a glob over such ARNs. Write it as "arn:aws:iam::111122223333:policy/mfa-gate", the account in 12 digits or as *.',
    );
    assert.match(gates("arn:aws:iam::11112222333:policy/mfa-gate"), /is no ARN of a policy/);
    assert.match(gates("arn:aws:iam::111122223333:role/mfa-gate"), /is no ARN of a policy/);
    assert.match(gates("arn:aws:iam:eu-west-1:111122223333:policy/mfa-gate"), /is no ARN of a policy/);
    assert.match(gates("arn:aws:s3:::policy/mfa-gate"), /is no ARN of a policy/);
    assert.match(gates("arn:aws:iam::111122223333:policy/"), /is no ARN of a policy/);
  });

  it("are names or ARNs where both are compared", () => {
    assert.equal(principals("ali*"), "");
    assert.equal(principals("arn:aws:iam::*:user/alice"), "");
    assert.equal(principals("arn:aws:iam::111122223333:role/*"), "");
    assert.match(principals("arn:aws:iam::111122223333:policy/alice"), /is no ARN of a user, group or role/);
    assert.equal(members("alice"), "");
    assert.match(members("alice smith"), /is no name of a user/);
    assert.match(members("arn:aws:iam::111122223333:group/admins"), /is no ARN of a user/);
    assert.equal(boundary("limit"), "");
    assert.equal(boundary("arn:aws:iam::111122223333:policy/limit"), "");
    assert.match(boundary("arn:aws:iam::111122223333:role/limit"), /is no ARN of a policy/);
    assert.equal(sets("Administrator*"), "");
    assert.equal(sets("arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-aaaabbbbccccdddd"), "");
    assert.equal(
      sets("arn:aws:sso:::instance/ssoins-1111222233334444"),
      'is "arn:aws:sso:::instance/ssoins-1111222233334444", which is no ARN of a permission set, nor a glob over such ARNs. Write it as "arn:aws:sso:::permissionSet/ssoins-ID/ps-ID".',
    );
  });

  it("are type tokens", () => {
    assert.equal(types("vault:kv/secretV2:SecretV2"), "");
    assert.equal(types("vault:*"), "");
    assert.equal(
      types("vault"),
      'is "vault", which is no type token, nor a glob over such tokens. Write it as "vault:kv/secretV2:SecretV2" or "vault:*".',
    );
  });

  it("are domains, and what stands before the @", () => {
    assert.equal(domains("acme.example"), "");
    assert.equal(domains("aws.acme-group.co.uk"), "");
    const fix = 'Write "acme.example"; its subdomains are meant with it.';
    assert.equal(domains("@acme.example"), `is "@acme.example", which is no domain. ${fix}`);
    assert.equal(domains("*.acme.example"), `is "*.acme.example", which is no domain. ${fix}`);
    assert.equal(domains("root@acme.example"), `is "root@acme.example", which is no domain. ${fix}`);
    assert.equal(domains("https://acme.example/"), `is "https://acme.example/", which is no domain. ${fix}`);
    assert.equal(domains("acme"), 'is "acme", which is no domain. Write a domain such as "example.com".');
    assert.equal(mailbox("aws-root+*"), "");
    assert.equal(
      mailbox("aws-root+*@acme.example"),
      'is "aws-root+*@acme.example", which matches no part before the @ of an address. It holds as it is written. Write that part alone: "aws-root+*".',
    );
  });

  it("are actions that exist", () => {
    assert.equal(actions("iam:GetLoginProfile"), "");
    assert.equal(actions("IAM:getloginprofile"), "");
    assert.equal(actions("iam:List*"), "");
    assert.equal(
      actions("iam:GetLoginProfil"),
      'is "iam:GetLoginProfil", which is no action that this version knows. Did you mean "iam:GetLoginProfile"? Write an action as a policy names it, such as "iam:GetLoginProfile".',
    );
    assert.match(actions("ima:GetLoginProfile"), /Did you mean "iam:GetLoginProfile"\?/);
    assert.match(actions("iam:Gett*"), /no action that this version knows/);
    assert.match(actions("*"), /is every action\. Name the actions that are meant/);
    assert.match(actions("*:?*"), /is every action/);
  });

  it("are escalation paths that exist", () => {
    assert.equal(paths("lambda-001"), "");
    assert.equal(paths("sagemaker-*"), "");
    assert.equal(
      paths("lamda-001"),
      'is "lamda-001", which is no escalation path. Did you mean "lambda-001"? Write an id as a finding names it, such as "lambda-001".',
    );
    assert.match(paths("*"), /is every path\. Name the paths that are accepted/);
  });

  it("are shown cut where they are long", () => {
    assert.equal(accounts("1".repeat(200)).includes(`"${"1".repeat(80)}…"`), true);
  });
});

describe("a wrong text", () => {
  const settings = (given: unknown) => readConfig({ settings: given }, rules, today).configuration.settings;
  const options = (rule: string, given: unknown) =>
    readConfig({ [rule]: given }, rules, today).configuration.rules.get(rule)?.options;

  it("is left out of its list, and its place is told by the index", () => {
    const { configuration, mistakes } = readConfig({ settings: { sanctionedGroups: ["ops", "*", ""] } }, rules, today);
    assert.deepEqual(configuration.settings.sanctionedGroups, ["ops"]);
    assert.deepEqual(
      mistakes.map(({ place }) => place),
      ["settings.sanctionedGroups[1]", "settings.sanctionedGroups[2]"],
    );
  });

  it("is left out where it is no text at all, such as an account id without quotes", () => {
    const given = { settings: { trustedAccounts: ["111122223333", 444455556666, null] } };
    const { configuration, mistakes } = readConfig(given, rules, today);
    assert.deepEqual(configuration.settings.trustedAccounts, ["111122223333"]);
    assert.deepEqual(mistakes.map(mistakeInWords), [
      "settings.trustedAccounts[1]: is not a text. Write it in quotes.",
      "settings.trustedAccounts[2]: is not a text. Write it in quotes.",
    ]);
  });

  it("leaves an empty list, which is not a list left out", () => {
    assert.deepEqual(settings({ trustedAccounts: ["1111"] }).trustedAccounts, []);
    assert.equal(settings({}).trustedAccounts, undefined);
    assert.deepEqual(options("admin-group-membership", { allowedMembers: ["no name"] })?.allowedMembers, []);
    assert.deepEqual(options("root-email-domain", { allowedDomains: ["@acme.example"] })?.allowedDomains, []);
    const sets = options("no-overbroad-permission-set", { sanctionedPermissionSets: ["*"] });
    assert.deepEqual(sets?.sanctionedPermissionSets, []);
  });

  it("excuses nobody", async () => {
    const group: Registered = { type: "aws:iam/group:Group", name: "ops", inputs: { name: "ops", path: "/" } };
    const grant: Registered = {
      type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      name: "all",
      inputs: { group: "ops", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    };
    const under = async (sanctionedGroups: string[]) => {
      const engine = new Engine({ rules: [noOverbroadGroup], config: { settings: { sanctionedGroups } } });
      const told = await engine.preview([group, grant]);
      return told.map(({ policy, message }) => `${policy}: ${message.split("\n", 1)[0]}`);
    };
    assert.deepEqual(await under(["ops"]), [
      'no-overbroad-group: The group "ops" may hold admin power, as sanctionedGroups of the settings say, but',
    ]);
    const [first, second] = await under(["*"]);
    assert.match(first ?? "", /^no-overbroad-group: The group "ops" has full administrator power/);
    assert.match(second ?? "", /^settings: /);
  });

  it("stays in force where it stands alone, unless it is blank", () => {
    assert.equal(settings({ trustedOrganization: "acme" }).trustedOrganization, "acme");
    assert.equal(settings({ trustedOrganization: " " }).trustedOrganization, undefined);
    const wrong = "arn:aws:iam::1111:policy/limit";
    assert.equal(options("require-permissions-boundary", { boundary: wrong })?.boundary, wrong);
    assert.equal(options("require-permissions-boundary", { boundary: "" })?.boundary, undefined);
  });
});
