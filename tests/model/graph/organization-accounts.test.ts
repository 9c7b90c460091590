import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import type { Graph } from "../../../policypack/model/subjects/identity-graph";
import { graphOf } from "../graph-of";
import { resource, urn } from "../resource";
import { template } from "../template";

const account = "aws:organizations/account:Account";
const contact = "aws:account/alternativeContact:AlternativeContact";

function contactsIn(graph: Graph): readonly unknown[] {
  return graph.organizationAccounts.map(({ resource: { name }, contacts }) => [
    name,
    ...contacts.map(({ type }) => (type.known ? type.value : "not known yet")),
  ]);
}

describe("accounts of the organization", () => {
  it("have a root e-mail", () => {
    const graph = graphOf(
      resource(account, "work", { name: "work", email: "work@example.com" }),
      resource("aws-native:organizations:Account", "other", { accountName: "other", email: notYet }),
    );
    assert.deepEqual(
      graph.organizationAccounts.map(({ email }) => (email.known ? email.value : "not known yet")),
      ["not known yet", "work@example.com"],
    );
  });

  it("have the contacts whose account comes from them in a preview", () => {
    const graph = graphOf(
      resource(account, "work", { name: "work", email: "work@example.com", arn: notYet }),
      resource(account, "play", { name: "play", email: "play@example.com", arn: notYet }),
      resource(
        contact,
        "c",
        { accountId: notYet, alternateContactType: "SECURITY" },
        { from: { accountId: [urn(account, "work")] } },
      ),
    );
    assert.deepEqual(contactsIn(graph), [["play"], ["work", "SECURITY"]]);
  });

  it("have the contacts with their id once that is known", () => {
    const arn = (id: string) => `arn:aws:organizations::111122223333:account/o-a1b2c3d4e5/${id}`;
    const graph = graphOf(
      resource(account, "work", { name: "work", email: "work@example.com", arn: arn("444455556666") }),
      resource(account, "play", { name: "play", email: "play@example.com", arn: arn("777788889999") }),
      resource(contact, "c", { accountId: "777788889999", alternateContactType: "BILLING" }),
      resource(contact, "own", { alternateContactType: "OPERATIONS" }),
    );
    assert.deepEqual(contactsIn(graph), [["play", "BILLING"], ["work"]]);
  });

  it("may have a contact that is meant for one of several", () => {
    const graph = graphOf(
      resource(account, "work", { name: "work", email: "work@example.com", arn: notYet }),
      resource(account, "play", { name: "play", email: "play@example.com", arn: notYet }),
      resource(
        contact,
        "c",
        { accountId: notYet, alternateContactType: "SECURITY" },
        { from: { accountId: [urn(account, "work"), urn(account, "play")] } },
      ),
    );
    assert.deepEqual(
      graph.organizationAccounts.map(({ contacts, doubts }) => [contacts.length, doubts.length]),
      [
        [0, 1],
        [0, 1],
      ],
    );
  });
});

describe("the organization", () => {
  const organization = "aws:organizations/organization:Organization";

  it("has all features unless it says otherwise", () => {
    const graph = graphOf(
      resource(organization, "billing", { featureSet: "CONSOLIDATED_BILLING" }),
      resource(organization, "whole", { enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"] }),
    );
    assert.deepEqual(
      graph.organizations.map(({ featureSet, policyTypes }) => [featureSet, policyTypes]),
      [
        [
          { known: true, value: "CONSOLIDATED_BILLING" },
          { known: true, value: [] },
        ],
        [
          { known: true, value: "ALL" },
          { known: true, value: ["SERVICE_CONTROL_POLICY"] },
        ],
      ],
    );
  });

  it("does not say which policy types it has with @pulumi/aws-native", () => {
    const graph = graphOf(resource("aws-native:organizations:Organization", "whole", { featureSet: "ALL" }));
    assert.equal(graph.organizations[0]?.policyTypes, undefined);
  });

  it("has central root access where the stack switches it on", () => {
    const features = "aws:iam/organizationsFeatures:OrganizationsFeatures";
    const graph = graphOf(resource(features, "root", { enabledFeatures: ["RootSessions"] }));
    assert.deepEqual(graph.organizationsFeatures[0]?.enabled, { known: true, value: ["RootSessions"] });
    assert.equal(
      graphOf(resource(features, "root", { enabledFeatures: [notYet] })).organizationsFeatures[0]?.enabled.known,
      false,
    );
  });
});

describe("identity providers", () => {
  const oidc = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

  it("are found by what a trust policy was made from", () => {
    const graph = graphOf(
      resource(oidc, "github", { url: "https://token.actions.githubusercontent.com" }),
      resource("aws:iam/samlProvider:SamlProvider", "people", { name: "people" }),
    );
    const [github] = graph.identityProviders.get(urn(oidc, "github")) ?? [];
    assert.deepEqual(github?.url, { known: true, value: "https://token.actions.githubusercontent.com" });
    assert.equal(github?.protocol, "OIDC");
    assert.equal(graph.identityProviders.size, 2);
  });

  it("are found within a template, by what its trust policies were made from", () => {
    const graph = graphOf(
      template(`
Resources:
  GitHub: {Type: AWS::IAM::OIDCProvider, Properties: {Url: "https://token.actions.githubusercontent.com"}}
  GitLab: {Type: AWS::IAM::OIDCProvider, Properties: {Url: "https://gitlab.com"}}
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Federated: !Ref GitLab}
            Action: sts:AssumeRoleWithWebIdentity
`),
    );
    const from = graph.roles[0]?.trust.from ?? [];
    const urls = from.flatMap((key) => graph.identityProviders.get(key) ?? []).map(({ url }) => url);
    assert.deepEqual(urls, [{ known: true, value: "https://gitlab.com" }]);
  });
});
