import { deepEqual, equal } from "node:assert/strict";
import type { Principal, Qualifier } from "../../../policypack/iam";
import { upper } from "../../../policypack/iam/evaluation/approximation";
import { layersOf } from "../../../policypack/iam/evaluation/policy-layers";
import { prepare } from "../../../policypack/iam/evaluation/search";
import { parseOperator } from "../../../policypack/iam/language/operator";
import type { Identity } from "../../../policypack/iam/requests/identities";
import type { Scenario } from "../../../policypack/iam/requests/request";
import {
  domainOf,
  mfaScenarios,
  regionDomain,
  rootScenario,
  scenariosOf,
} from "../../../policypack/iam/requests/scenario";
import type { Domain } from "../../../policypack/iam/solver/domain";
import { allow, deny, user } from "../policies";

const account = "111122223333";
const alice: Principal = { kind: "user", name: "alice", path: "/eng/", identity: [] };
const devs: Principal = { kind: "group", name: "devs", path: "/teams/", identity: [] };
const app: Principal = { kind: "role", name: "app", path: "/svc/", identity: [] };

const asAlice: Identity = { account, partition: "aws", name: "alice", path: "/eng/" };
const asApp: Identity = { ...asAlice, name: "app", path: "/svc/" };
const asMember: Identity = { ...asAlice, name: "some-member", path: "/" };

/** `-` is absent, `*` any value. */
function shown({ absent, values, multivalued, usual = [] }: Domain): string {
  const present = values === "any" ? ["*"] : values.map((each) => each.join("+"));
  const often = usual.length === 0 ? "" : ` such as ${usual.join(", ")}`;
  return `${[...(absent ? ["-"] : []), ...present].join(" or ")}${multivalued ? " several" : ""}${often}`;
}

function settledIn(scenario: Scenario | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries([...(scenario?.settled ?? [])].map(([key, domain]) => [key, shown(domain)]));
}

describe("the requests that a principal can make", () => {
  it("are a user's with a key, in a session without MFA and in one with it", () =>
    deepEqual(
      [...scenariosOf(alice, asAlice)].map(({ label, mfa }) => [label, mfa]),
      [
        ["the user's access key, without MFA", false],
        ["the user's console or temporary session, without MFA", false],
        ["the user, signed in with MFA", true],
      ],
    ));
  it("are a role's in a session, for a role has no key", () =>
    deepEqual(
      [...scenariosOf(app, asApp)].map(({ label, mfa }) => [label, mfa]),
      [
        ["a session of the role", false],
        ["a session of the role that was assumed with MFA", true],
      ],
    ));

  it("say who a user is, and that its long-term key knows nothing of sessions and MFA", () =>
    deepEqual(settledIn([...scenariosOf(alice, asAlice)][0]), {
      "aws:principalarn": "arn:aws:iam::111122223333:user/eng/alice",
      "aws:principalaccount": "111122223333",
      "aws:principaltype": "User",
      "aws:userid": "* such as AIDAEXAMPLE",
      "aws:username": "alice",
      "aws:sourceidentity": "-",
      "aws:federatedprovider": "-",
      "aws:chatbotsourcearn": "-",
      "aws:multifactorauthpresent": "-",
      "aws:multifactorauthage": "-",
      "aws:tokenissuetime": "-",
      "aws:assumedroot": "-",
    }));
  it("say false of MFA in a user's session without it", () => {
    const settled = settledIn([...scenariosOf(alice, asAlice)][1]);
    equal(settled["aws:multifactorauthpresent"], "false");
    equal(settled["aws:multifactorauthage"], "-");
    equal(settled["aws:tokenissuetime"], "* such as 2026-01-01T00:00:00.000Z");
  });
  it("say true of MFA, at any age, in a session with it", () => {
    const settled = settledIn([...scenariosOf(alice, asAlice)][2]);
    equal(settled["aws:multifactorauthpresent"], "true");
    equal(settled["aws:multifactorauthage"], "* such as 0, 300");
    equal(settled["aws:tokenissuetime"], "* such as 2026-01-01T00:00:00.000Z");
  });

  it("are a member's for a group, whose name and path nobody knows", () => {
    const settled = settledIn([...scenariosOf(devs, asMember)][0]);
    equal(settled["aws:principalarn"], "arn:aws:iam::111122223333:user/some-member");
    equal(settled["aws:username"], "some-member");
    equal(settled["aws:principaltype"], "User");
  });
  it("are a role's without user name, with an id that its session chooses", () =>
    deepEqual(settledIn([...scenariosOf(app, asApp)][0]), {
      "aws:principalarn": "arn:aws:iam::111122223333:role/svc/app",
      "aws:principalaccount": "111122223333",
      "aws:principaltype": "AssumedRole",
      "aws:userid": "* such as AROAEXAMPLE:session",
      "aws:username": "-",
      "aws:multifactorauthpresent": "- or false",
      "aws:multifactorauthage": "-",
      "aws:tokenissuetime": "* such as 2026-01-01T00:00:00.000Z",
      "aws:assumedroot": "-",
    }));
});

describe("the requests of a member account's root user", () => {
  const itself = {
    "aws:principalarn": "arn:aws:iam::111122223333:root",
    "aws:principalaccount": "111122223333",
    "aws:principaltype": "Account",
    "aws:userid": "111122223333",
    "aws:username": "-",
    "aws:sourceidentity": "-",
    "aws:federatedprovider": "-",
    "aws:assumedroot": "-",
    "aws:multifactorauthpresent": "- or false or true",
    "aws:multifactorauthage": "- or * such as 0, 300",
    "aws:tokenissuetime": "- or * such as 2026-01-01T00:00:00.000Z",
  };

  it("have the account's id for a user id, and no user name", () => {
    const scenario = rootScenario("aws", account, "itself");
    deepEqual(settledIn(scenario), itself);
    equal(scenario.label, "the root user of a member account");
    equal(scenario.mfa, false);
  });
  it("carry aws:AssumedRoot in a session of sts:AssumeRoot", () => {
    const scenario = rootScenario("aws-us-gov", account, "AssumeRoot");
    deepEqual(settledIn(scenario), {
      ...itself,
      "aws:principalarn": "arn:aws-us-gov:iam::111122223333:root",
      "aws:assumedroot": "true",
    });
    equal(scenario.label, "a root session made by sts:AssumeRoot");
  });
});

describe("the requests of somebody who is not known", () => {
  it("settle nothing but MFA where only MFA is asked about", () => {
    const { without, withMfa } = mfaScenarios("aws-cn");
    deepEqual(
      [...without, withMfa].map((scenario) => [scenario.label, scenario.mfa, scenario.partition, settledIn(scenario)]),
      [
        [
          "an access key, without MFA",
          false,
          "aws-cn",
          { "aws:multifactorauthpresent": "-", "aws:multifactorauthage": "-" },
        ],
        [
          "a console or temporary session, without MFA",
          false,
          "aws-cn",
          { "aws:multifactorauthpresent": "false", "aws:multifactorauthage": "-" },
        ],
        [
          "signed in with MFA",
          true,
          "aws-cn",
          { "aws:multifactorauthpresent": "true", "aws:multifactorauthage": "* such as 0, 300" },
        ],
      ],
    );
  });
});

describe("the regions that a request can be made in", () => {
  const regions = (action: string, partition = "aws") => shown(regionDomain(action, partition));

  it("are any for most services", () =>
    equal(regions("ec2:RunInstances"), "* such as us-east-1, eu-central-1, us-west-2, eu-west-2"));
  it("is one for IAM, in each partition another", () => {
    equal(regions("iam:CreateUser"), "us-east-1");
    equal(regions("iam:CreateUser", "aws-us-gov"), "us-gov-west-1");
    equal(regions("iam:CreateUser", "aws-cn"), "cn-north-1");
    equal(regions("iam:CreateUser", "aws-eusc"), "eusc-de-east-1");
  });
  it("is that of the service that gets a role", () =>
    equal(regions("iam:PassRole"), "* such as us-east-1, eu-central-1, us-west-2, eu-west-2"));
  it("is another one for some services without regions", () =>
    equal(regions("globalaccelerator:CreateAccelerator"), "us-west-2"));
  it("are any for STS, which has an endpoint in each", () =>
    equal(regions("sts:AssumeRole"), "* such as us-east-1, eu-central-1, us-west-2, eu-west-2"));
});

describe("what a request can have for a condition key", () => {
  const madeBy = (principal: Principal): Scenario => {
    const [scenario] = scenariosOf(principal, { ...asAlice, name: principal.name ?? "some-user" });
    if (scenario === undefined) throw new Error("a principal makes requests");
    return { ...scenario, now: Date.parse("2026-01-02T03:04:05.678Z") };
  };
  const of = (key: string, principal = alice, ...freed: readonly Qualifier[]) =>
    shown(domainOf(madeBy(principal), key, new Set(freed)));

  it("is what the scenario settles", () => equal(of("aws:username"), "alice"));
  it("is nothing for a global key that AWS does not have", () => equal(of("aws:nosuchkey"), "-"));
  it("is what the caller chooses", () => {
    equal(of("aws:useragent"), "- or *");
    equal(of("aws:securetransport"), "* such as true");
    equal(of("s3:prefix"), "- or * several");
  });

  it("is that no AWS service makes the request", () => {
    equal(of("aws:viaawsservice"), "false");
    equal(of("aws:principalisawsservice"), "false");
    equal(of("aws:calledvia"), "-");
    equal(of("aws:sourcearn"), "-");
  });

  it("is what identity providers say only in a role's session", () => {
    equal(of("saml:aud"), "-");
    equal(of("saml:aud", app), "- or * several");
    equal(of("token.actions.githubusercontent.com:sub"), "-");
    equal(of("token.actions.githubusercontent.com:sub", app), "- or * several");
  });

  it("is the moment of the request, as a date or in seconds", () => {
    equal(of("aws:currenttime"), "2026-01-02T03:04:05.678Z");
    equal(of("aws:epochtime"), "1767323045");
  });
  it("is any later moment where the time may be unusual", () => {
    const later = {
      operator: parseOperator("DateGreaterThanEquals"),
      patterns: [],
      exactPatterns: [],
      values: ["2026-01-02T03:04:05.678Z"],
    };
    for (const key of ["aws:currenttime", "aws:epochtime"])
      deepEqual(domainOf(madeBy(alice), key, new Set(["time"] as const)), {
        absent: false,
        values: "any",
        multivalued: false,
        always: [{ key, ...later }],
        usual: [],
      });
  });

  it("is an address that no policy is likely to list, or none through a VPC endpoint", () => {
    equal(of("aws:sourceip"), "- or 198.51.100.23");
    equal(of("aws:sourcevpce"), "-");
  });
  it("is any public address where the network may be unusual", () => {
    equal(of("aws:sourcevpce", alice, "network"), "- or *");
    deepEqual(domainOf(madeBy(alice), "aws:sourceip", new Set(["network"] as const)), {
      absent: true,
      values: "any",
      multivalued: false,
      always: [
        {
          key: "aws:sourceip",
          operator: parseOperator("NotIpAddress"),
          patterns: [],
          exactPatterns: [],
          values: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7"],
        },
      ],
      usual: [],
    });
  });

  it("is no tag, or any where tags may be unusual", () => {
    equal(of("aws:principaltag/team"), "-");
    equal(of("aws:principaltag/team", alice, "tag"), "- or *");
    equal(of("aws:resourcetag/team", alice, "network"), "-");
    equal(of("aws:resourcetag/team", alice, "tag"), "- or *");
    equal(of("ec2:resourcetag/team"), "-");
  });
  it("is a declared tag of the principal, whose name has no letter case, and no other", () => {
    const tagged = { ...alice, tags: { Other: "x", Team: "Ops", empty: "" } };
    equal(of("aws:principaltag/team", tagged), "Ops");
    equal(of("aws:principaltag/empty", tagged), "");
    equal(of("aws:principaltag/region", tagged, "tag"), "-");
  });
});

describe("the access key of a user", () => {
  const labels = (asked: Principal) => {
    const layers = layersOf(asked, upper);
    return prepare(asked, layers).scenarios.map(({ label }) => label);
  };
  const mfaAsked = deny("s3:*", "*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } });
  const key = "the user's access key, without MFA";

  it("is one that it may have", () => equal(labels(user(allow("s3:*"), mfaAsked)).includes(key), true));
  it("is none where it has a password only", () =>
    equal(labels({ ...user(allow("s3:*"), mfaAsked), accessKeys: false }).includes(key), false));
  it("is one that it may make for itself", () =>
    equal(
      labels({ ...user(allow(["s3:*", "iam:CreateAccessKey"]), mfaAsked), accessKeys: false }).includes(key),
      true,
    ));
});
