import assert from "node:assert/strict";
import { run } from "../command";
import { TemporaryFolder } from "../temporary-folder";

const sound = `{
  "all": "advisory",
  "no-overbroad-user": "mandatory",
  "password-policy-strength": { "enforcementLevel": "remediate", "maxAgeDays": 60 },
  "no-embedded-access-key": "mandatory",
  "settings": {
    "machineUsers": ["ci-*"],
    "waivers": [
      { "rule": "root-scp-holds", "resource": "old-*", "reason": "Gone before summer", "expires": "2026-03-31" }
    ]
  }
}`;

const wrong = `{
  "require-user-mfs": "advisory",
  "no-overbroad-user": { "onUnkown": "enforce" },
  "password-policy-strength": { "maxAgeDays": "ninety" }
}`;

const texts = `{
  "settings": {
    "trustedAccounts": ["111122223333", "11112222333"],
    "trustedOrganization": "acme"
  },
  "no-privilege-escalation": { "ignorePaths": [
    "lamda-001"
  ] }
}`;

const exceptions = `{
  "version": 2,
  "policies": { "no-overbroad-user": "advisory" },
  "exceptions": {
    "EXC-1": {
      "reason": "Moves to SSO in May",
      "match": [{
        "policies": ["no-overbroad-group", "no-overbroad-user"],
        "targets": ["urn:pulumi:dev::shop::aws:iam/group:Group::admins"]
      }]
    }
  }
}`;

describe("the config command", function () {
  this.timeout(120_000);
  const folder = new TemporaryFolder({
    "sound.json": sound,
    "wrong.json": wrong,
    "texts.json": texts,
    "broken.json": '{\n  "all": advisory }',
    "list.json": "[]",
    "empty.json": "",
    "exceptions.json": exceptions,
    "early.json": exceptions.replace("no-overbroad-group", "root-email-domain"),
    "newer.json": '{ "version": 3, "policies": {} }',
  });
  after(() => folder.remove());

  async function config(file: string, ...flags: string[]) {
    const { code, stdout, stderr } = await run(["config", `${folder.path}/${file}`, ...flags]);
    return { code, stdout: stdout.replaceAll(folder.path, "DIR"), stderr: stderr.replaceAll(folder.path, "DIR") };
  }

  it("says what a sound configuration comes to, and ends with 0", async () => {
    const { code, stdout, stderr } = await config("sound.json");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^DIR\/sound\.json is sound\. All else keeps its default\.\n\nChanged:\n/);
    assert.match(stdout, /^ {2}- require-user-mfa: advisory \(by default mandatory\)$/m);
    assert.match(stdout, /^ {2}- password-policy-strength: remediate \(by default mandatory\), maxAgeDays 60$/m);
    assert.match(stdout, /^ {2}- settings: machineUsers \["ci-\*"\]$/m);
    assert.doesNotMatch(stdout, /no-overbroad-user|no-embedded-access-key|no-long-lived-credential/);
  });

  it("tells which waivers have lapsed", async () => {
    const { stdout } = await config("sound.json");
    assert.match(
      stdout,
      /^Lapsed:\n {2}- DIR\/sound\.json:9:7: "settings\.waivers\[0\]" The waiver of root-scp-holds for old-\*/m,
    );
  });

  it("refuses an empty file, which is more often a mistake than meant", async () => {
    const { code, stdout, stderr } = await config("empty.json");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^error: .*empty\.json is empty: it configures nothing\n\nWrite \{\} where/);
  });

  it("names every mistake with its line and column, and ends with 2", async () => {
    const { code, stdout, stderr } = await config("wrong.json");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^error: DIR\/wrong\.json:2:23: "require-user-mfs" .* Did you mean "require-user-mfa"\?$/m);
    assert.match(stderr, /^ {2}DIR\/wrong\.json:3:38: "no-overbroad-user\.onUnkown" .* Did you mean "onUnknown"\?/m);
    assert.match(stderr, /^ {2}DIR\/wrong\.json:4:47: "password-policy-strength\.maxAgeDays" is not a whole number\./m);
  });

  it("names every text that does not look like what it stands for, with its line and column", async () => {
    const { code, stdout, stderr } = await config("texts.json");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(
      stderr,
      /^ *(error: )?DIR\/texts\.json:3:41: "settings\.trustedAccounts\[1\]" is "11112222333", which/m,
    );
    assert.match(stderr, /^ *(error: )?DIR\/texts\.json:4:28: "settings\.trustedOrganization" is "acme", which/m);
    assert.match(
      stderr,
      /DIR\/texts\.json:7:5: "no-privilege-escalation\.ignorePaths\[0\]" .* Did you mean "lambda-001"\?/,
    );
  });

  it("explains Pulumi's exceptions, and where an update needs them to name more", async () => {
    const { code, stdout, stderr } = await config("exceptions.json");
    assert.deepEqual([code, stderr], [0, ""]);
    const words = stdout.replace(/\s+/g, " ");
    assert.match(words, /Changed: - no-overbroad-user: advisory \(by default mandatory\)/);
    assert.match(
      words,
      /Exceptions, which the Pulumi CLI applies \(3\.271 or later\): - EXC-1: no-overbroad-group, no-overbroad-user at urn:pulumi:dev::shop::aws:iam\/group:Group::admins: Moves to SSO in May/,
    );
    // The other one is advisory here, and stops nothing.
    assert.match(words, /In an update the engine reports no-overbroad-group at the resource that is stopped, such as/);
    assert.match(words, /`check --policy-config FILE` lists them for a program\./);
    assert.match(words, /`pulumi policy enable --config` leaves them out\./);
  });

  it("says nothing of updates where a rule is decided by one resource", async () => {
    const { code, stdout } = await config("early.json");
    assert.equal(code, 0);
    assert.match(stdout, /EXC-1: root-email-domain/);
    assert.doesNotMatch(stdout, /In an update/);
  });

  it("refuses a configuration of a version that it does not know", async () => {
    const { code, stdout, stderr } = await config("newer.json");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^error: DIR\/newer\.json:1:14: "version" is 3, which this version of .* cannot read\.$/m);
    assert.match(stderr, /^Write "version": 2, or update aws-identity-guardrails\.$/m);
  });

  it("says where the JSON is broken, and what a list is not", async () => {
    const broken = await config("broken.json");
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /^error: DIR\/broken\.json:2:10: at \$\.all: not JSON: /);
    const list = await config("list.json");
    assert.equal(list.code, 2);
    assert.match(list.stderr, /"configuration" is not an object\.\n\nWrite an object such as /);
  });

  it("prints JSON, for mistakes too", async () => {
    const good = await config("sound.json", "--format", "json");
    const { version, sound: isSound, settings, rules } = JSON.parse(good.stdout);
    assert.deepEqual([good.code, version, isSound, settings], [0, 1, true, { machineUsers: ["ci-*"] }]);
    assert.deepEqual(
      rules.find((one: { policy: string }) => one.policy === "password-policy-strength"),
      {
        policy: "password-policy-strength",
        level: "remediate",
        defaultLevel: "mandatory",
        options: { maxAgeDays: 60 },
      },
    );
    const bad = await config("wrong.json", "--format", "json");
    assert.equal(bad.code, 2);
    const report = JSON.parse(bad.stdout);
    assert.deepEqual([report.sound, report.mistakes.length, report.mistakes[0].position.line], [false, 3, 2]);
  });
});
