import { deepEqual, equal } from "node:assert/strict";
import { adminPower, type Policy, parseDocument } from "../../../../policypack/iam";
import { managedPolicyText } from "../../../../policypack/iam/aws/managed-policies";
import { allow, deny, documentOf, group, notRead, policy, role, user } from "../../policies";
import { power } from "../../verdicts";

function managed(name: string): Policy {
  const { document } = parseDocument(managedPolicyText(`arn:aws:iam::aws:policy/${name}`), "identity");
  if (document === undefined) throw new Error(`${name} cannot be read`);
  return { origin: name, document };
}

const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const office = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
const ownGroup = "arn:aws:iam::111122223333:group/devs";

function denyBut(arn: string): unknown {
  return { Effect: "Deny", Action: "iam:*", NotResource: arn };
}

describe("admin power: full", () => {
  it("is Allow * on *", () => equal(power(group(allow("*"))), "full"));
  it("is *:* on *", () => equal(power(group(allow("*:*"))), "full"));
  it("is put together from several statements", () =>
    equal(
      power(group(allow("*", "arn:aws:s3:::*"), { Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::*" })),
      "full",
    ));
  it("is put together from several policies", () =>
    equal(
      power({
        ...group(allow("iam:*")),
        identity: [policy(allow("iam:*")), policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })],
      }),
      "full",
    ));
  it("is not Allow * on every ARN, which misses the actions without a resource", () =>
    equal(power(group(allow("*", "arn:aws:*:*:*:*"))), "self-escalation"));
  it("is not every service that exists today, by a list", () =>
    equal(power(group(allow(["a*:*", "i*:*"]))), "iam-full"));
  it("needs MFA where the only grant does", () => equal(power(group(allow("*", "*", mfa))), "full mfa"));
  it("needs MFA behind a gate by Deny", () =>
    equal(
      power(group(allow("*"), deny("*", "*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }))),
      "full mfa",
    ));
  it("needs a network where the only grant does", () => equal(power(group(allow("*", "*", office))), "full network"));
  it("needs no network where another statement grants the same", () =>
    equal(power(group(allow("*", "*", office), allow("*"))), "full"));
  it("needs a network and MFA where both are asked for", () =>
    equal(power(group(allow("*", "*", { ...office, ...mfa }))), "full network mfa"));
  it("needs a tag where the only grant does", () =>
    equal(power(group(allow("*", "*", { StringEquals: { "aws:PrincipalTag/team": "ops" } }))), "full tag"));
  it("is not everything in a region in which IAM is not called", () =>
    equal(
      power(group(allow("*"), deny("*", "*", { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } }))),
      "no",
    ));
  it("is everything in a region where services without regions are spared", () =>
    equal(
      power(
        group(allow("*"), {
          Effect: "Deny",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } },
          NotAction: [
            "iam:*",
            "organizations:*",
            "account:*",
            "cloudfront:*",
            "route53:*",
            "support:*",
            "globalaccelerator:*",
            "devicefarm:*",
          ],
        }),
      ),
      "full",
    ));
  it("is not IAM in a region in which it is not called", () =>
    equal(power(group(allow("iam:*", "*", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }))), "no"));
  it("is IAM in the region in which it is called", () =>
    equal(power(group(allow("iam:*", "*", { StringEquals: { "aws:RequestedRegion": "us-east-1" } }))), "iam-full"));
  it("is not IAM where that region is denied", () =>
    equal(
      power(group(allow("iam:*"), deny("*", "*", { StringEquals: { "aws:RequestedRegion": "us-east-1" } }))),
      "no",
    ));
  it("is IAM where another region is denied", () =>
    equal(
      power(group(allow("iam:*"), deny("*", "*", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }))),
      "iam-full",
    ));
  it("is the same in another partition", () =>
    equal(
      power({
        ...group(allow("iam:*", "*", { StringEquals: { "aws:RequestedRegion": "us-gov-west-1" } })),
        partition: "aws-us-gov",
      }),
      "iam-full",
    ));
  it("is not what ended before the requests are made", () => {
    const ended = group(allow("*", "*", { DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } }));
    equal(power(ended, { now: new Date("2026-01-01T00:00:00Z") }), "no");
    equal(power(ended, { now: new Date("2025-12-31T23:00:00Z") }), "full");
  });
  it("is what is to begin later, at that time only", () => {
    const later = group(allow("*", "*", { DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } }));
    equal(power(later, { now: new Date("2025-12-31T23:00:00Z") }), "full time");
    equal(power(later, { now: new Date("2026-01-01T00:00:01Z") }), "full");
  });
  it("is what any moment allows where nobody says when requests are made", () =>
    equal(power(group(allow("*", "*", { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }))), "full"));
  it("is not what only an AWS service can do on someone's behalf", () =>
    equal(power(group(allow("*", "*", { Bool: { "aws:ViaAWSService": "true" } }))), "no"));
  it("is not Allow * with one Deny, which leaves full IAM", () =>
    equal(power(group(allow("*"), deny("s3:DeleteBucket", "arn:aws:s3:::audit"))), "iam-full"));
  it("is not Allow * without IAM", () => equal(power(group(allow("*"), deny("iam:*"))), "no"));
  it("is not a boundary by itself", () => equal(power({ ...user(), boundary: policy(allow("*")) }), "no"));
  it("is cut down by a boundary", () => equal(power({ ...user(allow("*")), boundary: policy(allow("s3:*")) }), "no"));
  it("survives a boundary that allows everything", () =>
    equal(power({ ...user(allow("*")), boundary: policy(allow("*")) }), "full"));
  it("needs an Allow at every level of SCPs", () =>
    equal(power({ ...user(allow("*")), scps: [[policy(allow("*"))], [policy(allow("s3:*"))]] }), "no"));
  it("survives SCPs that allow everything at every level", () =>
    equal(power({ ...user(allow("*")), scps: [[policy(allow("*"))], [policy(allow("*"))]] }), "full"));
});

describe("admin power: full IAM", () => {
  it("is iam:* on *", () => equal(power(group(allow("iam:*"))), "iam-full"));
  it("is IAM by a wildcard in the service, which AWS refuses", () => equal(power(group(allow("ia?:*"))), "iam-full"));
  it("is everything but S3", () =>
    equal(power(group({ Effect: "Allow", NotAction: "s3:*", Resource: "*" })), "iam-full"));
  it("is not everything but IAM", () =>
    equal(power(group({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })), "no"));
  it("is not iam:Get* and iam:List*", () => equal(power(group(allow(["iam:Get*", "iam:List*"]))), "no"));
  it("is not lost by a Deny on what nobody can change", () =>
    equal(power(group(allow("iam:*"), deny("iam:*", "arn:aws:iam::*:role/aws-service-role/*"))), "iam-full"));
  it("is lost by a Deny on one user", () =>
    equal(power(group(allow("iam:*"), deny("iam:*", "arn:aws:iam::*:user/break-glass"))), "self-escalation"));
});

describe("admin power: self-escalation of a group", () => {
  it("is PutGroupPolicy on itself", () =>
    equal(power(group(allow("iam:PutGroupPolicy", ownGroup))), "self-escalation"));
  it("is only restricted on another group", () =>
    equal(
      power(group(allow("iam:PutGroupPolicy", "arn:aws:iam::111122223333:group/other"))),
      "self-escalation resource",
    ));
  it("is nothing on a group of another account", () =>
    equal(power(group(allow("iam:PutGroupPolicy", "arn:aws:iam::999999999999:group/devs"))), "no"));
  it("is AttachGroupPolicy on itself", () =>
    equal(power(group(allow("iam:AttachGroupPolicy", ownGroup))), "self-escalation"));
  it("is nothing when only a harmless policy can be attached", () =>
    equal(
      power(
        group(
          allow("iam:AttachGroupPolicy", "*", {
            ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" },
          }),
        ),
      ),
      "no",
    ));
  it("is AttachGroupPolicy of any AWS policy", () =>
    equal(
      power(group(allow("iam:AttachGroupPolicy", "*", { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/*" } }))),
      "self-escalation",
    ));
  it("is PutUserPolicy on whoever asks", () =>
    equal(power(group(allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}"))), "self-escalation"));
  it("is not CreateAccessKey on whoever asks", () =>
    equal(power(group(allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}"))), "no"));
  it("is nothing in the old policy language, in which a variable is text", () => {
    const statements = [allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}")];
    const { document } = parseDocument({ Version: "2008-10-17", Statement: statements }, "identity");
    equal(document && power({ ...group(), identity: [{ origin: "old", document }] }), "no");
  });
  it("is PutUserPolicy on all users", () =>
    equal(power(group(allow("iam:PutUserPolicy", "arn:aws:iam::*:user/*"))), "self-escalation"));
  it("is only restricted on users of one path", () =>
    equal(power(group(allow("iam:PutUserPolicy", "arn:aws:iam::*:user/ci/*"))), "self-escalation resource"));
  it("is nothing under a boundary that the member does not have", () =>
    equal(
      power(
        group(
          allow("iam:PutUserPolicy", "*", {
            StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/b" },
          }),
        ),
      ),
      "no",
    ));
  it("is AddUserToGroup into any group", () => equal(power(group(allow("iam:AddUserToGroup"))), "self-escalation"));
  it("is only restricted into one group", () =>
    equal(power(group(allow("iam:AddUserToGroup", "arn:aws:iam::*:group/readers"))), "self-escalation resource"));
  it("is CreatePolicyVersion on a policy that it has", () =>
    equal(
      power({
        ...group(allow("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/p")),
        managedPolicyArns: ["arn:aws:iam::111122223333:policy/p"],
      }),
      "self-escalation",
    ));
  it("is CreatePolicyVersion on a policy that it has in an account that nobody knows", () =>
    equal(
      power({
        kind: "group",
        name: "devs",
        identity: [policy(allow("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/p"))],
        managedPolicyArns: ["arn:aws:iam::*:policy/p"],
      }),
      "self-escalation",
    ));
  it("is only restricted on a policy that it does not have", () =>
    equal(
      power({
        ...group(allow("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/q")),
        managedPolicyArns: ["arn:aws:iam::111122223333:policy/p"],
      }),
      "self-escalation resource",
    ));
  it("is CreatePolicyVersion on all policies when it has one, named or not", () =>
    equal(power({ ...group(allow("iam:CreatePolicyVersion")), customerManaged: true }), "self-escalation"));
  it("is nothing on all policies when it has none", () => equal(power(group(allow("iam:CreatePolicyVersion"))), "no"));
  it("is SetDefaultPolicyVersion on a policy that it has", () =>
    equal(
      power({
        ...group(allow("iam:SetDefaultPolicyVersion")),
        managedPolicyArns: ["arn:aws:iam::111122223333:policy/p"],
      }),
      "self-escalation",
    ));
  it("is not a change to a policy of AWS", () =>
    equal(
      power({ ...group(allow("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/*")), customerManaged: true }),
      "no",
    ));
  it("is taken away by a Deny in another policy", () =>
    equal(power({ ...group(), identity: [policy(allow("iam:AddUserToGroup")), policy(deny("iam:Add*"))] }), "no"));
  it("stays where the Deny covers only another group", () =>
    equal(
      power({
        ...group(),
        identity: [policy(allow("iam:AddUserToGroup")), policy(deny("iam:Add*", "arn:aws:iam::*:group/admins"))],
      }),
      "self-escalation",
    ));
  it("is found in whatever letter case", () => equal(power(group(allow("IAM:addUSERtogroup"))), "self-escalation"));
  it("is nothing with a blank behind the action's name", () => equal(power(group(allow("iam:AddUserToGroup "))), "no"));
  it("takes the account of its policies for its own when nobody says which it is in", () =>
    equal(
      power({ kind: "group", name: "devs", identity: [policy(allow("iam:PutGroupPolicy", ownGroup))] }),
      "self-escalation",
    ));
});

describe("admin power: self-escalation of users and roles", () => {
  it("is PutUserPolicy on oneself by name", () =>
    equal(power(user(allow("iam:PutUserPolicy", "arn:aws:iam::111122223333:user/alice"))), "self-escalation"));
  it("is only restricted on another user", () =>
    equal(power(user(allow("iam:PutUserPolicy", "arn:aws:iam::111122223333:user/bob"))), "self-escalation resource"));
  it("minds the path in a user's ARN", () =>
    equal(
      power({ ...user(allow("iam:PutUserPolicy", "arn:aws:iam::111122223333:user/ops/alice")), path: "/ops/" }),
      "self-escalation",
    ));
  it("tells letter case apart in a resource", () =>
    equal(power(user(allow("iam:PutUserPolicy", "arn:aws:iam::111122223333:user/ALICE"))), "self-escalation resource"));
  it("is PutGroupPolicy on a group that the user is in", () =>
    equal(power({ ...user(allow("iam:PutGroupPolicy", ownGroup)), groups: ["devs"] }), "self-escalation"));
  it("is only restricted on a group that the user is not in", () =>
    equal(power(user(allow("iam:PutGroupPolicy", ownGroup))), "self-escalation resource"));
  it("is PutRolePolicy on the role itself", () =>
    equal(power(role(allow("iam:PutRolePolicy", "arn:aws:iam::111122223333:role/app"))), "self-escalation"));
  it("is nothing for a role that only changes users", () => equal(power(role(allow("iam:PutUserPolicy"))), "no"));
  it("is tied to a tag where the role's own must fit", () =>
    equal(
      power({
        ...role(allow("iam:PutRolePolicy", "*", { StringEquals: { "aws:PrincipalTag/team": "ops" } })),
        tags: { team: "ops" },
      }),
      "self-escalation",
    ));
  it("is nothing where the role's own tag does not fit", () =>
    equal(
      power({
        ...role(allow("iam:PutRolePolicy", "*", { StringEquals: { "aws:PrincipalTag/team": "ops" } })),
        tags: { team: "web" },
      }),
      "no",
    ));
  it("is that of a user whose tag can be the name that a Deny spares", () =>
    equal(
      power(user(allow("iam:PutUserPolicy"), denyBut("arn:aws:iam::*:user/${aws:PrincipalTag/self}"))),
      "self-escalation tag",
    ));
  it("only reaches others where the Deny spares longer names", () =>
    equal(
      power(user(allow("iam:PutUserPolicy"), denyBut("arn:aws:iam::*:user/x-${aws:PrincipalTag/self}"))),
      "self-escalation resource tag",
    ));
});

describe("admin power and what is not known yet", () => {
  it("is undecided while a policy may grant it", () =>
    equal(power({ ...group(), identity: [notRead("urn:later")] }), "unknown"));
  it("is decided where a policy that is not read could only deny it", () => {
    const verdict = adminPower({ ...group(), identity: [policy(allow("*")), notRead("urn:later")] });
    deepEqual(verdict.answer === "yes" && verdict.because.unless, ["urn:later"]);
  });
  it("is undecided under a boundary that is not read", () =>
    equal(power({ ...user(allow("*")), boundary: notRead("urn:boundary") }), "unknown"));
  it("is a no under such a boundary where nothing grants it", () =>
    equal(power({ ...user(allow("s3:*")), boundary: notRead("urn:boundary") }), "no"));
  it("is undecided behind an operator that AWS does not have", () =>
    equal(power(group(allow("*", "*", { StringLikes: { "aws:username": "a" } }))), "unknown"));
  it("is undecided behind such an operator of a Deny", () =>
    equal(power(group(allow("*"), deny("*", "*", { StringLikes: { "aws:username": "a" } }))), "unknown"));
  it("is a no where an unknown operator stands beside harmless actions", () =>
    equal(power(group(allow("s3:*", "*", { StringLikes: { "aws:username": "a" } }))), "no"));
  it("is power over what has a tag with an empty value, as much as over any other", () => {
    const over = (value: string) => power(group(allow("*", "*", { StringEquals: { "iam:ResourceTag/team": value } })));
    equal(over(""), over("ops"));
    equal(over("ops"), "self-escalation tag");
  });
  it("is undecided where a condition has an empty list of values", () =>
    equal(power(group(allow("*", "*", { StringEquals: { "aws:username": [] } }))), "unknown"));
});

describe("admin power of AWS managed policies", () => {
  const of = (name: string) => power({ kind: "group", name: "devs", identity: [managed(name)] });
  it("AdministratorAccess", () => equal(of("AdministratorAccess"), "full"));
  it("IAMFullAccess", () => equal(of("IAMFullAccess"), "iam-full"));
  it("PowerUserAccess", () => equal(of("PowerUserAccess"), "no"));
  it("AdministratorAccess-Amplify", () => equal(of("AdministratorAccess-Amplify"), "no"));
  it("SystemAdministrator", () => equal(of("job-function/SystemAdministrator"), "no"));
  it("ReadOnlyAccess", () => equal(of("ReadOnlyAccess"), "no"));
  it("IAMReadOnlyAccess", () => equal(of("IAMReadOnlyAccess"), "no"));
  it("IAMUserChangePassword", () => equal(of("IAMUserChangePassword"), "no"));
  it("IAMUserSSHKeys", () => equal(of("IAMUserSSHKeys"), "no"));
});

describe("the witness of admin power", () => {
  it("is one request with the keys that matter", () => {
    const verdict = adminPower(group(allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}", mfa)));
    deepEqual(verdict.answer === "yes" && verdict.because.witnesses, [
      {
        scenario: "a member, signed in with MFA",
        action: "iam:PutUserPolicy",
        resource: "arn:aws:iam::111122223333:user/some-member",
        context: { "aws:multifactorauthpresent": "true", "aws:username": "some-member" },
      },
    ]);
  });
  it("comes with the statement that grants it", () => {
    const identity = [{ origin: "inline", document: documentOf([allow("s3:*"), allow("iam:AddUserToGroup")]) }];
    const verdict = adminPower({ ...group(), identity });
    deepEqual(verdict.answer === "yes" && verdict.because.statements, [{ origin: "inline", path: "$.Statement[1]" }]);
  });
});
