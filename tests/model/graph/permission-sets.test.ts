import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import { adminPower } from "../../../policypack/iam/questions/admin/admin";
import type { PermissionSet } from "../../../policypack/model/subjects/identities";
import type { Graph } from "../../../policypack/model/subjects/identity-graph";
import { principalOfPermissionSet } from "../../../policypack/model/subjects/to-principal";
import { graphOf } from "../graph-of";
import { everything, readReports, resource, subjectsOf, urn } from "../resource";

const permissionSet = "aws:ssoadmin/permissionSet:PermissionSet";
const inline = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
const managed = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment";
const customer = "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment";
const boundary = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment";
const assignment = "aws:ssoadmin/accountAssignment:AccountAssignment";
const arn = "arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-aaaabbbbccccdddd";
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

function setIn(graph: Graph, name: string): PermissionSet {
  const found = graph.permissionSets.find((set) => set.name.known && set.name.value === name);
  assert.ok(found, `no permission set ${name}`);
  return found;
}

function originsOf(set: PermissionSet): readonly string[] {
  return set.policies.map(({ policy }) => policy.origin);
}

describe("permission sets", () => {
  it("have the policies whose ARN comes from them in a preview", () => {
    const from = { from: { permissionSetArn: [urn(permissionSet, "ops")] } };
    const graph = graphOf(
      resource(permissionSet, "ops", { name: "ops", arn: notYet }),
      resource(permissionSet, "dev", { name: "dev", arn: notYet }),
      resource(inline, "i", { permissionSetArn: notYet, inlinePolicy: readReports }, from),
      resource(managed, "m", { permissionSetArn: notYet, managedPolicyArn: readOnly }, from),
    );
    assert.deepEqual(originsOf(setIn(graph, "ops")), [readOnly, `${urn(inline, "i")}#inlinePolicy`]);
    assert.deepEqual(originsOf(setIn(graph, "dev")), []);
    assert.equal(graph.permissionSets.length, 2);
  });

  it("have the policies with their ARN once that is known, whatever their name", () => {
    const graph = graphOf(
      resource(permissionSet, "ops", { name: "ops", arn }),
      resource(permissionSet, "dev", { name: "dev", arn: `${arn}0` }),
      resource(managed, "m", { permissionSetArn: arn, managedPolicyArn: readOnly }),
    );
    assert.deepEqual(originsOf(setIn(graph, "ops")), [readOnly]);
    assert.deepEqual(originsOf(setIn(graph, "dev")), []);
  });

  it("that are kept elsewhere appear with what the stack gives them", () => {
    const graph = graphOf(resource(managed, "m", { permissionSetArn: arn, managedPolicyArn: readOnly }));
    const [set] = graph.permissionSets;
    assert.ok(set);
    assert.equal(set.resource, undefined);
    assert.equal(set.urn, urn(managed, "m"));
    assert.deepEqual(originsOf(set), [readOnly]);
  });

  it("carry policies of a name and a path in every account, the stack's own among them", () => {
    const reference = (path: string) => ({
      permissionSetArn: arn,
      customerManagedPolicyReference: { name: "work", path },
    });
    const graph = (path: string) =>
      graphOf(
        resource(permissionSet, "ops", { name: "ops", arn }),
        resource("aws:iam/policy:Policy", "work", { name: "work", path: "/teams/", policy: readReports }),
        resource(customer, "c", reference(path)),
      );
    assert.deepEqual(originsOf(setIn(graph("/teams/"), "ops")), [`${urn("aws:iam/policy:Policy", "work")}#policy`]);
    const elsewhere = setIn(graph("/"), "ops");
    assert.deepEqual(originsOf(elsewhere), ["/work"]);
    assert.deepEqual(elsewhere.policies[0]?.policy.document, {
      notRead: "the customer-managed policy of that path and name is kept outside this stack",
    });
  });

  it("are limited by a boundary", () => {
    const graph = graphOf(
      resource(permissionSet, "ops", { name: "ops", arn }),
      resource(permissionSet, "dev", { name: "dev", arn: `${arn}0` }),
      resource(boundary, "b", { permissionSetArn: arn, permissionsBoundary: { managedPolicyArn: readOnly } }),
    );
    assert.equal(setIn(graph, "ops").boundary?.policy.origin, readOnly);
    assert.equal(setIn(graph, "dev").boundary, undefined);
  });

  it("are assigned to users and groups in accounts", () => {
    const graph = graphOf(
      resource(permissionSet, "ops", { name: "ops", arn }),
      resource(assignment, "a", {
        permissionSetArn: arn,
        principalType: "GROUP",
        principalId: notYet,
        targetId: "111122223333",
      }),
    );
    const [given] = setIn(graph, "ops").assignments;
    assert.deepEqual(given?.principalType, { known: true, value: "GROUP" });
    assert.equal(given?.principal.known, false);
    assert.deepEqual(given?.account, { known: true, value: "111122223333" });
  });

  it("last an hour, or as long as is said", () => {
    const graph = graphOf(
      resource(permissionSet, "plain", { name: "plain" }),
      resource(permissionSet, "long", { name: "long", sessionDuration: "PT8H30M" }),
      resource(permissionSet, "open", { name: "open", sessionDuration: notYet }),
    );
    assert.deepEqual(setIn(graph, "plain").sessionSeconds, { known: true, value: 3600 });
    assert.deepEqual(setIn(graph, "long").sessionSeconds, { known: true, value: 30_600 });
    assert.equal(setIn(graph, "open").sessionSeconds.known, false);
  });

  it("whose duration is nonsense are told, and never pass for short", () => {
    const odd = resource(permissionSet, "odd", { name: "odd", sessionDuration: "8 hours" });
    assert.deepEqual(setIn(graphOf(odd), "odd").sessionSeconds, { known: true, value: 43_200 });
    const faults = subjectsOf(odd).flatMap((each) => (each.kind === "identityResource" ? each.subject.faults : []));
    assert.deepEqual(
      faults.map(({ where, effect }) => [where, effect]),
      [["sessionDuration", "refused"]],
    );
  });

  it("carry everything within them in @pulumi/aws-native", () => {
    const graph = graphOf(
      resource("aws-native:sso:PermissionSet", "ops", {
        name: "ops",
        sessionDuration: "PT2H",
        inlinePolicy: JSON.parse(readReports),
        managedPolicies: [readOnly],
        customerManagedPolicyReferences: [{ name: "work" }],
        permissionsBoundary: { customerManagedPolicyReference: { name: "limit", path: "/" } },
      }),
    );
    const ops = setIn(graph, "ops");
    assert.deepEqual(originsOf(ops), [`${urn("aws-native:sso:PermissionSet", "ops")}#inlinePolicy`, readOnly, "/work"]);
    assert.equal(ops.boundary?.policy.origin, "/limit");
    assert.deepEqual(ops.sessionSeconds, { known: true, value: 7200 });
  });

  it("ask as the role that is made of them", () => {
    const graph = graphOf(
      resource(permissionSet, "ops", { name: "ops", arn }),
      resource(permissionSet, "dev", { name: "dev", arn: `${arn}0` }),
      resource(inline, "i", { permissionSetArn: arn, inlinePolicy: everything }),
      resource(inline, "j", { permissionSetArn: `${arn}0`, inlinePolicy: readReports }),
    );
    assert.equal(adminPower(principalOfPermissionSet(setIn(graph, "ops"))).answer, "yes");
    assert.equal(adminPower(principalOfPermissionSet(setIn(graph, "dev"))).answer, "no");
  });
});
