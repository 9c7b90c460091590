import type { Grant } from "../../iam";
import { nameForPeople, type Role } from "../../model";
import { adminPowerOf, isToldAt } from "../analysis/admin-power";
import { type Federation, federationsOf, isLimited, pinOf } from "../analysis/federation";
import { knownTrust, ofRole, waitingForTrust } from "../analysis/trust-policy";
import { type ExampleResource, unknownFrom } from "../authoring/example";
import { policy, role } from "../authoring/example-resources";
import { defineRule, type Finding, type Outcome, type RuleContext, type Yielded } from "../authoring/rule";
import { codeOf, provenBy, provisoOf, statementsInWords } from "../authoring/wording";

/** The finding for tokens of strangers that let their holders in. */
function letsStrangersIn(role: Role, federation: Federation, grant: Grant): Finding {
  const subject = nameForPeople(role);
  const { name, isOwn } = federation.provider;
  const anybody = isOwn === true ? "any workload of the cluster" : `anybody who uses ${name}`;
  const whose = federation.isCall ? `${anybody} and calls the workflow that it names` : anybody;
  return {
    kind: "finding",
    urn: role.urn,
    subject,
    ...(isLimited(federation, grant) ? { ceiling: "advisory" } : {}),
    what: `The ${subject} trusts ${name} (${federation.issuer}) without naming one caller: ${whose} may assume it, by ${statementsInWords(grant.statements)}${provisoOf(grant)}.`,
    ...provenBy(ofRole(role, grant)),
    fix: "Merge this into the Condition of that statement, with the names that are meant; a wildcard belongs after the owner's name:",
    code: codeOf(pinOf(federation)),
    aspect: federation.issuer,
    statements: grant.statements,
  };
}

/** Whether the same way in is one to admin power, which is told as that. */
function isSaidOfAdmins(role: Role, { provider }: Federation, context: RuleContext<unknown>): boolean {
  if (provider.isOwn === true) return false;
  const power = adminPowerOf(role, context);
  return power.answer === "yes" && isToldAt(context.phase, power.because);
}

/** A trust policy with one statement for tokens of a provider. */
function federatedTrust(provider: string, condition?: unknown): string {
  const statement = {
    Effect: "Allow",
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(condition === undefined ? {} : { Condition: condition }),
  };
  return policy(statement);
}

const account = "arn:aws:iam::111122223333:oidc-provider/";
const gitHub = `${account}token.actions.githubusercontent.com`;

function trusting(provider: string, condition?: unknown): ExampleResource {
  return role("deploy", federatedTrust(provider, condition));
}

function subject(value: unknown, operator = "StringLike"): unknown {
  return { [operator]: { "token.actions.githubusercontent.com:sub": value } };
}

export const soundFederatedTrust = defineRule({
  id: "sound-federated-trust",
  title: "Trust in a public identity provider names who is meant",
  severity: "critical",
  level: "mandatory",
  rationale:
    "A token of GitHub Actions, GitLab or HCP Terraform proves that a job ran there, and anybody can run one. What tells yours from all others is a claim, nearly " +
    "always the subject; a trust policy that does not compare it, or compares it with a pattern that another owner's name fits, lets the whole world assume the role. " +
    "The audience does not help: whoever asks for the token chooses it.",
  remediation:
    "Compare the claim that names the caller (for most providers the subject) with the owner written out, and the repository, project or branch as narrowly as the work allows.",
  controls: [
    { framework: "NIST 800-53", version: "5", id: "AC-3" },
    { framework: "NIST 800-53", version: "5", id: "IA-9" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.5" },
  ],
  options: {},
  yieldsTo: ["no-open-admin-role"],
  on: "role",
  phases: ["creating", "stack"],

  *check(role: Role, context): Iterable<Outcome | Yielded> {
    if (role.resource === undefined) return;
    const federations = federationsOf(knownTrust(role, context.graph), context.work.of(role));
    const yielded: Finding[] = [];
    let isOpen = false;
    for (const federation of federations) {
      if (federation.strangers.answer !== "yes") continue;
      isOpen = true;
      const finding = letsStrangersIn(role, federation, federation.strangers.because);
      if (isSaidOfAdmins(role, federation, context)) yielded.push(finding);
      else yield finding;
    }
    if (yielded.length > 0) {
      yield { kind: "yielded", to: "no-open-admin-role" };
      yield* yielded;
    }
    const doubts = federations.flatMap(({ strangers }) => (strangers.answer === "unknown" ? strangers.because : []));
    if (isOpen || doubts.length === 0) return;
    yield {
      kind: "undecided",
      urn: role.urn,
      subject: nameForPeople(role),
      because: [...new Set(doubts)].join("; "),
      waiting: waitingForTrust(role),
    };
  },

  examples: {
    fail: [
      {
        title: "GitHub Actions with nothing but the audience",
        resources: [
          trusting(gitHub, { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }),
        ],
      },
      {
        title: "an organization's name that others can begin theirs with",
        resources: [trusting(gitHub, subject("repo:acme*"))],
      },
      {
        title: "a branch of any repository",
        resources: [trusting(gitHub, subject("repo:*:ref:refs/heads/main"))],
      },
      {
        title: "a workspace of that name in any organization",
        resources: [
          trusting(`${account}app.terraform.io`, {
            StringLike: { "app.terraform.io:sub": "organization:*:project:*:workspace:production:run_phase:apply" },
          }),
        ],
      },
      {
        title: "who triggered a run, not whose code runs",
        resources: [trusting(gitHub, { StringEquals: { "token.actions.githubusercontent.com:actor_id": "583231" } })],
      },
      {
        title: "the workflow that is called and not its caller, which is advised against",
        resources: [
          trusting(gitHub, {
            StringLike: {
              "token.actions.githubusercontent.com:job_workflow_ref": "acme/ci/.github/workflows/deploy.yml@*",
            },
          }),
        ],
        level: "advisory",
      },
      {
        title: "an EKS cluster whose workloads are not told apart, which is advised against",
        resources: [trusting(`${account}oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF`)],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "all repositories of one organization",
        resources: [trusting(gitHub, subject("repo:acme/*"))],
      },
      {
        title: "one branch of one repository, with the ids of owner and repository",
        resources: [trusting(gitHub, subject("repo:acme@1234/app@5678:ref:refs/heads/main", "StringEquals"))],
      },
      {
        title: "any id of one owner and repository",
        resources: [trusting(gitHub, subject(["repo:acme/app:*", "repo:acme@*/app@*:*"]))],
      },
      {
        title: "a repository by its id",
        resources: [
          trusting(gitHub, { StringEquals: { "token.actions.githubusercontent.com:repository_id": "5678" } }),
        ],
      },
      {
        title: "a project of GitLab",
        resources: [
          trusting(`${account}gitlab.com`, {
            StringLike: { "gitlab.com:sub": "project_path:acme/app:ref_type:branch:ref:*" },
          }),
        ],
      },
      {
        title: "a provider of one's own",
        resources: [trusting(`${account}login.acme.example`)],
      },
    ],
    undecided: [
      {
        title: "a trust policy that is not known yet",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "deploy",
            properties: { name: "deploy", path: "/", assumeRolePolicy: unknownFrom("provider") },
          },
        ],
      },
    ],
  },
});
