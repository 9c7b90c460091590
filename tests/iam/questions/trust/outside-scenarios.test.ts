import { deepEqual, equal } from "node:assert/strict";
import {
  scenarioOfCertificate,
  scenarioOfToken,
  scenariosOfAccount,
} from "../../../../policypack/iam/questions/trust/outside-scenarios";
import type { Scenario } from "../../../../policypack/iam/requests/request";
import type { Domain } from "../../../../policypack/iam/solver/domain";

const account = "444455556666";
const gitHub = "token.actions.githubusercontent.com";

/** `-` where a request has no value for the key, `*` for any, else the values. */
function valuesOf({ settled }: Scenario, key: string): string | undefined {
  const domain = settled.get(key);
  if (domain === undefined) return undefined;
  const values = domain.values === "any" ? ["*"] : domain.values.map((value) => value.join());
  return [...(domain.absent ? ["-"] : []), ...values].join(" or ");
}

function domain(value: string): Domain {
  return { absent: false, values: [[value]], multivalued: false };
}

const none = { named: new Map<string, Domain>(), keys: [], now: undefined, partition: "aws" };

describe("the requests of somebody in an account", () => {
  const [user, role] = scenariosOfAccount(account, { ...none, keys: ["gitlab.com:sub", "accounts.google.com:aud"] });
  if (user === undefined || role === undefined) throw new Error("a user and a role");

  it("are those of a user or of a role, never of the root user", () => {
    equal(valuesOf(user, "aws:principaltype"), "User");
    equal(valuesOf(role, "aws:principaltype"), "AssumedRole");
    equal(valuesOf(role, "aws:username"), "-");
    equal(valuesOf(user, "aws:principalaccount"), account);
    deepEqual([user.label, role.label], ["a user of the account 444455556666", "a role of the account 444455556666"]);
  });

  it("carry a token's claims only where AWS keeps them for a role's sessions", () => {
    equal(valuesOf(user, "accounts.google.com:aud"), "-");
    equal(valuesOf(role, "accounts.google.com:aud"), undefined);
    equal(valuesOf(role, "gitlab.com:sub"), "-");
  });

  it("may have MFA, unless they are asked about without", () => {
    const [bare] = scenariosOfAccount(account, { ...none, withoutMfa: true });
    equal(valuesOf(user, "aws:multifactorauthpresent"), "- or false or true");
    equal(bare && valuesOf(bare, "aws:multifactorauthpresent"), "- or false");
  });
});

describe("the requests of somebody with a token", () => {
  const claims = ["repository_id", "repository_owner", "job_workflow_ref", "email"].map(
    (claim) => `${gitHub}:${claim}`,
  );
  const keys = [...claims, "saml:aud", "accounts.google.com:aud", "aws:sourceip"];
  const scenario = scenarioOfToken(gitHub, {
    named: new Map([[`${gitHub}:sub`, domain("repo:a/b")]]),
    keys,
    now: undefined,
    partition: "aws",
  });

  it("have what the issuer says, and nothing of a principal of AWS", () => {
    equal(valuesOf(scenario, `${gitHub}:sub`), "repo:a/b");
    equal(valuesOf(scenario, "aws:principalarn"), "-");
    equal(valuesOf(scenario, "aws:multifactorauthpresent"), "-");
    equal(valuesOf(scenario, "accounts.google.com:aud"), "-");
    deepEqual([scenario.label, scenario.tags], ["somebody with a token of token.actions.githubusercontent.com", {}]);
  });

  it("have the claims that AWS maps, and no others", () => {
    equal(valuesOf(scenario, `${gitHub}:repository_id`), undefined);
    equal(valuesOf(scenario, `${gitHub}:job_workflow_ref`), undefined);
    equal(valuesOf(scenario, `${gitHub}:email`), undefined);
    equal(valuesOf(scenario, `${gitHub}:repository_owner`), "-");
  });
});

describe("the requests of somebody with a certificate", () => {
  it("are made by a service, for a trust anchor", () => {
    const scenario = scenarioOfCertificate(none);
    equal(valuesOf(scenario, "aws:principalisawsservice"), "true");
    equal(valuesOf(scenario, "aws:sourcearn"), "*");
    equal(valuesOf(scenario, "aws:principalarn"), "-");
  });
});
