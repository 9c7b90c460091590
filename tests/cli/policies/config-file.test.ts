import assert from "node:assert/strict";
import { readConfigFile } from "../../../cli/policies/config-file";
import { readOwnConfig, requireSound } from "../../../cli/policies/own-config";
import { Failure } from "../../../cli/terminal/failure";
import { parsedFile } from "../../../cli/terminal/json-file";

const GROUP = "urn:pulumi:dev::shop::aws:iam/group:Group::admins";

function own(text: string) {
  const content = parsedFile("policy.json", text);
  const config = readOwnConfig(content);
  requireSound(content.file, config);
  return config;
}

/** Every mistake in a file, one line each: `LINE:COLUMN "PLACE" …`. */
function refusal(text: string): string {
  try {
    own(text);
  } catch (error) {
    assert.ok(error instanceof Failure);
    return [`${error.message} ${error.fix}`, error.details].join("\n").replaceAll("policy.json:", "");
  }
  return assert.fail("the configuration was accepted");
}

function level(text: string, rule: string): string | undefined {
  return own(text).configuration.rules.get(rule)?.level;
}

describe("a configuration of version 2", () => {
  it("configures policies under `policies`, as one without a version does at its top", () => {
    const inside = '{ "all": "advisory", "require-user-mfa": { "enforcementLevel": "mandatory", "mode": "robust" } }';
    const [newer, older] = [own(`{ "version": 2, "policies": ${inside} }`), own(inside)];
    assert.deepEqual([...newer.configuration.rules], [...older.configuration.rules]);
    assert.equal(newer.configuration.rules.get("require-user-mfa")?.options.mode, "robust");
  });

  it("may be empty, and hold null for what is not there", () => {
    for (const text of [
      '{"version": 2}',
      '{"version": 2.0, "policies": null, "exceptions": null, "environments": null}',
    ]) {
      assert.equal(level(text, "require-user-mfa"), "mandatory");
      assert.deepEqual(own(text).exceptions, []);
    }
  });

  it("names environments, which are the engine's business", () => {
    assert.equal(level('{"version": 2, "environments": ["shared"]}', "require-user-mfa"), "mandatory");
    assert.match(refusal('{"version": 2, "environments": "shared"}'), /^1:32: "environments" is not a list of texts\./);
  });

  it("reports a policy beside `policies`, which Pulumi would ignore", () => {
    assert.match(
      refusal('{"version": 2, "require-user-mfa": "advisory"}'),
      /^1:36: "require-user-mfa" is ignored by Pulumi: it stands beside "policies"\. Move it into "policies"\.\n$/,
    );
    assert.match(
      refusal('{"version": 2, "polices": {}}'),
      /"polices" is ignored by Pulumi: .* Did you mean "policies"\?/,
    );
  });

  it("has the places of mistakes inside `policies`, and of names that are given twice", () => {
    assert.match(
      refusal('{"version": 2,\n "policies": {"require-user-mfs": "advisory"}}'),
      /^2:35: "policies\.require-user-mfs" is no policy of this pack\. Did you mean "require-user-mfa"\?/,
    );
    assert.match(
      refusal('{"version": 2,\n "policies": {"require-user-mfa": "advisory", "require-user-mfa": "advisory"}}'),
      /"policies\.require-user-mfa" is given twice/,
    );
    assert.match(refusal('{"version": 2, "policies": []}'), /^1:28: "policies" is not an object\./);
    assert.match(
      refusal('{"version": 2, "policies": {"environments": []}}'),
      /^1:45: "policies\.environments" is no policy\. Move it out of "policies"/,
    );
  });
});

describe("another version of configuration", () => {
  it("is refused, whatever else is in the file", () => {
    assert.equal(
      refusal('{"version": 3, "policies": {"require-user-mfs": 1}, "gates": {}}'),
      '1:13: "version" is 3, which this version of aws-identity-guardrails cannot read. Write "version": 2, or update aws-identity-guardrails.\n',
    );
    assert.match(refusal('{"version": 1}'), /"version" is 1, which .* Write "version": 2\.\n$/);
    assert.match(refusal('{"version": 2.5}'), /"version" is 2\.5, which /);
  });

  it("as a text is told to be a number", () => {
    assert.match(refusal('{"version": "2", "policies": {}}'), /"version" is a text\. Write the number: "version": 2\./);
  });

  it("is what `policies` and `exceptions` want", () => {
    const said = refusal('{"policies": {"require-user-mfa": "advisory"}, "exceptions": {}}');
    assert.match(said, /"policies" is known in files of version 2 only; here it is taken for a policy of that name\./);
    assert.match(said, /"exceptions" is known in files of version 2 only/);
    assert.match(said, /Add "version": 2 at the top/);
  });

  it("is no version where a policy of another pack has that name", () => {
    const { version, policies, mistakes } = readConfigFile({ version: "advisory", policies: "mandatory" });
    assert.deepEqual([version, policies, mistakes], [1, { version: "advisory", policies: "mandatory" }, []]);
  });
});

describe("exceptions", () => {
  const exception = (change: object = {}, match: object = {}) =>
    JSON.stringify({
      version: 2,
      exceptions: {
        "EXC-1": {
          reason: "Moves to SSO in May",
          match: [{ policies: ["no-overbroad-group"], targets: [GROUP], ...match }],
          ...change,
        },
      },
    });

  it("are read as Pulumi reads them, in the order of their numbers", () => {
    const one = { reason: "Why", match: [{ policies: ["require-user-mfa", "settings"], targets: [GROUP] }] };
    const text = JSON.stringify({ version: 2, exceptions: { "EXC-10": one, "EXC-9": one, other_1: one } });
    assert.deepEqual(
      own(text).exceptions.map(({ id }) => id),
      ["EXC-9", "EXC-10", "other_1"],
    );
    assert.deepEqual(own(exception()).exceptions, [
      {
        id: "EXC-1",
        reason: "Moves to SSO in May",
        match: [{ policies: ["no-overbroad-group"], targets: [GROUP] }],
      },
    ]);
  });

  it("without a reason, a match, a policy or a target are refused", () => {
    assert.match(refusal(exception({ reason: " " })), /"exceptions\.EXC-1\.reason" is missing\./);
    assert.match(refusal(exception({ reason: undefined })), /"exceptions\.EXC-1\.reason" is missing\./);
    assert.match(refusal(exception({ match: [] })), /"exceptions\.EXC-1\.match" is no list of matches\./);
    assert.match(refusal(exception({ match: ["all"] })), /"exceptions\.EXC-1\.match\[0\]" is not an object\./);
    assert.match(refusal(exception({}, { policies: [] })), /match\[0\]\.policies" is no name of a policy\./);
    assert.match(refusal(exception({}, { targets: [] })), /match\[0\]\.targets" is no URN of a resource/);
    assert.match(
      refusal('{"version": 2, "exceptions": []}'),
      /"exceptions" is not an object of exceptions by their ids/,
    );
    assert.match(refusal('{"version": 2, "exceptions": {"EXC 1": 1}}'), /"exceptions\.EXC 1" is no id\./);
  });

  it("name rules one by one, and each by its right name", () => {
    assert.match(refusal(exception({}, { policies: ["all"] })), /policies\[0\]" is not allowed: an exception names/);
    assert.match(
      refusal(exception({}, { policies: ["no-overbroad-group", "no-overbroad-usr"] })),
      /^1:\d+: "exceptions\.EXC-1\.match\[0\]\.policies\[1\]" is no policy of this pack\. Did you mean "no-overbroad-user"\?/,
    );
  });

  it("name whole URNs, as a pattern would match nothing", () => {
    for (const target of [
      "admins",
      "urn:pulumi:dev::shop::admins",
      "urn:pulumi:*::shop::aws:iam/group:Group::admins",
    ]) {
      assert.match(
        refusal(exception({}, { targets: [target] })),
        /targets\[0\]" is no URN of a resource; Pulumi compares/,
      );
    }
  });

  it("have no end in a file: what looks like one is refused with the way to have it", () => {
    assert.match(
      refusal(exception({ expires: "2027-03-31" })),
      /^1:\d+: "exceptions\.EXC-1\.expires" is ignored by Pulumi\. .* use a waiver, which expires\./,
    );
    assert.match(
      refusal(exception({ reson: "x" })),
      /"exceptions\.EXC-1\.reson" is ignored by Pulumi\. Did you mean "reason"\?/,
    );
  });
});
