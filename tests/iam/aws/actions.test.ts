import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  accessLevelOf,
  actionName,
  actionsMatching,
  allActions,
  arnTemplatesOf,
  conditionKeysOf,
  futureAction,
  indexOf,
  isPermissionsManagement,
  supportsConditionKey,
  universeSize,
} from "../../../policypack/iam/aws/actions";

function numberOf(name: string): number {
  const number = indexOf(name);
  if (number === undefined) throw new Error(`${name} is not in the universe`);
  return number;
}

function namesOf(pattern: string): string[] {
  return [...actionsMatching(pattern)].map(actionName);
}

describe("the universe of actions", () => {
  it("gives every action one number and one name", () => {
    const names = [...allActions()].map(actionName);
    equal(names.length, universeSize());
    equal(new Set(names.map((name) => name.toLowerCase())).size, universeSize());
    deepEqual(
      names.filter((name, i) => i !== futureAction() && indexOf(name) !== i),
      [],
    );
  });

  it("has more than twenty thousand actions", () => ok(universeSize() > 20_000));

  it("knows an action by its name in any letter case", () =>
    equal(actionName(numberOf("IAM:putUSERpolicy")), "iam:PutUserPolicy"));

  it("does not know a name that AWS has not published", () => equal(indexOf("iam:PutUserPolicies"), undefined));
  it("does not know a service that AWS has not published", () => equal(indexOf("iamm:PutUserPolicy"), undefined));
  it("does not know a name with a second colon", () => equal(indexOf("iam:PutUserPolicy:"), undefined));

  it("keeps names that are not made of a verb and a noun", () => {
    deepEqual(namesOf("sns:Publish"), ["sns:Publish"]);
    deepEqual(namesOf("apigateway:GET"), ["apigateway:GET"]);
  });

  it("refuses a number that is no action", () => {
    throws(() => actionName(universeSize()), RangeError);
    throws(() => actionName(-1), RangeError);
    throws(() => actionName(0.5), RangeError);
  });

  it("classes actions as AWS does", () => {
    equal(accessLevelOf(numberOf("s3:GetObject")), "read");
    equal(accessLevelOf(numberOf("s3:ListBucket")), "list");
    equal(accessLevelOf(numberOf("s3:PutObject")), "write");
    equal(accessLevelOf(numberOf("iam:TagUser")), "tagging");
    equal(isPermissionsManagement(numberOf("iam:PutUserPolicy")), true);
    equal(isPermissionsManagement(numberOf("iam:GetUser")), false);
  });
});

describe("action patterns", () => {
  it("* is everything, the future included", () => ok(actionsMatching("*").equals(allActions())));
  it("*:* is everything", () => ok(actionsMatching("*:*").equals(allActions())));
  it("** is everything", () => ok(actionsMatching("**").equals(allActions())));
  it("a service's wildcard leaves the future out", () => ok(!actionsMatching("iam:*").has(futureAction())));

  it("letter case does not matter", () => deepEqual(namesOf("Sts:gETcALLERiDENTITY"), ["sts:GetCallerIdentity"]));
  it("? is one character", () => deepEqual(namesOf("iam:?utUserPolicy"), ["iam:PutUserPolicy"]));
  it("? is not no character", () => deepEqual(namesOf("iam:?PutUserPolicy"), []));
  it("* may be no character", () => deepEqual(namesOf("iam:Put*User*Policy"), ["iam:PutUserPolicy"]));
  it("wildcards work in the service", () => deepEqual(namesOf("ia?:PutUserPolicy"), ["iam:PutUserPolicy"]));
  it("a * in the service reaches every service", () =>
    deepEqual(namesOf("*:AssumeRoleW*"), ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]));

  it("a trailing blank matches nothing", () => deepEqual(namesOf("iam:PutUserPolicy "), []));
  it("a trailing blank after a wildcard matches nothing", () => deepEqual(namesOf("iam:* "), []));
  it("a comma matches nothing", () => deepEqual(namesOf("iam:PutUserPolicy,"), []));
  it("a second colon matches nothing", () => deepEqual(namesOf("iam:*:*"), []));
  it("an empty pattern matches nothing", () => deepEqual(namesOf(""), []));
  it("a letter that only looks like ASCII matches nothing", () => deepEqual(namesOf("\u212Ams:Decrypt"), []));
  it("the ASCII letter matches", () => deepEqual(namesOf("Kms:Decrypt"), ["kms:Decrypt"]));
});

describe("what an action's request can be about", () => {
  it("has the ARN templates of its resources, names as wildcards", () =>
    deepEqual(arnTemplatesOf(numberOf("iam:PutUserPolicy")), [`arn:\${Partition}:iam::\${Account}:user/*`]));

  it("has none for an action without resources", () => deepEqual(arnTemplatesOf(numberOf("iam:ListUsers")), []));
  it("has none for the future", () => deepEqual(arnTemplatesOf(futureAction()), []));

  it("keeps empty fields of a template", () =>
    deepEqual(arnTemplatesOf(numberOf("s3:ListBucket")).includes(`arn:\${Partition}:s3:::*`), true));

  it("has the condition keys that AWS lists for PassRole", () =>
    deepEqual(conditionKeysOf(numberOf("iam:PassRole")), [
      `aws:ResourceTag/\${TagKey}`,
      "iam:AssociatedResourceArn",
      "iam:PassedToService",
      `iam:ResourceTag/\${TagKey}`,
    ]));

  it("can carry a key of its own, in any letter case", () =>
    ok(supportsConditionKey(numberOf("iam:PassRole"), "IAM:passedtoservice")));
  it("cannot carry another action's key", () =>
    ok(!supportsConditionKey(numberOf("iam:PutUserPolicy"), "iam:PassedToService")));

  it("can carry a tag that its resource supports", () =>
    ok(supportsConditionKey(numberOf("iam:PutUserPolicy"), "aws:ResourceTag/team")));
  it("cannot carry a tag without a name", () =>
    ok(!supportsConditionKey(numberOf("iam:PutUserPolicy"), "aws:ResourceTag/")));
  it("cannot carry a request tag that it does not set", () =>
    ok(!supportsConditionKey(numberOf("iam:PutUserPolicy"), "aws:RequestTag/team")));
  it("can carry a request tag that it sets", () =>
    ok(supportsConditionKey(numberOf("iam:TagUser"), "aws:RequestTag/team")));
  it("can carry a key whose documented placeholder is in angle brackets", () =>
    ok(supportsConditionKey(numberOf("s3:GetObject"), "s3:ExistingObjectTag/team")));

  it("can carry every global key", () =>
    ok(supportsConditionKey(numberOf("iam:PutUserPolicy"), "aws:MultiFactorAuthPresent")));
  it("can carry a key of an identity provider", () =>
    ok(supportsConditionKey(numberOf("s3:GetObject"), "token.actions.githubusercontent.com:sub")));
  it("can carry a key of the credentials", () =>
    ok(supportsConditionKey(numberOf("s3:GetObject"), "ec2:SourceInstanceARN")));
  it("may carry anything when it does not exist yet", () =>
    ok(supportsConditionKey(futureAction(), "iam:PassedToService")));
});
