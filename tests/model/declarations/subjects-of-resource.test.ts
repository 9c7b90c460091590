import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import { isRead } from "../../../policypack/iam/language/policy";
import { organizationPolicyOf, passwordPolicyOf } from "../../../policypack/model/declarations/subjects-of-resource";
import { everything, identityResourceOf, provider, resource, subjectsOf, urn } from "../resource";

const passwordPolicy = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";
const organizationPolicy = "aws:organizations/policy:Policy";

describe("the subjects that one resource is", () => {
  it("are the resource alone, for one that says nothing about identity", () => {
    assert.deepEqual(
      subjectsOf(resource("aws:s3/bucket:Bucket", "b", {})).map(({ kind }) => kind),
      ["resource"],
    );
  });

  it("are an identity resource too, for a user", () => {
    assert.deepEqual(
      subjectsOf(resource("aws:iam/user:User", "u", { name: "alice" })).map(({ kind }) => kind),
      ["resource", "identityResource"],
    );
  });

  it("are a password policy too, for one", () => {
    assert.deepEqual(
      subjectsOf(resource(passwordPolicy, "p", {})).map(({ kind }) => kind),
      ["resource", "passwordPolicy", "identityResource"],
    );
  });

  it("are a policy of the organization too, for one", () => {
    assert.deepEqual(
      subjectsOf(resource(organizationPolicy, "p", { content: everything })).map(({ kind }) => kind),
      ["resource", "organizationPolicy", "identityResource"],
    );
  });

  it("are a provider too, for one", () => {
    assert.deepEqual(
      subjectsOf(resource("pulumi:providers:aws", "p", {})).map(({ kind }) => kind),
      ["resource", "provider"],
    );
  });
});

describe("a password policy", () => {
  it("is read with what it says, what it leaves out and what is not known", () => {
    const policy = passwordPolicyOf(
      resource(passwordPolicy, "p", {
        maxPasswordAge: 90,
        minimumPasswordLength: "14",
        passwordReusePrevention: notYet,
        requireSymbols: true,
        hardExpiry: "false",
      }),
    );
    assert.deepEqual(policy?.maxAgeDays, { known: true, value: 90 });
    assert.deepEqual(policy?.minimumLength, { known: true, value: 14 });
    assert.deepEqual(policy?.reusePrevention, {
      known: false,
      waiting: { urn: urn(passwordPolicy, "p"), property: "passwordReusePrevention", on: [] },
    });
    assert.deepEqual(policy?.requiresSymbols, { known: true, value: true });
    assert.deepEqual(policy?.requiresNumbers, { known: true, value: undefined });
    assert.deepEqual(policy?.hardExpiry, { known: true, value: false });
  });

  it("with a value of the wrong type is a fault of the identity resource", () => {
    const found = identityResourceOf(resource(passwordPolicy, "p", { maxPasswordAge: ["90"] }));
    assert.deepEqual(
      found?.faults.map(({ where, message }) => `${where} ${message}`),
      ["maxPasswordAge is a list, where a number is expected"],
    );
  });

  it("is nothing else", () => {
    assert.equal(passwordPolicyOf(resource("aws:iam/user:User", "u", {})), undefined);
  });
});

describe("a policy of the organization", () => {
  it("is a service control policy when no type is given", () => {
    const policy = organizationPolicyOf(resource(organizationPolicy, "p", { content: everything }));
    assert.deepEqual(policy?.type, { known: true, value: "SERVICE_CONTROL_POLICY" });
    assert.ok(policy && isRead(policy.content));
    assert.equal(policy.content.document.kind, "scp");
    assert.deepEqual(policy.text, { known: true, value: everything });
  });

  it("is no identity policy for a tag policy, whose language is another", () => {
    const record = resource(organizationPolicy, "p", { type: "TAG_POLICY", content: '{"tags":{}}' });
    const policy = organizationPolicyOf(record);
    assert.ok(policy && !isRead(policy.content));
    assert.deepEqual(identityResourceOf(record)?.faults, []);
  });

  it("is a fault where the text is no JSON", () => {
    const found = identityResourceOf(resource(organizationPolicy, "p", { content: "{" }));
    assert.deepEqual(
      found?.faults.map(({ effect }) => effect),
      ["unreadable"],
    );
    assert.match(found?.faults[0]?.where ?? "", /^content: /);
  });

  it("is not read while its type is not known", () => {
    const policy = organizationPolicyOf(resource(organizationPolicy, "p", { type: notYet, content: everything }));
    assert.equal(policy?.type.known, false);
    assert.ok(policy && !isRead(policy.content));
  });

  it("of @pulumi/aws-native is sent as compact JSON", () => {
    const policy = organizationPolicyOf(
      resource("aws-native:organizations:Policy", "p", {
        type: "SERVICE_CONTROL_POLICY",
        content: { Version: "2012-10-17", Statement: [] },
      }),
    );
    assert.deepEqual(policy?.text, { known: true, value: '{"Version":"2012-10-17","Statement":[]}' });
  });

  it("of @pulumi/aws-native has no text while a part of it is not known", () => {
    const policy = organizationPolicyOf(
      resource("aws-native:organizations:Policy", "p", {
        type: "SERVICE_CONTROL_POLICY",
        content: { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: notYet }] },
      }),
    );
    assert.equal(policy?.text.known, false);
    assert.ok(policy && isRead(policy.content));
  });

  it("is in the partition of its provider's region", () => {
    const policy = organizationPolicyOf(
      resource(
        organizationPolicy,
        "p",
        { content: everything },
        { provider: provider("cn", { region: "cn-north-1" }) },
      ),
    );
    assert.equal(policy?.partition, "aws-cn");
  });
});

describe("faults of a resource", () => {
  it("name the property and the place in the policy", () => {
    const found = identityResourceOf(
      resource("aws:iam/groupPolicy:GroupPolicy", "g", {
        group: "ops",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "denY", Action: "*", Resource: "*" }],
        }),
      }),
    );
    assert.equal(found?.faults.length, 1);
    assert.match(found?.faults[0]?.where ?? "", /^policy: \$\.Statement\[0\]\.Effect/);
  });

  it("name each of a role's inline policies by its place", () => {
    const found = identityResourceOf(
      resource("aws:iam/role:Role", "r", {
        name: "job",
        assumeRolePolicy: "not JSON",
        inlinePolicies: [
          { name: "a", policy: everything },
          { name: "b", policy: "nor this" },
        ],
      }),
    );
    assert.deepEqual(
      found?.faults.map(({ where }) => where.split(":")[0]),
      ["assumeRolePolicy", "inlinePolicies[1].policy"],
    );
  });

  it("are none for what is not known yet", () => {
    assert.deepEqual(
      identityResourceOf(resource("aws:iam/policy:Policy", "p", { name: "p", policy: notYet }))?.faults,
      [],
    );
  });
});
