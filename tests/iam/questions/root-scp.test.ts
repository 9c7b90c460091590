import { deepEqual, equal } from "node:assert/strict";
import { notYet, rootHold, rootMay } from "../../../policypack/iam";
import { documentOf } from "../policies";
import { gaps, guard, reasonFor, root, sound } from "./root-guards";

describe("root SCP: who is meant", () => {
  it("ArnLike on the root user binds it", () => equal(gaps([guard(sound)]), "no"));
  it("StringLike binds it", () => equal(gaps([guard({ StringLike: { "aws:PrincipalArn": root } })]), "no"));
  it("ArnEquals takes wildcards too", () => equal(gaps([guard({ ArnEquals: { "aws:PrincipalArn": root } })]), "no"));
  it("StringEquals takes none", () => equal(gaps([guard({ StringEquals: { "aws:PrincipalArn": root } })]), "operator"));
  it("StringEqualsIgnoreCase takes none", () =>
    equal(gaps([guard({ StringEqualsIgnoreCase: { "aws:PrincipalArn": root } })]), "operator"));
  it("StringEquals on one account binds that account", () =>
    equal(gaps([guard({ StringEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:root" } })]), "no"));
  it("root/* is nobody", () =>
    equal(gaps([guard({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root/*" } })]), "arn"));
  it("an ARN with a region is nobody's", () =>
    equal(gaps([guard({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam:us-east-1:*:root" } })]), "arn"));
  it("user/root is a user, and no mention of the root user", () =>
    equal(gaps([guard({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/root" } })]), ""));
  it("capital letters are another ARN", () =>
    equal(gaps([guard({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:Root" } })]), "arn"));
  it("an ARN with a field too few is nobody's", () =>
    equal(gaps([guard({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam:*:root" } })]), "arn"));
  it("any partition binds it", () =>
    equal(gaps([guard({ ArnLike: { "aws:PrincipalArn": "arn:*:iam::*:root" } })]), "no"));
  it("GovCloud's root is not the commercial one", () =>
    equal(gaps([guard({ ArnLike: { "aws:PrincipalArn": "arn:aws-us-gov:iam::*:root" } })]), "partition"));
  it("GovCloud's root is bound in GovCloud", () =>
    equal(gaps([guard({ ArnLike: { "aws:PrincipalArn": "arn:aws-us-gov:iam::*:root" } })], "aws-us-gov"), "no"));
  it("China's root is not the commercial one", () =>
    equal(gaps([guard({ StringLike: { "aws:PrincipalArn": "arn:aws-cn:iam::*:root" } })]), "partition"));
  it("several partitions may be listed", () =>
    equal(gaps([guard({ ArnLike: { "aws:PrincipalArn": ["arn:aws-cn:iam::*:root", root] } })]), "no"));
  it("two operators that exclude each other bind nobody", () =>
    equal(
      gaps([guard({ ArnLike: { "aws:PrincipalArn": root }, StringEquals: { "aws:PrincipalArn": root } })]),
      "operator",
    ));
  it("a Deny that spares root is not about binding it", () =>
    equal(gaps([guard({ ArnNotLike: { "aws:PrincipalArn": root } })]), ""));
  it("an SCP without root is not judged", () => equal(gaps([{ Effect: "Deny", Action: "iam:*", Resource: "*" }]), ""));
  it("an Allow is not judged", () => equal(gaps([guard(sound, { Effect: "Allow" })]), ""));
});

describe("root SCP: what narrows it", () => {
  it("one region leaves the others open", () =>
    equal(gaps([guard({ ...sound, StringEquals: { "aws:RequestedRegion": "us-east-1" } })]), "region"));
  it("all regions by a wildcard leave none", () =>
    equal(gaps([guard({ ...sound, StringLike: { "aws:RequestedRegion": "*" } })]), "no"));
  it("sparing AssumeRoot sessions is an exemption", () =>
    equal(gaps([guard({ ...sound, Null: { "aws:AssumedRoot": "true" } })]), "no"));
  it("sparing them by BoolIfExists is one too", () =>
    equal(gaps([guard({ ...sound, BoolIfExists: { "aws:AssumedRoot": "false" } })]), "no"));
  it("sparing them by Bool spares root itself", () =>
    equal(gaps([guard({ ...sound, Bool: { "aws:AssumedRoot": "false" } })]), "condition"));
  it("binding users of type User binds no root", () =>
    equal(gaps([guard({ ...sound, StringEquals: { "aws:PrincipalType": "User" } })]), "principal"));
  it("one network is a narrower guard", () =>
    equal(gaps([guard({ ...sound, NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } })]), "no"));
  it("and says so", () =>
    deepEqual(
      rootHold(documentOf([guard({ ...sound, NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } })], "scp"), {
        origin: "scp",
      })[0]?.narrowedBy,
      ["aws:sourceip"],
    ));
  it("binding root in one network leaves all others", () => {
    const inside = (operator: string, key: string, value: unknown) =>
      gaps([guard({ ...sound, [operator]: { [key]: value } })]);
    equal(inside("IpAddress", "aws:SourceIp", "203.0.113.0/24"), "network");
    equal(inside("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"), "no");
    equal(inside("IpAddress", "aws:SourceIp", ["0.0.0.0/0", "::/0"]), "network");
    equal(inside("StringEquals", "aws:SourceVpce", "vpce-1a2b3c4d"), "network");
    equal(inside("StringNotEquals", "aws:SourceVpce", "vpce-1a2b3c4d"), "no");
    equal(inside("StringNotEqualsIfExists", "aws:SourceVpc", "vpc-1a2b3c4d"), "no");
    equal(inside("StringLike", "aws:SourceVpc", "*"), "network");
    equal(inside("StringNotLike", "aws:SourceVpc", "*"), "network");
    equal(inside("Null", "aws:SourceVpce", "false"), "network");
    equal(inside("Null", "aws:SourceVpce", "true"), "network");
    equal(inside("StringEquals", "aws:VpceOrgID", "o-a1b2c3d4e5"), "network");
    equal(inside("StringNotEqualsIfExists", "aws:VpceOrgID", "o-a1b2c3d4e5"), "no");
    equal(inside("ForAnyValue:StringLike", "aws:VpceOrgPaths", "o-a1b2c3d4e5/r-a1b2/*"), "network");
  });
  it("binding it outside of several networks at once holds", () =>
    equal(
      gaps([
        guard({
          ...sound,
          NotIpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" },
          StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-1a2b3c4d" },
        }),
      ]),
      "no",
    ));
  it("two statements that bind it inside a network and outside hold together", () =>
    equal(
      gaps([
        guard({ ...sound, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
        guard({ ...sound, NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
      ]),
      "no no",
    ));
  it("fewer actions are a narrower guard", () => equal(gaps([guard(sound, { Action: ["ec2:*", "s3:*"] })]), "no"));
  it("all but a list of actions is a guard", () => {
    const { Action: _, ...rest } = guard(sound, {});
    equal(gaps([{ ...rest, NotAction: ["iam:CreateVirtualMFADevice", "aws-portal:*"] }]), "no");
  });
  it("one bucket is a narrower guard", () =>
    equal(gaps([guard(sound, { Action: "s3:*", Resource: "arn:aws:s3:::audit" })]), "no"));
  it("every ARN misses actions without a resource", () =>
    equal(gaps([guard(sound, { Resource: "arn:aws:*:*:*:*" })]), "resource"));
  it("every ARN is enough for actions that take one", () =>
    equal(gaps([guard(sound, { Action: "s3:DeleteBucket", Resource: "arn:aws:s3:::*" })]), "no"));
  it("every ARN of a service misses its actions without a resource", () =>
    equal(gaps([guard(sound, { Action: "s3:*", Resource: "arn:aws:s3:::*" })]), "resource"));
  it("another statement may close the gap", () =>
    equal(gaps([guard(sound, { Resource: "arn:aws:*:*:*:*" }), guard(sound)]), "no no"));
  it("another statement may close it for a wrong operator", () =>
    equal(gaps([guard({ StringEquals: { "aws:PrincipalArn": root } }), guard(sound)]), "no no"));
});

describe("root SCP: resources that cannot fit", () => {
  const on = (Action: unknown, Resource: unknown) => gaps([guard(sound, { Action, Resource })]);
  const sparing = (Action: unknown, NotResource: unknown) => {
    const { Resource: _, ...rest } = guard(sound, { Action });
    return gaps([{ ...rest, NotResource }]);
  };

  it("a bucket has no slash", () => {
    equal(on("s3:DeleteBucket", "arn:aws:s3:::*/*"), "resource");
    equal(on("s3:DeleteObject", "arn:aws:s3:::*/*"), "no");
    equal(on("s3:DeleteBucket", ["arn:aws:s3:::*", "arn:aws:s3:::*/*"]), "no");
    equal(on("s3:DeleteBucket", "arn:aws:s3:::audit"), "no");
  });
  it("every action that is named has to fit", () => {
    equal(on(["s3:DeleteBucket", "s3:DeleteObject"], "arn:aws:s3:::audit"), "resource");
    equal(on(["s3:DeleteBucket", "s3:DeleteObject"], ["arn:aws:s3:::audit", "arn:aws:s3:::audit/*"]), "no");
    equal(on(["iam:CreateUser", "iam:GetAccountSummary"], "arn:aws:iam::*:user/*"), "resource");
    equal(on("s3:*", ["arn:aws:s3:::audit", "arn:aws:s3:::audit/*"]), "no");
  });
  it("nor of another partition, another service or another sort", () => {
    equal(on("s3:DeleteBucket", "arn:aws-us-gov:s3:::*"), "resource");
    equal(on("iam:CreateUser", "arn:aws:iam::*:role/*"), "resource");
    equal(on("iam:CreateUser", "arn:aws:iam::*:user/*"), "no");
    equal(on("ec2:TerminateInstances", "arn:aws:s3:::*"), "resource");
  });
  it("NotResource spares what it matches", () => {
    equal(sparing("*", "arn:aws:s3:::logs/*"), "no");
    equal(sparing("s3:DeleteBucket", "arn:aws:s3:::*"), "resource");
    equal(sparing("*", "arn:aws:*:*:*:*"), "resource");
  });
});

describe("root SCP: lists of what is allowed", () => {
  const list = (Condition: unknown) => gaps([guard(Condition, { Effect: "Allow", Action: "ec2:*" })]);

  it("one that leaves the root user out holds it", () => {
    equal(list({ ArnNotLike: { "aws:PrincipalArn": root } }), "no");
    equal(list({ StringNotEquals: { "aws:PrincipalType": "Account" } }), "no");
  });
  it("one that means to and does not is a mistake", () => {
    equal(list({ StringNotEquals: { "aws:PrincipalArn": root } }), "operator");
    equal(list({ ArnNotLike: { "aws:PrincipalArn": "arn:aws-cn:iam::*:root" } }), "partition");
    equal(list({ StringNotEquals: { "aws:PrincipalType": "Root" } }), "principal");
  });
  it("one that means the root user is not judged", () => equal(list({ ArnLike: { "aws:PrincipalArn": root } }), ""));
});

describe("root SCP: what the root user may do under all of them", () => {
  const may = (...policies: readonly (readonly object[])[]) => {
    const scps = policies.map((statements, i) => ({ origin: `scp-${i}`, document: documentOf(statements, "scp") }));
    const verdict = rootMay(scps);
    return verdict.answer === "yes" ? verdict.because.action : verdict.answer;
  };
  const denyAll = { Effect: "Deny", Action: "*", Resource: "*" };

  it("nothing, where a Deny means it or everybody", () => {
    equal(may([guard(sound)]), "no");
    equal(may([denyAll]), "no");
    equal(may([guard({ ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/breakglass" } })]), "no");
    equal(may([guard({ Null: { "aws:PrincipalArn": "false" } })]), "no");
  });
  it("what its guard spares is not counted", () => {
    const { Action: _, ...rest } = guard(sound);
    equal(may([{ ...rest, NotAction: ["iam:*", "sts:*"] }]), "no");
  });
  it("anything, where no Deny takes it away", () => {
    equal(may([{ ...denyAll, Action: "ec2:*" }]), "iam:CreateUser");
    equal(may([guard({ StringEquals: { "aws:PrincipalArn": root } })]), "iam:CreateUser");
    equal(
      may([guard({ ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/breakglass", root] } })]),
      "iam:CreateUser",
    );
  });
  it("what a list of Allows gives it, and what two policies leave together", () => {
    equal(may([{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }]), "s3:GetObject");
    equal(may([guard({ ArnNotLike: { "aws:PrincipalArn": root } }, { Effect: "Allow" })]), "no");
    equal(may([guard(sound, { Action: "iam:*" })], [{ ...denyAll, Action: undefined, NotAction: "iam:*" }]), "no");
  });
  it("nobody knows, where a policy is not read", () =>
    equal(rootMay([{ origin: "other", document: { notRead: "not known yet" } }]).answer, "unknown"));
});

describe("root SCP: doubt and witness", () => {
  it("an operator that AWS does not have is undecided", () =>
    equal(gaps([guard({ ArnLikes: { "aws:PrincipalArn": root } })]), "unknown"));
  it("a condition that is not known yet is undecided", () =>
    equal(gaps([guard({ ...sound, StringEquals: { "aws:RequestedRegion": notYet } })]), "unknown"));
  it("a wrong operator stays wrong beside one", () =>
    equal(
      gaps([guard({ StringEquals: { "aws:PrincipalArn": root }, Bool: { "aws:SecureTransport": notYet } })]),
      "operator",
    ));
  it("the witness is what root may do", () => {
    const [verdict] = rootHold(documentOf([guard({ StringEquals: { "aws:PrincipalArn": root } })], "scp"), {
      origin: "scp",
    });
    deepEqual(verdict?.statement, { origin: "scp", path: "$.Statement[0]" });
    deepEqual(verdict?.escapes.answer === "yes" && verdict.escapes.because.witness, {
      scenario: "the root user of a member account",
      action: "iam:CreateUser",
      resource: "arn:aws:iam::123456789012:user/example",
      context: { "aws:principalarn": "arn:aws:iam::123456789012:root" },
    });
  });
});

describe("root SCP: what is said of a mistake", () => {
  it("names the operator and the ARN", () =>
    equal(
      reasonFor({ StringEquals: { "aws:PrincipalArn": root } }),
      "StringEquals takes no wildcards, so arn:aws:iam::*:root matches no principal",
    ));
  it("names the ARN that nobody has", () =>
    equal(
      reasonFor({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root/*" } }),
      "arn:aws:iam::*:root/* is not the ARN of a root user",
    ));
  it("names the ARN of another partition", () =>
    equal(
      reasonFor({ ArnLike: { "aws:PrincipalArn": "arn:aws-cn:iam::*:root" } }),
      "arn:aws-cn:iam::*:root is of another partition than aws",
    ));
  it("names the regions", () =>
    equal(
      reasonFor({ ...sound, StringEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] } }),
      "it holds only where aws:RequestedRegion is us-east-1 and eu-west-1",
    ));
});

describe("root SCP: beside other policies", () => {
  const wrong = [guard({ StringEquals: { "aws:PrincipalArn": root } })];
  const beside = (...statements: object[]) => ({
    beside: [{ origin: "other", document: documentOf(statements, "scp") }],
  });
  it("another policy that binds root closes the gap", () => equal(gaps(wrong, "aws", beside(guard(sound))), "no"));
  it("one that binds it for other actions does not", () =>
    equal(gaps(wrong, "aws", beside(guard(sound, { Action: "s3:*" }))), "operator"));
  it("a policy that is not read may close it", () =>
    equal(gaps(wrong, "aws", { beside: [{ origin: "other", document: { notRead: "not known yet" } }] }), "unknown"));
  it("one that is not read takes nothing from a statement that holds", () =>
    equal(
      gaps([guard(sound)], "aws", { beside: [{ origin: "other", document: { notRead: "not known yet" } }] }),
      "no",
    ));
  it("a condition that is not known yet may close it", () =>
    equal(gaps(wrong, "aws", beside(guard({ ...sound, StringEquals: { "aws:RequestedRegion": notYet } }))), "unknown"));
});

describe("root SCP: sessions of sts:AssumeRoot", () => {
  const asked = { as: "AssumeRoot" } as const;
  it("a plain guard binds them", () => equal(gaps([guard(sound)], "aws", asked), "no"));
  it("one that spares them does not", () =>
    equal(gaps([guard({ ...sound, Null: { "aws:AssumedRoot": "true" } })], "aws", asked), "session"));
  it("one that spares root itself binds them", () =>
    equal(gaps([guard({ ...sound, Bool: { "aws:AssumedRoot": "true" } })], "aws", asked), "no"));
  it("conditions that exclude each other are a mistake here too", () =>
    equal(
      gaps(
        [guard({ ...sound, Null: { "aws:AssumedRoot": "true" }, StringEquals: { "aws:PrincipalType": "User" } })],
        "aws",
        asked,
      ),
      "principal",
    ));
  it("the witness is made by such a session", () => {
    const document = documentOf([guard({ ...sound, Null: { "aws:AssumedRoot": "true" } })], "scp");
    const [verdict] = rootHold(document, { origin: "scp", ...asked });
    equal(
      verdict?.escapes.answer === "yes" && verdict.escapes.because.witness.scenario,
      "a root session made by sts:AssumeRoot",
    );
  });
});
