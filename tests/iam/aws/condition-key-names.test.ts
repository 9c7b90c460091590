import { deepEqual, equal } from "node:assert/strict";
import { documentedKey } from "../../../policypack/iam";

describe("the spelling of condition keys", () => {
  it("is AWS's for global keys", () =>
    deepEqual(["aws:multifactorauthpresent", "AWS:SOURCEIP", "aws:username"].map(documentedKey), [
      "aws:MultiFactorAuthPresent",
      "aws:SourceIp",
      "aws:username",
    ]));
  it("is AWS's for keys of services", () =>
    deepEqual(["iam:passedtoservice", "s3:existingobjecttag/team", "sts:externalid"].map(documentedKey), [
      "iam:PassedToService",
      "s3:ExistingObjectTag/team",
      "sts:ExternalId",
    ]));
  it("leaves the key of a tag as it is", () =>
    equal(documentedKey("aws:resourcetag/CostCentre"), "aws:ResourceTag/CostCentre"));
  it("leaves keys alone that AWS does not document", () =>
    deepEqual(["token.actions.githubusercontent.com:sub", "aws:nosuchkey", "plain"].map(documentedKey), [
      "token.actions.githubusercontent.com:sub",
      "aws:nosuchkey",
      "plain",
    ]));
});
