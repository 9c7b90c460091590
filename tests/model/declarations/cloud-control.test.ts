import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import { graphOf, policiesOf, the } from "../graph-of";
import { readReports, resource, subjectsOf, urn } from "../resource";
import { faultsOf, identityResources } from "../template";

const cloudControl = "aws:cloudcontrol/resource:Resource";
const group = {
  GroupName: "ops",
  Policies: [{ PolicyName: "read", PolicyDocument: JSON.parse(readReports) as unknown }],
};

describe("a resource of the registry", () => {
  it("is what its desired state says", () => {
    const graph = graphOf(
      resource(cloudControl, "ops", { typeName: "AWS::IAM::Group", desiredState: JSON.stringify(group) }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [
      `${urn(cloudControl, "ops")}#desiredState.Policies[0].PolicyDocument`,
    ]);
  });

  it("is nothing to do with identity where its type is not", () => {
    const bucket = resource(cloudControl, "b", { typeName: "AWS::S3::Bucket", desiredState: "no JSON" });
    assert.deepEqual(graphOf(bucket).groups, []);
    assert.deepEqual(faultsOf(bucket), []);
  });

  it("is read as an object with @pulumi/aws-native", () => {
    const extension = "aws-native:index:ExtensionResource";
    const graph = graphOf(resource(extension, "ops", { type: "AWS::IAM::Group", properties: group }));
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [
      `${urn(extension, "ops")}#properties.Policies[0].PolicyDocument`,
    ]);
  });

  it("is told where its state is no JSON, hides something, or is of a kind that nobody has looked into", () => {
    assert.deepEqual(
      faultsOf(resource(cloudControl, "a", { typeName: "AWS::IAM::User", desiredState: "{'UserName': 'alice'}" })),
      ["unreadable: desiredState: $, line 1 column 2: not JSON: a string in double quotes is expected here"],
    );
    assert.deepEqual(
      faultsOf(
        resource(cloudControl, "a", { typeName: "AWS::IAM::User", desiredState: '{"UserName": "a", "UserName": "b"}' }),
      ),
      [
        "hides: desiredState: $.UserName, line 1 column 19: this key is given twice in one object; only the last one counts",
      ],
    );
    assert.equal(
      faultsOf(resource(cloudControl, "a", { typeName: "AWS::IAM::SuperUser", desiredState: "{}" })).length,
      1,
    );
  });

  it("is waited for where its state or type is not known yet", () => {
    const waiting = (properties: Readonly<Record<string, unknown>>) =>
      identityResources(resource(cloudControl, "a", properties)).flatMap((each) =>
        each.waiting.map(({ property }) => property),
      );
    assert.deepEqual(waiting({ typeName: "AWS::IAM::User", desiredState: notYet }), ["desiredState"]);
    assert.deepEqual(waiting({ typeName: notYet, desiredState: "{}" }), ["typeName"]);
    assert.deepEqual(waiting({ typeName: "AWS::S3::Bucket", desiredState: notYet }), []);
  });

  it("is a service control policy like any other", () => {
    const policy = resource(cloudControl, "guard", {
      typeName: "AWS::Organizations::Policy",
      desiredState: JSON.stringify({
        Name: "guard",
        Type: "SERVICE_CONTROL_POLICY",
        Content: JSON.parse(readReports) as unknown,
        TargetIds: ["r-a1b2"],
      }),
    });
    const texts = subjectsOf(policy).flatMap((each) =>
      each.kind === "organizationPolicy" ? [[each.subject.type, each.subject.text]] : [],
    );
    assert.deepEqual(texts, [
      [
        { known: true, value: "SERVICE_CONTROL_POLICY" },
        { known: true, value: readReports },
      ],
    ]);
    assert.deepEqual(
      graphOf(policy).organizationAttachments.map(({ target, policy: made }) => [target, made?.urn]),
      [[{ known: true, value: "r-a1b2" }, urn(cloudControl, "guard")]],
    );
  });
});
