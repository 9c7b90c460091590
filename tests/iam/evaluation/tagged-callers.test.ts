import { deepEqual, equal } from "node:assert/strict";
import { adminPower, mayCall, type Principal } from "../../../policypack/iam";
import { allow, deny, group, role, user } from "../policies";
import { powerOrReasons as power } from "../verdicts";

const tagged = (value: string) => ({ StringEquals: { "aws:PrincipalTag/team": value } });
const own = "arn:aws:iam::111122223333:user/alice";

const untagged: Principal = { ...user(allow("*", "*", tagged("ops"))), tags: {} };
const withPolicies = (...statements: readonly unknown[]): Principal => ({
  ...user(allow("*", "*", tagged("ops")), ...statements),
  tags: { team: "dev" },
});

describe("tags that a principal may give itself", () => {
  it("are none where it may not", () => equal(power(untagged), "no"));
  it("are any where it may", () => equal(power(withPolicies(allow("iam:TagUser", own))), "full"));
  it("are none where it may tag others only", () =>
    equal(power(withPolicies(allow("iam:TagUser", "arn:aws:iam::111122223333:user/bob"))), "no"));
  it("are those that the call may set", () => {
    const setting = (value: string) => allow("iam:TagUser", own, { StringEquals: { "aws:RequestTag/team": value } });
    equal(power(withPolicies(setting("ops"))), "full");
    equal(power(withPolicies(setting("dev"))), "no");
  });
  it("are those whose keys the call may set", () => {
    const keyed = (key: string) => allow("iam:TagUser", own, { "ForAllValues:StringEquals": { "aws:TagKeys": [key] } });
    equal(power(withPolicies(keyed("team"))), "full");
    equal(power(withPolicies(keyed("cost"))), "no");
  });
  it("need the tags that it has before for the call that sets them", () => {
    const calling = (value: string) => allow("iam:TagUser", own, tagged(value));
    equal(power(withPolicies(calling("dev"))), "full");
    equal(power(withPolicies(calling("other"))), "no");
  });
  it("may be empty", () =>
    equal(power({ ...user(allow("*", "*", tagged("")), allow("iam:TagUser", own)), tags: { team: "dev" } }), "full"));
  it("are a role's and a member's as well", () => {
    equal(power({ ...role(allow("*", "*", tagged("ops")), allow("iam:TagRole")), tags: {} }), "full");
    equal(power({ ...role(allow("*", "*", tagged("ops")), allow("iam:TagUser")), tags: {} }), "no");
    equal(power(group(allow("*", "*", tagged("ops")), allow("iam:TagUser"))), "full");
    equal(power(group(allow("*", "*", tagged("ops")))), "full tag");
  });
  it("are denied to it by a Deny", () =>
    equal(power(withPolicies(allow("iam:TagUser"), deny("iam:TagUser", own))), "no"));
  it("fit a resource that has them for a policy variable", () => {
    const asked = (...statements: readonly unknown[]) =>
      mayCall(
        {
          ...user(allow("s3:GetObject", "arn:aws:s3:::team-${aws:PrincipalTag/team}/*"), ...statements),
          tags: { team: "dev" },
        },
        { action: "s3:GetObject", resources: ["arn:aws:s3:::team-ops/secret"] },
      ).answer;
    equal(asked(allow("iam:TagUser", own)), "yes");
    equal(asked(), "no");
  });
  it("are set by the first call of the proof", () => {
    const verdict = adminPower(withPolicies(allow("iam:TagUser", own)));
    const calls = verdict.answer === "yes" ? verdict.because.witnesses : [];
    deepEqual(
      calls.slice(0, 1).map(({ action, resource, scenario, context }) => [action, resource, scenario, context]),
      [
        [
          "iam:TagUser",
          own,
          "the user's access key, without MFA",
          { "aws:principaltag/team": "dev", "aws:requesttag/team": "ops" },
        ],
      ],
    );
    deepEqual(calls.at(1)?.context, { "aws:principaltag/team": "ops" });
  });
});
