import assert from "node:assert/strict";
import { explainedAsJson, explainedAsText } from "./explained";
import { policyOf } from "./policies";

const root = { StringLike: { "aws:PrincipalArn": "arn:*:iam::*:root" } };

const holding = policyOf({ Effect: "Deny", NotAction: "iam:GetUser", Resource: "*", Condition: root });
const narrow = policyOf({ Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*", Condition: root });
const missing = policyOf({
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
});
const regional = policyOf({ Effect: "Deny", Action: "ec2:*", Resource: "*" });

function rootOf(policy: unknown) {
  return explainedAsJson({ "scp.json": policy }, "scp").subjects[0]?.root;
}

describe("explain about SCPs", () => {
  it("says that the root user is held, and what is spared", () => {
    assert.equal(rootOf(holding)?.answer, "held");
    const text = explainedAsText({ "scp.json": holding }, "scp");
    assert.match(
      text,
      /^ {2}- Held: the root users of member accounts can do nothing but what these policies spare on purpose\.$/m,
    );
    assert.match(text, /Statement 1 of scp\.json binds it: Deny everything but iam:GetUser on \*, where StringLike\n/);
  });

  it("says that it is held where everybody is denied, or all but named roles", () => {
    const everybody = { Effect: "Deny", Action: "*", Resource: "*" };
    const allBut = { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/breakglass" } };
    const allButRoot = {
      ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/breakglass", "arn:aws:iam::*:root"] },
    };
    assert.equal(rootOf(policyOf(everybody))?.answer, "held");
    assert.equal(rootOf(policyOf({ ...everybody, Condition: allBut }))?.answer, "held");
    assert.equal(rootOf(policyOf({ ...everybody, Condition: allButRoot }))?.answer, "not-mentioned");
    assert.equal(rootOf(policyOf({ ...everybody, Action: "ec2:*" }))?.answer, "not-mentioned");
  });

  it("says that it is held by lists of what is allowed that leave it out", () => {
    const list = (Condition: unknown) => policyOf({ Effect: "Allow", Action: "*", Resource: "*", Condition });
    const leftOut = list({ ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } });
    assert.equal(rootOf(leftOut)?.answer, "held");
    assert.match(explainedAsText({ "scp.json": leftOut }, "scp"), /leaves it out: Allow \* on \*/);
    assert.equal(rootOf(list({ StringNotEquals: { "aws:PrincipalArn": "arn:aws:iam::*:root" } }))?.answer, "escapes");
  });

  it("says that it is held in part where a Deny lists actions", () => {
    assert.equal(rootOf(narrow)?.answer, "partly");
  });

  it("names the mistake of a Deny that misses it, with a request and the fix", () => {
    assert.equal(rootOf(missing)?.answer, "escapes");
    const text = explainedAsText({ "scp.json": missing }, "scp");
    assert.match(text, /^ {2}- Statement 1 of scp\.json misses it: StringEquals takes no wildcards/m);
    assert.match(text, /^ {6}made by: the root user of a member account$/m);
    assert.match(text, /^ {6}fix: use StringLike or ArnLike$/m);
  });

  it("counts a Deny of another file that closes the gap", () => {
    assert.match(explainedAsText({ "a.json": missing, "b.json": holding }, "scp"), /of a\.json misses it/);
    const whole = policyOf({
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:*:iam::*:root" } },
    });
    assert.doesNotMatch(explainedAsText({ "a.json": missing, "b.json": whole }, "scp"), /misses it/);
  });

  it("speaks of no boundary where there can be none", () => {
    const text = explainedAsText({ "scp.json": policyOf({ Effect: "Allow", Action: "s3:*", Resource: "*" }) }, "scp");
    assert.match(text, /^ {2}- No Deny: only what these policies do not allow is left out\.$/m);
  });

  it("says that no Deny is about it", () => {
    assert.equal(rootOf(regional)?.answer, "not-mentioned");
  });

  it("takes FullAWSAccess for attached beside Denies, and not beside an Allow", () => {
    const denies = explainedAsJson({ "scp.json": regional }, "scp").subjects[0];
    assert.equal(denies?.admin.level, "iam-full");
    assert.match(denies?.assumptions.join("\n") ?? "", /FullAWSAccess/);
    const allowList = policyOf({ Effect: "Allow", Action: "s3:*", Resource: "*" });
    const allows = explainedAsJson({ "scp.json": allowList }, "scp").subjects[0];
    assert.equal(allows?.admin.answer, "no");
    assert.doesNotMatch(allows?.assumptions.join("\n") ?? "", /FullAWSAccess/);
  });

  it("takes several files for SCPs of one level", () => {
    const [subject, ...others] = explainedAsJson({ "a.json": regional, "b.json": holding }, "scp").subjects;
    assert.equal(others.length, 0);
    assert.equal(subject?.root?.answer, "held");
    assert.equal(subject?.restrictions.denies.length, 2);
  });
});
