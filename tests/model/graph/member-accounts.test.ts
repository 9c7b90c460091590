import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import { graphOf, policiesOf, the } from "../graph-of";
import { provider, resource, urn } from "../resource";

const group = "aws:iam/group:Group";
const attachment = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

const ops = { name: "ops" };
const opsAdministrator = { group: "ops", policyArn: administrator };

/** What the group `ops` of the stack holds when the group and an attachment to `ops` use these providers. */
function joined(
  ofGroup: Readonly<Record<string, unknown>>,
  ofAttachment: Readonly<Record<string, unknown>>,
): readonly string[] {
  const graph = graphOf(
    resource(group, "ops", ops, { provider: provider("one", ofGroup) }),
    resource(attachment, "a", opsAdministrator, { provider: provider("two", ofAttachment) }),
  );
  return graph.groups.filter((each) => each.resource !== undefined).flatMap(policiesOf);
}

describe("two providers", () => {
  it("for two regions of one account are joined", () => {
    assert.deepEqual(joined({ region: "eu-central-1" }, { region: "us-east-1" }), [administrator]);
  });

  it("that assume roles of two accounts are not", () => {
    assert.deepEqual(
      joined(
        { assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]' },
        { assumeRoles: '[{"roleArn":"arn:aws:iam::444455556666:role/deploy"}]' },
      ),
      [],
    );
  });

  it("that assume two roles of one account are joined", () => {
    assert.deepEqual(
      joined(
        { assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]' },
        { assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/other"}]' },
      ),
      [administrator],
    );
  });

  it("go by the last role of a chain", () => {
    assert.deepEqual(
      joined(
        {
          assumeRoles:
            '[{"roleArn":"arn:aws:iam::111122223333:role/hub"},{"roleArn":"arn:aws:iam::444455556666:role/deploy"}]',
        },
        { assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/hub"}]' },
      ),
      [],
    );
  });

  it("of older versions, with one role, are told apart", () => {
    assert.deepEqual(
      joined(
        { assumeRole: '{"roleArn":"arn:aws:iam::111122223333:role/deploy"}' },
        { assumeRole: '{"roleArn":"arn:aws:iam::444455556666:role/deploy"}' },
      ),
      [],
    );
  });

  it("whose assumed role is not known yet are joined", () => {
    assert.deepEqual(
      joined({ assumeRoles: notYet }, { assumeRoles: '[{"roleArn":"arn:aws:iam::444455556666:role/deploy"}]' }),
      [administrator],
    );
  });

  it("with different allowed accounts are not joined", () => {
    assert.deepEqual(joined({ allowedAccountIds: '["111122223333"]' }, { allowedAccountIds: '["444455556666"]' }), []);
  });

  it("with allowed accounts in common are joined", () => {
    assert.deepEqual(
      joined({ allowedAccountIds: '["111122223333","444455556666"]' }, { allowedAccountIds: '["444455556666"]' }),
      [administrator],
    );
  });

  it("with different profiles are not joined", () => {
    assert.deepEqual(joined({ profile: "dev" }, { profile: "prod" }), []);
  });

  it("of which only one has a profile are joined", () => {
    assert.deepEqual(joined({ profile: "dev" }, {}), [administrator]);
  });

  it("with different profiles, of which one then assumes a role, are joined", () => {
    assert.deepEqual(
      joined(
        { profile: "dev", assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]' },
        { profile: "prod" },
      ),
      [administrator],
    );
  });

  it("with different profiles but the same assumed account are joined", () => {
    assert.deepEqual(
      joined(
        { profile: "dev", assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]' },
        { profile: "prod", assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]' },
      ),
      [administrator],
    );
  });
});

describe("the same name in two accounts", () => {
  it("is two groups, each with its own policies", () => {
    const dev = provider("dev", { profile: "dev" });
    const prod = provider("prod", { profile: "prod" });
    const graph = graphOf(
      resource(group, "dev-ops", ops, { provider: dev }),
      resource(group, "prod-ops", ops, { provider: prod }),
      resource(attachment, "a", opsAdministrator, { provider: prod }),
    );
    assert.deepEqual(
      graph.groups.map((each) => [each.resource?.name, policiesOf(each)]),
      [
        ["dev-ops", []],
        ["prod-ops", [administrator]],
      ],
    );
  });

  it("is told apart by the resource that a property comes from, where the accounts are not known", () => {
    const graph = graphOf(
      resource(group, "dev-ops", ops),
      resource(group, "prod-ops", ops),
      resource(attachment, "a", opsAdministrator, { from: { group: [urn(group, "prod-ops")] } }),
    );
    assert.deepEqual(
      graph.groups.map((each) => [each.resource?.name, policiesOf(each)]),
      [
        ["dev-ops", []],
        ["prod-ops", [administrator]],
      ],
    );
  });

  it("is told apart by the provider, where the accounts are not known", () => {
    const dev = provider("dev", { assumeRoles: notYet });
    const prod = provider("prod", { assumeRoles: notYet });
    const graph = graphOf(
      resource(group, "dev-ops", ops, { provider: dev }),
      resource(group, "prod-ops", ops, { provider: prod }),
      resource(attachment, "a", opsAdministrator, { provider: prod }),
    );
    assert.deepEqual(
      graph.groups.map((each) => [each.resource?.name, policiesOf(each)]),
      [
        ["dev-ops", []],
        ["prod-ops", [administrator]],
      ],
    );
  });

  it("means both where nothing tells them apart", () => {
    const graph = graphOf(
      resource(group, "dev-ops", ops),
      resource(group, "prod-ops", ops),
      resource(attachment, "a", opsAdministrator),
    );
    assert.deepEqual(
      graph.groups.map((each) => policiesOf(each)),
      [[administrator], [administrator]],
    );
  });
});

describe("an identity's account and partition", () => {
  it("come from its ARN", () => {
    const graph = graphOf(resource(group, "ops", { name: "ops", arn: "arn:aws-cn:iam::111122223333:group/ops" }));
    const { account, partition, arn } = the(graph, 'group "ops"');
    assert.deepEqual([account, partition, arn], ["111122223333", "aws-cn", "arn:aws-cn:iam::111122223333:group/ops"]);
  });

  it("come from its provider while the ARN is not known", () => {
    const graph = graphOf(
      resource(
        group,
        "ops",
        { name: "ops", arn: notYet },
        {
          provider: provider("gov", { region: "us-gov-west-1", allowedAccountIds: '["111122223333"]' }),
        },
      ),
    );
    const { account, partition } = the(graph, 'group "ops"');
    assert.deepEqual([account, partition], ["111122223333", "aws-us-gov"]);
  });

  it("are not known where nothing tells", () => {
    const graph = graphOf(resource(group, "ops", ops));
    const { account, partition } = the(graph, 'group "ops"');
    assert.deepEqual([account, partition], [undefined, undefined]);
  });
});

describe("an ARN in place of a name", () => {
  it("finds the group in its account", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops", arn: "arn:aws:iam::111122223333:group/ops" }),
      resource(attachment, "a", { group: "arn:aws:iam::111122223333:group/ops", policyArn: administrator }),
    );
    assert.deepEqual(policiesOf(the(graph, 'group "ops"')), [administrator]);
  });

  it("tells the account and path of a group elsewhere", () => {
    const arn = "arn:aws-cn:iam::111122223333:group/teams/ops";
    const graph = graphOf(resource(attachment, "a", { group: arn, policyArn: administrator }));
    const ops = the(graph, 'group "ops"');
    assert.deepEqual([ops.account, ops.partition, ops.path, ops.arn], ["111122223333", "aws-cn", "/teams/", arn]);
  });

  it("does not find it in another", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops", arn: "arn:aws:iam::111122223333:group/ops" }),
      resource(attachment, "a", { group: "arn:aws:iam::444455556666:group/ops", policyArn: administrator }),
    );
    assert.deepEqual(
      graph.groups.map((each) => [each.account, policiesOf(each)]),
      [
        ["111122223333", []],
        ["444455556666", [administrator]],
      ],
    );
  });
});
