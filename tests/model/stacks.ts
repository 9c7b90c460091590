import fc from "fast-check";
import { notYet } from "../../policypack/iam/language/document";
import type { Resource } from "../../policypack/model/resources/resource";
import { aws } from "../../policypack/model/types/aws";
import { provider, resource, urn } from "./resource";
import { stack, template } from "./template";

const set = "aws:ssoadmin/permissionSet:PermissionSet";
const policy = "aws:iam/policy:Policy";
const account = "aws:organizations/account:Account";
const scp = "aws:organizations/policy:Policy";
const oidc = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

/** Those that others refer to, and that have few names, so that references often meet. */
const made = ["aws:iam/user:User", "aws:iam/group:Group", "aws:iam/role:Role", policy, set, account, scp, oidc];
const types = Object.keys(aws).filter((type) => type !== stack);

const name = fc.constantFrom("a", "b", "A");
const elsewhere = fc.constantFrom("else", "other");
const nameOrNot = fc.oneof({ weight: 4, arbitrary: name }, fc.constant(notYet));

function documentOf(...effects: readonly string[]): string {
  const statements = effects.map((Effect) => ({ Effect, Action: "s3:*", Resource: "*" }));
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const document = fc.constantFrom(documentOf("Allow"), documentOf("Allow", "Deny"), notYet, "{", undefined);

/** A name, an ARN, or a value that is to come. */
function referenceTo(kind: string): fc.Arbitrary<unknown> {
  const arn = fc
    .tuple(fc.constantFrom("111122223333", "444455556666"), fc.constantFrom("/", "/x/"), name)
    .map(([owner, path, text]) => `arn:aws:iam::${owner}:${kind}${path}${text}`);
  return fc.oneof({ weight: 4, arbitrary: name }, arn, elsewhere, fc.constant(notYet));
}

function listOf(item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: fc.array(item, { maxLength: 3 }) }, fc.constant(notYet));
}

const [user, group, role] = [referenceTo("user"), referenceTo("group"), referenceTo("role")];
const someArn = fc.constantFrom(
  "arn:aws:iam::111122223333:policy/a",
  "arn:aws:sso:::permissionSet/ssoins-1/ps-a",
  "arn:aws:iam::444455556666:user/b",
  "arn:aws:organizations::111122223333:account/o-1/111122223333",
);
const policyRef = fc.oneof(referenceTo("policy"), fc.constant("arn:aws:iam::aws:policy/ReadOnlyAccess"));
const setArn = fc.constantFrom("arn:aws:sso:::permissionSet/ssoins-1/ps-a", "arn:aws:sso:::permissionSet/x/y", notYet);
const id = fc.constantFrom("p-1", "p-2", notYet);
const trust = fc.constantFrom(
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" } }),
  notYet,
);

const inTemplate = JSON.stringify({
  Resources: {
    A: { Type: "AWS::IAM::Group", Properties: { GroupName: "a" } },
    P: {
      Type: "AWS::IAM::Policy",
      Properties: { PolicyName: "p", PolicyDocument: documentOf("Allow"), Groups: [{ Ref: "A" }, "b"], Users: ["a"] },
    },
  },
});

/** Every property that the table of types reads, with what often meets something. */
const properties = fc.record(
  {
    ...{ name: nameOrNot, path: fc.constantFrom("/", "/x/"), arn: someArn, id, tags: fc.constant({ team: "x" }) },
    ...{ user, userName: user, username: user, users: listOf(user) },
    ...{ group, groupName: group, groups: listOf(group) },
    ...{ role, roleName: role, roles: listOf(role) },
    ...{ policy: document, inlinePolicy: document, content: document, assumeRolePolicy: trust },
    ...{ policyArn: policyRef, policyArns: listOf(policyRef), permissionsBoundary: policyRef },
    ...{ managedPolicyArn: policyRef, managedPolicyArns: listOf(policyRef), permissionSetArn: setArn },
    policyNames: listOf(nameOrNot),
    inlinePolicies: listOf(fc.record({ name: nameOrNot, policy: document })),
    customerManagedPolicyReference: fc.record({ name: nameOrNot }),
    ...{ policyId: id, accountId: id, targetId: id, email: name, alternateContactType: fc.constant("SECURITY") },
    entitlement: role.map((roleArn) => ({ principalRole: { roleArn } })),
  },
  { requiredKeys: [] },
);

const source = fc.oneof(
  fc.tuple(fc.constantFrom(...made), name).map(([type, text]) => urn(type, text)),
  fc.constant(urn(stack, "accounts")),
);
const sources = fc.dictionary(
  fc.constantFrom(
    ...["user", "group", "role", "users", "groups", "roles", "policyArn", "policyArns", "permissionSetArn"],
    ...["assumeRolePolicy", "permissionsBoundary", "policyId", "accountId", "policyNames", "managedPolicyArns"],
  ),
  fc.array(source, { maxLength: 2 }),
  { maxKeys: 4 },
);

const givenProvider = fc.constantFrom(
  provider("one", { region: "eu-west-1", allowedAccountIds: '["111122223333"]' }),
  provider("two", { region: "eu-west-1", allowedAccountIds: '["444455556666"]' }),
  undefined,
);

const anyResource: fc.Arbitrary<Resource> = fc
  .record({
    type: fc.oneof(fc.constantFrom(...made), fc.constantFrom(...types)),
    name,
    properties,
    from: sources,
    provider: givenProvider,
  })
  .map(({ type, name, properties, from, provider }) =>
    resource(type, name, properties, provider === undefined ? { from } : { from, provider }),
  );

/** Small stacks about identity whose resources refer to each other in every way, with names that are doubled, missing and to come. */
export const stacks: fc.Arbitrary<readonly Resource[]> = fc.array(
  fc.oneof({ weight: 20, arbitrary: anyResource }, fc.constant(template(inTemplate))),
  { minLength: 1, maxLength: 14 },
);
