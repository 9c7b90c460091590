import { type AdminPower, type Grant, no, type Verdict } from "../../iam";
import { nameForPeople, type Role, type Waiting, waitingOf } from "../../model";
import { adminPowerOf, isToldAt, levels } from "../analysis/admin-power";
import { accountOf, entrancesOf } from "../analysis/external-trust";
import { type Federation, federationsOf, isLimited, pinOf } from "../analysis/federation";
import { knownTrust, ofRole, waitingForTrust } from "../analysis/trust-policy";
import { asksToSignIn, certificateHoldersOf, unauthenticatedOf } from "../analysis/unnamed-holders";
import { unknownFrom } from "../authoring/example";
import { administratorAccess, lambdaService, policy, reading, role, trust } from "../authoring/example-resources";
import { defineRule, type Finding, type Outcome, type RuleContext } from "../authoring/rule";
import { codeOf, provenBy, provisoOf, statementsInWords } from "../authoring/wording";

/** A way in that somebody outside has, before it is known what the role may do. */
interface Entrance {
  readonly grant: Grant;
  readonly who: string;
  readonly fix: string;
  /** What the fix says to merge. */
  readonly code?: string;
  readonly advises: boolean;
}

const nameThem = {
  fix: "Name in Principal the roles or accounts that are meant, or merge this into the Condition, with the id of your organization; an external id alone keeps nobody out.",
  code: codeOf({ StringEquals: { "aws:PrincipalOrgID": "o-EXAMPLE" } }),
};

const signInFirst = {
  fix: "Merge this into the Condition, and give identities that have not signed in a role without power.",
  code: codeOf({ "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" } }),
};

const nameCertificate = {
  fix: "Merge this into the Condition, with the trust anchor and the name in the certificate that are meant.",
  code: codeOf({
    ArnEquals: { "aws:SourceArn": "TRUST-ANCHOR-ARN" },
    StringEquals: { "aws:PrincipalTag/x509Subject/CN": "NAME" },
  }),
};

const askForMore = {
  fix: "Name in Principal the roles or users that are meant, or demand MFA: merge this into the Condition.",
  code: codeOf({ Bool: { "aws:MultiFactorAuthPresent": "true" } }),
};

/** Whether the same is said of every token of Amazon Cognito. */
function isOpenCognito({ issuer, strangers }: Federation): boolean {
  return issuer === "cognito-identity.amazonaws.com" && strangers.answer === "yes";
}

function throughFederation(federation: Federation, grant: Grant): Entrance {
  return {
    grant,
    who: `anybody who uses ${federation.provider.name}${federation.isCall ? " and calls the workflow that it names" : ""}`,
    fix: "Merge this into the Condition of that statement, with the names that are meant.",
    code: codeOf(pinOf(federation)),
    advises: isLimited(federation, grant),
  };
}

/** What is known of the ways into a role. */
interface Access {
  readonly entrances: readonly Entrance[];
  readonly doubts: readonly string[];
  /** What the doubts wait for; nothing where no value is missing. */
  readonly waiting: readonly Waiting[];
}

function accessTo(role: Role, { graph, settings, work }: RuleContext<unknown>): Access {
  const policy = knownTrust(role, graph);
  const own = accountOf(role, graph);
  const { anybody, otherOrganization, accounts, unasked } = entrancesOf(policy, own, settings, work.of(role));
  // A cluster's own workloads are not the public; sound-federated-trust speaks of them.
  const federations = federationsOf(policy, work.of(role)).filter(({ provider }) => provider.isOwn !== true);
  const entrances: Entrance[] = [];
  const onlyFromNetworks = (grant: Grant) => grant.qualifiers.includes("network");
  if (anybody.answer === "yes") {
    const grant = anybody.because;
    entrances.push({ grant, who: "anybody with an AWS account", ...nameThem, advises: onlyFromNetworks(grant) });
  } else if (otherOrganization.answer === "yes") {
    const who = "accounts of another organization than settings.trustedOrganization";
    entrances.push({ grant: otherOrganization.because, who, ...nameThem, advises: false });
  }
  for (const federation of federations) {
    if (federation.strangers.answer === "yes")
      entrances.push(throughFederation(federation, federation.strangers.because));
  }
  const unauthenticated =
    anybody.answer === "yes" || asksToSignIn(role, graph) ? no : unauthenticatedOf(policy, work.of(role));
  if (unauthenticated.answer === "yes" && !federations.some(isOpenCognito)) {
    const grant = unauthenticated.because;
    const who = "anybody, as an identity of an Amazon Cognito identity pool that has not signed in,";
    entrances.push({ grant, who, ...signInFirst, advises: onlyFromNetworks(grant) });
  }
  const certificates = anybody.answer === "yes" ? no : certificateHoldersOf(policy, work.of(role));
  if (certificates.answer === "yes") {
    const grant = certificates.because;
    const who = "whoever holds a certificate that any trust anchor of the account accepts";
    entrances.push({ grant, who, ...nameCertificate, advises: onlyFromNetworks(grant) });
  }
  const isSet = settings.trustedAccounts !== undefined || settings.trustedOrganization !== undefined;
  const outside = anybody.answer === "yes" ? [] : [...accounts];
  const foreign = outside.flatMap(([account, verdict]) =>
    verdict.answer === "yes" ? [{ account, grant: verdict.because }] : [],
  );
  const [first] = foreign;
  if (first !== undefined && own !== undefined) {
    const names = foreign.map(({ account }) => account).join(", ");
    const who = `${foreign.length === 1 ? "the account" : "the accounts"} ${names}, outside this one,`;
    const fix = `Where that is meant, list ${names} under settings.trustedAccounts, or add a condition on aws:PrincipalOrgID or, for a third party, a literal sts:ExternalId.`;
    entrances.push({ grant: first.grant, who, fix, advises: !isSet });
  }
  const maybeOwn = own === undefined ? foreign : [];
  const unguarded = isSet ? undefined : maybeOwn.find(({ account }) => unasked.has(account));
  if (unguarded !== undefined) {
    const who = `whoever the account ${unguarded.account}, which may be another one, lets call sts:AssumeRole,`;
    entrances.push({ grant: unguarded.grant, who, ...askForMore, advises: true });
  }
  const verdicts: readonly Verdict<Grant>[] = [
    anybody,
    unauthenticated,
    certificates,
    ...federations.map(({ strangers }) => strangers),
    ...outside.map(([, verdict]) => verdict),
  ];
  const unread = verdicts.flatMap((verdict) => (verdict.answer === "unknown" ? verdict.because : []));
  const mine = (isSet ? maybeOwn : []).map(
    ({ account }) => `the account ${account}, which its trust policy lets in, may be the stack's own`,
  );
  const waiting = unread.length > 0 ? waitingForTrust(role) : [];
  return { entrances, doubts: [...new Set([...unread, ...mine])], waiting };
}

function isOpenTo(role: Role, power: AdminPower, entrance: Entrance, context: RuleContext<unknown>): Finding {
  const subject = nameForPeople(role);
  const { grant, who, fix, code, advises } = entrance;
  const denyFirst =
    context.phase === "creating"
      ? " If a Deny of this program takes the power away, create that Deny first (dependsOn)."
      : "";
  return {
    kind: "finding",
    urn: role.urn,
    subject,
    ...(advises ? { ceiling: "advisory" } : {}),
    what: `The ${subject} ${levels[power.level]}${provisoOf(power)}, and ${who} may assume it, by ${statementsInWords(grant.statements)}${provisoOf(grant)}.`,
    ...provenBy(ofRole(role, grant)),
    fix: `${fix}${denyFirst}`,
    ...(code === undefined ? {} : { code }),
    aspect: who.replace(/\d{12}/g, "…"),
    statements: grant.statements,
  };
}

const admin = { managedPolicyArns: [administratorAccess] };
const partner = { AWS: "arn:aws:iam::444455556666:root" };
const gitHub = {
  Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
};

function webIdentity(condition: unknown): string {
  const statement = { Effect: "Allow", Principal: gitHub, Action: "sts:AssumeRoleWithWebIdentity" };
  return policy({ ...statement, Condition: condition });
}

function cognito(amr: string): string {
  const pool = { "cognito-identity.amazonaws.com:aud": "eu-west-1:0a1b2c3d-1111-2222-3333-444455556666" };
  return policy({
    Effect: "Allow",
    Principal: { Federated: "cognito-identity.amazonaws.com" },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: pool,
      "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": amr },
    },
  });
}

/** The account that an example's provider works in. */
const inAccount = { provider: { region: "eu-west-1", allowedAccountIds: ["111122223333"] } };

export const noOpenAdminRole = defineRule({
  id: "no-open-admin-role",
  title: "Roles of administrator power are closed to the world",
  severity: "critical",
  level: "mandatory",
  rationale:
    "Who may assume a role of administrator power is an administrator of the account. A star in its trust policy makes that everybody with an AWS account of their own, and an " +
    "external id is no lock: it guards against mistaken identity, not against those who know or guess it. A pipeline provider that anybody can sign up to is no better. " +
    "Accounts of others are worth a second look.",
  remediation:
    "Name the accounts or roles that are meant, or the organization (aws:PrincipalOrgID); for a public identity provider, the claim that names the caller. List accounts that are trusted on purpose in settings.trustedAccounts.",
  controls: [
    { framework: "NIST 800-53", version: "5", id: "AC-3" },
    { framework: "NIST 800-53", version: "5", id: "AC-6" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.2" },
  ],
  options: {},
  on: "role",
  phases: ["creating", "stack"],

  *check(role: Role, context): Iterable<Outcome> {
    if (role.resource === undefined) return;
    const power = adminPowerOf(role, context);
    if (power.answer === "no") return;
    const subject = nameForPeople(role);
    const { urn } = role;
    const { entrances, doubts, waiting } = accessTo(role, context);
    if (power.answer === "unknown") {
      const isOpen = entrances.some(({ advises }) => !advises);
      if (isOpen)
        yield { kind: "undecided", urn, subject, because: power.because.join("; "), waiting: waitingOf(role) };
      return;
    }
    if (!isToldAt(context.phase, power.because)) return;
    for (const entrance of entrances) yield isOpenTo(role, power.because, entrance, context);
    if (entrances.length > 0 || doubts.length === 0) return;
    yield { kind: "undecided", urn, subject, because: doubts.join("; "), waiting };
  },

  examples: {
    fail: [
      {
        title: "everybody, with an external id",
        resources: [role("support", trust({ AWS: "*" }, { StringEquals: { "sts:ExternalId": "acme-42" } }), admin)],
      },
      {
        title: "every repository of GitHub",
        resources: [
          role(
            "deploy",
            webIdentity({ StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }),
            admin,
          ),
        ],
      },
      {
        title: "an account that is a pattern",
        resources: [
          role("ci", trust({ AWS: "*" }, { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::1*:role/ci" } }), admin),
        ],
      },
      {
        title: "identities of a Cognito pool that need not sign in",
        resources: [role("guest", cognito("unauthenticated"), admin)],
      },
      {
        title: "any certificate of IAM Roles Anywhere",
        resources: [role("server", trust({ Service: "rolesanywhere.amazonaws.com" }), admin)],
      },
      {
        title: "an account that is not among the trusted ones",
        resources: [{ ...role("operations", trust(partner), admin), ...inAccount }],
        settings: { trustedAccounts: ["777788889999"] },
        at: ["operations"],
      },
      {
        title: "another account, before any is trusted, which is advised against",
        resources: [{ ...role("operations", trust(partner), admin), ...inAccount }],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "everybody in one organization",
        resources: [role("support", trust("*", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }), admin)],
      },
      {
        title: "one repository of GitHub",
        resources: [
          role(
            "deploy",
            webIdentity({ StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/infrastructure:*" } }),
            admin,
          ),
        ],
      },
      {
        title: "identities of a Cognito pool that have signed in",
        resources: [role("member", cognito("authenticated"), admin)],
      },
      {
        title: "one name in the certificates of IAM Roles Anywhere",
        resources: [
          role(
            "server",
            trust(
              { Service: "rolesanywhere.amazonaws.com" },
              { StringEquals: { "aws:PrincipalTag/x509Subject/CN": "ci.acme.example" } },
            ),
            admin,
          ),
        ],
      },
      {
        title: "a trusted account",
        resources: [{ ...role("OrganizationAccountAccessRole", trust(partner), admin), ...inAccount }],
        settings: { trustedAccounts: ["444455556666"] },
      },
      {
        title: "another account with an external id",
        resources: [
          { ...role("vendor", trust(partner, { StringEquals: { "sts:ExternalId": "acme-42" } }), admin), ...inAccount },
        ],
        settings: { trustedAccounts: [] },
      },
      {
        title: "a service",
        resources: [role("worker", trust(lambdaService), admin)],
      },
      {
        title: "everybody, without admin power",
        resources: [role("catalogue", trust("*"), { inlinePolicies: [{ name: "read", policy: policy(reading) }] })],
      },
    ],
    undecided: [
      {
        title: "an account that may be the stack's own",
        resources: [role("operations", trust(partner), admin)],
        settings: { trustedAccounts: [] },
      },
      {
        title: "an organization that is not known yet",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "support",
            properties: { name: "support", path: "/", assumeRolePolicy: unknownFrom("organization"), ...admin },
          },
        ],
      },
    ],
  },
});
