import { deepEqual, equal } from "node:assert/strict";
import { adminPower } from "../../../../policypack/iam";
import { allow, deny, group, role, user } from "../../policies";
import { paths, power } from "../../verdicts";

const self = "arn:aws:iam::111122223333:user/alice";
const ops = { StringEquals: { "aws:ResourceTag/team": "ops" } };
const put = allow("iam:PutUserPolicy", self, ops);

describe("conditions on the tags of what a call is aimed at", () => {
  it("hold where the caller cannot set them", () => equal(power(user(put)), "self-escalation tag"));
  it("do not hold where it can", () => equal(power(user(put, allow("iam:TagUser", self))), "self-escalation"));
  it("hold where it can tag another user only", () =>
    equal(power(user(put, allow("iam:TagUser", `${self}-2`))), "self-escalation tag"));
  it("hold where it can tag a user but not with this value", () =>
    equal(
      power(user(put, allow("iam:TagUser", self, { StringEquals: { "aws:RequestTag/team": "web" } }))),
      "self-escalation tag",
    ));
  it("do not hold where it can tag a user with this value", () =>
    equal(
      power(user(put, allow("iam:TagUser", self, { StringLike: { "aws:RequestTag/team": "o*" } }))),
      "self-escalation",
    ));
  it("hold where it may set other tags only", () =>
    equal(
      power(
        user(
          put,
          allow("iam:TagUser"),
          deny("iam:TagUser", "*", { "ForAnyValue:StringEquals": { "aws:TagKeys": "team" } }),
        ),
      ),
      "self-escalation tag",
    ));
  it("do not hold by the key of IAM either", () =>
    equal(
      power(
        user(
          allow("iam:PutUserPolicy", self, { StringEquals: { "iam:ResourceTag/team": "ops" } }),
          allow("iam:TagUser", self),
        ),
      ),
      "self-escalation",
    ));
  it("do not hold for two tags that the caller can set at once", () =>
    equal(
      power(
        user(
          allow("iam:PutUserPolicy", self, {
            StringEquals: { "aws:ResourceTag/team": "ops", "aws:ResourceTag/env": "x" },
          }),
          allow("iam:TagUser", self),
        ),
      ),
      "self-escalation",
    ));
  it("are those of roles for roles", () => {
    const own = "arn:aws:iam::111122223333:role/app";
    const change = allow("iam:PutRolePolicy", own, ops);
    equal(power(role(change, allow("iam:TagRole", own))), "self-escalation");
    equal(power(role(change, allow("iam:TagUser"))), "self-escalation tag");
  });
  it("make no power of tagging itself", () =>
    equal(
      power(user(allow("iam:GetUser", self, ops), allow("iam:TagUser"), deny("iam:PutUserPolicy", "*", ops))),
      "no",
    ));
  it("do not bound the roles that are passed", () => {
    const run = allow("ec2:RunInstances");
    const pass = allow("iam:PassRole", "*", ops);
    deepEqual(paths(group(run, pass, allow("iam:TagRole"))), ["ec2-001"]);
    deepEqual(paths(group(run, pass, allow("iam:TagRole", "arn:aws:iam::*:role/app-*"))), ["ec2-001 tag"]);
    deepEqual(paths(group(run, pass)), ["ec2-001 tag"]);
  });
  it("are told with the call that sets them", () => {
    const verdict = adminPower(user(put, allow("iam:TagUser", self)));
    deepEqual(verdict.answer === "yes" && verdict.because.witnesses.map(({ action, context }) => [action, context]), [
      ["iam:TagUser", {}],
      ["iam:PutUserPolicy", { "aws:resourcetag/team": "ops" }],
    ]);
  });
});
