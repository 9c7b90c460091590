import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import type { AnyIdentity } from "../../../policypack/model/subjects/identities";
import { graphOf, the } from "../graph-of";
import { resource, urn } from "../resource";

const user = "aws:iam/user:User";
const accessKey = "aws:iam/accessKey:AccessKey";

function credentialsOf(identity: AnyIdentity): readonly (readonly [string, boolean | "not known yet"])[] {
  if (identity.kind !== "user") return [];
  return identity.credentials.map(({ kind, active }) => [kind, active.known ? active.value : "not known yet"]);
}

describe("credentials", () => {
  it("of every kind belong to the user they name", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(user, "bob", { name: "bob" }),
      resource("aws:iam/userLoginProfile:UserLoginProfile", "a", { user: "alice" }),
      resource(accessKey, "b", { user: "alice", status: "Active" }),
      resource("aws:iam/sshKey:SshKey", "c", { username: "alice", encoding: "SSH", publicKey: "ssh-rsa A" }),
      resource("aws:iam/signingCertificate:SigningCertificate", "d", { userName: "alice", certificateBody: "x" }),
      resource("aws:iam/serviceSpecificCredential:ServiceSpecificCredential", "e", {
        userName: "alice",
        serviceName: "codecommit.amazonaws.com",
      }),
    );
    assert.deepEqual(
      credentialsOf(the(graph, 'user "alice"'))
        .map(([kind]) => kind)
        .sort(),
      ["SSH key", "access key", "login profile", "service-specific credential", "signing certificate"],
    );
    assert.deepEqual(credentialsOf(the(graph, 'user "bob"')), []);
    assert.deepEqual(graph.strayCredentials, []);
  });

  it("are active when nothing is said", () => {
    const graph = graphOf(resource(user, "alice", { name: "alice" }), resource(accessKey, "k", { user: "alice" }));
    assert.deepEqual(credentialsOf(the(graph, 'user "alice"')), [["access key", true]]);
  });

  it("are inactive when that is said", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(accessKey, "k", { user: "alice", status: "Inactive" }),
    );
    assert.deepEqual(credentialsOf(the(graph, 'user "alice"')), [["access key", false]]);
  });

  it("may be either while the status is not known", () => {
    const graph = graphOf(
      resource(user, "alice", { name: "alice" }),
      resource(accessKey, "k", { user: "alice", status: notYet }),
    );
    assert.deepEqual(credentialsOf(the(graph, 'user "alice"')), [["access key", "not known yet"]]);
  });

  it("are found by what the user's name comes from", () => {
    const graph = graphOf(
      resource(user, "alice", { name: notYet }),
      resource(accessKey, "k", { user: notYet }, { from: { user: [urn(user, "alice")] } }),
    );
    assert.deepEqual(credentialsOf(the(graph, 'user "alice"')), [["access key", true]]);
  });

  it("that may be of either of two users may be active for each", () => {
    const graph = graphOf(
      resource(user, "alice", { name: notYet }),
      resource(user, "bob", { name: notYet }),
      resource(accessKey, "k", { user: notYet }, { from: { user: [urn(user, "alice"), urn(user, "bob")] } }),
    );
    assert.deepEqual(credentialsOf(the(graph, 'user "alice"')), [["access key", "not known yet"]]);
    assert.deepEqual(credentialsOf(the(graph, 'user "bob"')), [["access key", "not known yet"]]);
  });

  it("of a user elsewhere are stray, and that user is there without a resource", () => {
    const graph = graphOf(resource(user, "alice", { name: "alice" }), resource(accessKey, "k", { user: "carol" }));
    assert.deepEqual(
      graph.strayCredentials.map(({ kind, by, userName }) => [kind, by.name, userName]),
      [["access key", "k", { known: true, value: "carol" }]],
    );
    assert.equal(the(graph, 'user "carol"').resource, undefined);
    assert.deepEqual(credentialsOf(the(graph, 'user "alice"')), []);
  });
});
