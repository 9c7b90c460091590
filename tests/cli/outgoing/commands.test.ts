import assert from "node:assert/strict";
import { run } from "../command";
import { TemporaryFolder } from "../temporary-folder";
import { PULUMI_YAML, temporaryProgram } from "../temporary-program";
import { leaksIn, leaksInJson } from "./leaks";
import { FORMULA, HOSTILE_FILE_NAME, HOSTILE_NAME, SECRETS } from "./plants";

const secret = SECRETS["a value of the command line"];

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: HOSTILE_NAME, Effect: "Allow", Action: ["iam:*", HOSTILE_NAME], Resource: HOSTILE_NAME },
    {
      Effect: "Deny",
      NotAction: HOSTILE_NAME,
      Resource: "*",
      Condition: { StringEquals: { [HOSTILE_NAME]: HOSTILE_NAME } },
    },
    { Effect: HOSTILE_NAME, [HOSTILE_NAME]: HOSTILE_NAME },
    { Effect: "Allow", Action: FORMULA, Resource: FORMULA, Sid: FORMULA },
  ],
});

const ACCOUNT = JSON.stringify({
  UserDetailList: [
    {
      UserName: HOSTILE_NAME,
      Arn: `arn:aws:iam::123456789012:user/${HOSTILE_NAME}`,
      GroupList: [HOSTILE_NAME],
      UserPolicyList: [{ PolicyName: HOSTILE_NAME, PolicyDocument: JSON.parse(POLICY) }],
      AttachedManagedPolicies: [
        { PolicyName: HOSTILE_NAME, PolicyArn: `arn:aws:iam::123456789012:policy/${HOSTILE_NAME}` },
      ],
      Tags: [{ Key: HOSTILE_NAME, Value: HOSTILE_NAME }],
    },
  ],
  GroupDetailList: [
    { GroupName: HOSTILE_NAME, Arn: `arn:aws:iam::123456789012:group/${HOSTILE_NAME}`, GroupPolicyList: [] },
  ],
  RoleDetailList: [],
  Policies: [],
});

const CONFIGURATION = JSON.stringify({
  version: 2,
  policies: {
    "no-overbroad-user": "advisory",
    settings: {
      waivers: [
        {
          rule: "no-overbroad-user",
          resource: `legacy-${HOSTILE_NAME.slice(0, 60)}`,
          reason: HOSTILE_NAME,
          expires: "2026-01-31",
        },
      ],
    },
  },
  exceptions: {
    "EXC-1": {
      reason: HOSTILE_NAME,
      match: [
        { policies: ["no-overbroad-user"], targets: [`urn:pulumi:dev::shop::aws:iam/user:User::${HOSTILE_NAME}`] },
      ],
    },
  },
});

const MISTAKES = JSON.stringify({
  [HOSTILE_NAME]: HOSTILE_NAME,
  "no-overbroad-user": { [HOSTILE_NAME]: HOSTILE_NAME, onUnknown: HOSTILE_NAME },
  settings: {
    [HOSTILE_NAME]: 1,
    sanctionedGroups: [HOSTILE_NAME],
    waivers: [{ rule: HOSTILE_NAME, resource: "*", reason: HOSTILE_NAME, expires: HOSTILE_NAME }],
  },
});

/** What is run, with FILE for a file of that text and a hostile name, and the code that it ends with. */
type Case = readonly [what: string, text: string, args: readonly string[], code: number];

const REPORTS: readonly Case[] = [
  ["explain of a hostile policy", POLICY, ["explain", "FILE"], 0],
  ["explain of a hostile policy as a control policy", POLICY, ["explain", "FILE", "--as", "scp"], 0],
  ["explain of hostile account details", ACCOUNT, ["explain", "FILE"], 0],
  ["config of a hostile configuration", CONFIGURATION, ["config", "FILE"], 0],
];

const REFUSALS: readonly Case[] = [
  ["explain of broken JSON", `{"${HOSTILE_NAME}"`, ["explain", "FILE", "--debug"], 2],
  ["explain of no policy", JSON.stringify({ [HOSTILE_NAME]: 1 }), ["explain", "FILE", "--debug"], 2],
  ["explain of a file that is not there", "", ["explain", `FILE${HOSTILE_NAME}`, "--debug"], 2],
  ["explain of an unknown ARN", "", ["explain", `arn:aws:iam::aws:policy/${HOSTILE_NAME}`], 2],
  ["explain with an unknown kind", "", ["explain", "FILE", "--as", HOSTILE_NAME], 2],
  ["config with mistakes", MISTAKES, ["config", "FILE", "--debug"], 2],
  ["config of broken JSON", `{"${HOSTILE_NAME}": `, ["config", "FILE"], 2],
  ["config of a file that is not there", "", ["config", `FILE${HOSTILE_NAME}`], 2],
  ["rules of a rule that is not there", "", ["rules", HOSTILE_NAME, "--debug"], 2],
  ["check in a folder that is not there", "", ["check", `FILE${HOSTILE_NAME}`, "--debug"], 2],
  ["check with a hostile policy configuration", MISTAKES, ["check", "PROGRAM", "--policy-config", "FILE"], 2],
  ["check with broken answers", `{"${HOSTILE_NAME}": [1`, ["check", "PROGRAM", "--answers", "FILE"], 2],
  ["check with wrong answers", `{"${"token".concat(FORMULA)}": 1}`, ["check", "PROGRAM", "--answers", "FILE"], 2],
  ["check of a stack that is not there", "", ["check", "PROGRAM", "--stack", HOSTILE_NAME], 2],
  ["check with a setting of no form", "", ["check", "PROGRAM", "--config", secret], 2],
  ["check with a setting of no key", "", ["check", "PROGRAM", "--config", `a:b:${HOSTILE_NAME}=${secret}`], 2],
  [
    "check with a variable that is not set",
    "",
    ["check", "PROGRAM", "--env", HOSTILE_NAME.replaceAll(/[\s=]/g, "")],
    2,
  ],
  ["check with a variable and its value", "", ["check", "PROGRAM", "--env", `API_TOKEN=${secret}`], 2],
  ["check with a variable and its value, in one word", "", ["check", "PROGRAM", `--env=API_TOKEN=${secret}`], 2],
  ["check with an account that is none", "", ["check", "PROGRAM", "--account", HOSTILE_NAME], 2],
  ["check with a region that is none", "", ["check", "PROGRAM", "--region", HOSTILE_NAME], 2],
  ["check with a timeout that is none", "", ["check", "PROGRAM", "--timeout", HOSTILE_NAME], 2],
  ["check in a format that is none", "", ["check", "PROGRAM", "--format", HOSTILE_NAME], 2],
  ["check with a pack that is none", "", ["check", "PROGRAM", "--policy-pack", HOSTILE_NAME], 2],
  ["check with an option that is none", "", ["check", "PROGRAM", `--${HOSTILE_NAME}`], 2],
  ["check with an option and a value that is none", "", ["check", "PROGRAM", `--conifg=password=${secret}`], 2],
  ["check with too many arguments", "", ["check", "PROGRAM", HOSTILE_NAME], 2],
  ["a command that is none", "", [HOSTILE_NAME], 2],
];

/** Broken files of a project, in which the broken thing is hostile. */
const escaped = JSON.stringify(HOSTILE_NAME).replace(
  /[^ -~]/g,
  (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
);
const PROJECTS: readonly (readonly [what: string, files: Readonly<Record<string, string>>])[] = [
  ["a hostile name", { "Pulumi.yaml": `name: ${escaped}\nruntime: nodejs\n` }],
  ["a hostile runtime", { "Pulumi.yaml": `name: shop\nruntime: ${escaped}\n` }],
  ["a hostile main", { "Pulumi.yaml": `${PULUMI_YAML}main: ${escaped}\n` }],
  ["a hostile declaration", { "Pulumi.yaml": `${PULUMI_YAML}config:\n  a: { ${escaped}: 1 }\n` }],
  ["a hostile key of its configuration", { "Pulumi.dev.yaml": `config:\n  ${escaped}: 1\n` }],
  ["a hostile key that is given twice", { "Pulumi.dev.yaml": `config:\n  ${escaped}: 1\n  ${escaped}: 2\n` }],
  ["a hostile alias", { "Pulumi.dev.yaml": `config:\n  a: *x\u200bFORGED\n` }],
  ["a control character", { "Pulumi.dev.yaml": "config:\n  a: x\u001b[31m\n" }],
  [
    "a value that is no list of packages",
    { "Pulumi.dev.yaml": `config:\n  pulumi:disable-default-providers: "[${secret}"\n` },
  ],
  [
    "a stack with a hostile name",
    { "Pulumi.dev.yaml": "config: {}\n", [`Pulumi.${HOSTILE_FILE_NAME}.yaml`]: "config: {}\n", "Pulumi.test.yaml": "" },
  ],
];

describe("what the commands put out", function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  let program: TemporaryFolder;
  before(() => {
    folder = new TemporaryFolder();
    program = temporaryProgram("");
  });
  after(() => {
    folder.remove();
    program.remove();
  });

  function ran(text: string, args: readonly string[]) {
    const file = folder.write(HOSTILE_FILE_NAME, text);
    return run(args.map((word) => word.replace("FILE", file).replace("PROGRAM", program.path)));
  }

  for (const [what, text, args, expected] of REPORTS) {
    it(`${what}: text and JSON`, async () => {
      const shown = await ran(text, args);
      assert.equal(shown.code, expected, shown.stderr);
      assert.match(shown.stdout, /x\\u000aFORGED/);
      const json = await ran(text, [...args, "--format", "json"]);
      assert.deepEqual([...leaksIn(what, shown.stdout), ...leaksInJson(what, json.stdout)], []);
    });
  }

  for (const [what, text, args, expected] of REFUSALS) {
    it(what, async () => {
      const { code, stdout, stderr } = await ran(text, args);
      assert.deepEqual([...leaksIn(`stdout of ${what}`, stdout), ...leaksIn(`stderr of ${what}`, stderr)], []);
      assert.equal(code, expected, stdout);
      assert.match(stderr, /^error: /);
      assert.ok(stderr.length < 25_000, `${stderr.length} characters`);
    });
  }

  for (const [what, files] of PROJECTS) {
    it(`check of a project with ${what}`, async () => {
      const project = temporaryProgram("", files);
      const { code, stdout, stderr } = await run(["check", project.path, "--debug"]);
      project.remove();
      assert.deepEqual([...leaksIn(`stdout of ${what}`, stdout), ...leaksIn(`stderr of ${what}`, stderr)], []);
      assert.equal(code, 2, stdout);
      assert.match(stderr, /^error: /);
    });
  }
});
