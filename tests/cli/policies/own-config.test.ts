import assert from "node:assert/strict";
import { readOwnConfig, requireSound } from "../../../cli/policies/own-config";
import { Failure } from "../../../cli/terminal/failure";
import { parsedFile } from "../../../cli/terminal/json-file";

function accept(text: string): void {
  const content = parsedFile("policy.json", text);
  requireSound(content.file, readOwnConfig(content));
}

function refusal(text: string): Failure {
  try {
    accept(text);
  } catch (error) {
    assert.ok(error instanceof Failure);
    return error;
  }
  return assert.fail("the configuration was accepted");
}

describe("a configuration of the guardrails themselves", () => {
  it("may set what they know", () => {
    accept('{"all": "advisory", "password-policy-strength": {"enforcementLevel": "mandatory", "maxAgeDays": 60}}');
  });

  it("is refused in the guardrails' own words, with its place and the nearest name", () => {
    const { message, fix } = refusal('{\n  "require-user-mfs": "advisory"\n}');
    assert.equal(
      message,
      'policy.json:2:23: "require-user-mfs" is no policy of this pack. Did you mean "require-user-mfa"?',
    );
    assert.equal(fix, "Use the id of a rule in RULES.md.");
  });

  it("is refused with every mistake at once", () => {
    const { message, details } = refusal(
      '{"require-user-mfs": "advisory",\n "password-policy-strength": {"maxAgeDay": 1}}',
    );
    assert.match(message, /require-user-mfs/);
    assert.match(details, /^policy\.json:2:44: "password-policy-strength\.maxAgeDay" is no option of /);
  });

  it("is refused where it gives a rule or an option twice", () => {
    const { message } = refusal('{"require-user-mfa": "advisory",\n "require-user-mfa": "mandatory"}');
    assert.match(message, /^policy\.json:2:\d+: "require-user-mfa" is given twice, and only the last one counts\.$/);
  });
});
