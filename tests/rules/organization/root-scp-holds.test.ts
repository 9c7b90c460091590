import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  memberAccount,
  organization,
  organizationPolicy,
  policy,
  policyTarget,
} from "../../../policypack/rules/authoring/example-resources";
import { toldBeforeCreation, toldBy } from "../told";

const id = "root-scp-holds";

const anyRoot = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } };

function guard(condition: object): string {
  return policy({ Effect: "Deny", Action: "*", Resource: "*", Condition: { ...anyRoot, ...condition } });
}

/** Each leaves root a way, and together they leave none. */
const inside = organizationPolicy("inside", guard({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }));
const outside = organizationPolicy("outside", guard({ NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }));
const otherActions = organizationPolicy(
  "others",
  policy({ Effect: "Deny", Action: "s3:*", Resource: "*", Condition: anyRoot }),
);

function unit(name: string, parentId: unknown): ExampleResource {
  return { type: "aws:organizations/organizationalUnit:OrganizationalUnit", name, properties: { name, parentId } };
}

const at = (ofPolicy: string, target: unknown) => policyTarget(`${ofPolicy}-at`, unknownFrom(ofPolicy), target);

describe("root-scp-holds: policies attached together", () => {
  const root = "r-a1b2";
  const insideFails = ["mandatory: inside"];

  it("two on one target hold together", async () => {
    assert.deepEqual(await toldBy(id, [inside, outside, at("inside", root), at("outside", root)]), []);
    assert.deepEqual(await toldBy(id, [inside, otherActions, at("inside", root), at("others", root)]), insideFails);
  });

  it("one that nothing attaches closes nothing", async () => {
    assert.deepEqual(await toldBy(id, [inside, outside, at("inside", root)]), insideFails);
    assert.deepEqual(await toldBy(id, [inside, outside, at("outside", root)]), insideFails);
  });

  it("one above closes what one below leaves open, and not the other way round", async () => {
    const work = unit("work", root);
    const below = unknownFrom("work");
    assert.deepEqual(await toldBy(id, [work, inside, outside, at("inside", below), at("outside", root)]), []);
    assert.deepEqual(await toldBy(id, [work, inside, outside, at("inside", root), at("outside", below)]), insideFails);
  });

  it("every place has to be closed", async () => {
    const stack = [unit("work", root), unit("play", root), inside, outside];
    const both = [
      at("inside", unknownFrom("work")),
      policyTarget("inside-play", unknownFrom("inside"), unknownFrom("play")),
    ];
    assert.deepEqual(await toldBy(id, [...stack, ...both, at("outside", unknownFrom("work"))]), insideFails);
    assert.deepEqual(await toldBy(id, [...stack, ...both, at("outside", root)]), []);
  });

  it("accounts and units are below what they are made in", async () => {
    const team = { ...memberAccount("team", "team@acme.example") };
    const inWork = { ...team, properties: { ...team.properties, parentId: unknownFrom("work") } };
    const account = [
      organization("acme", {}),
      unit("work", unknownFrom("acme")),
      unit("play", unknownFrom("acme")),
      inWork,
    ];
    const onTeam = at("inside", unknownFrom("team"));
    assert.deepEqual(await toldBy(id, [...account, inside, outside, onTeam, at("outside", unknownFrom("work"))]), []);
    assert.deepEqual(await toldBy(id, [...account, inside, outside, onTeam, at("outside", unknownFrom("acme"))]), []);
    assert.deepEqual(
      await toldBy(id, [...account, inside, outside, onTeam, at("outside", unknownFrom("play"))]),
      insideFails,
    );
  });

  it("a target or a policy that is not known may be the one that closes it", async () => {
    assert.deepEqual(await toldBy(id, [inside, outside, at("inside", root), at("outside", unknownFrom("lookup"))]), [
      "advisory?: inside",
    ]);
    assert.deepEqual(await toldBy(id, [inside, at("inside", root), policyTarget("other", "p-examplea", root)]), [
      "advisory?: inside",
    ]);
    assert.deepEqual(
      await toldBy(id, [inside, otherActions, at("inside", root), at("others", unknownFrom("lookup"))]),
      insideFails,
    );
    assert.deepEqual(
      await toldBy(id, [inside, at("inside", root), policyTarget("full", "p-FullAWSAccess", root)]),
      insideFails,
    );
  });

  it("policies of other types close nothing", async () => {
    const rcp = { ...outside, properties: { ...outside.properties, type: "RESOURCE_CONTROL_POLICY" } };
    assert.deepEqual(await toldBy(id, [inside, rcp, at("inside", root), at("outside", root)]), insideFails);
  });

  it("those of aws-native, which name their targets themselves, are joined as well", async () => {
    const native = (name: string, content: string, targetIds: unknown): ExampleResource => ({
      type: "aws-native:organizations:Policy",
      name,
      properties: { name, type: "SERVICE_CONTROL_POLICY", content: JSON.parse(content), targetIds },
    });
    const [one, other] = [inside, outside].map(({ properties }) => String(properties.content));
    assert.deepEqual(
      await toldBy(id, [native("inside", one ?? "", [root]), native("outside", other ?? "", [root])]),
      [],
    );
    assert.deepEqual(
      await toldBy(id, [native("inside", one ?? "", [root]), native("outside", other ?? "", ["ou-a1b2-11111111"])]),
      insideFails,
    );
  });

  it("an update does not stop one of two before the other is shown", async () => {
    assert.deepEqual(await toldBeforeCreation([inside, outside, at("inside", root), at("outside", root)]), []);
  });
});
