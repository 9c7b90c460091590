import { remembering } from "../../iam";
import { matchesGlob } from "../authoring/globs";

/** Where in a claim the name of its owner stands: after a text, up to the next of the characters `until` or the end of the claim. */
interface ProviderPlace {
  readonly after: string;
  readonly until: string;
}

type Claims = Readonly<Record<string, readonly ProviderPlace[]>>;

/** An OIDC provider with one issuer for all its customers, so that a token by itself says nothing about whose it is. */
export interface PublicProvider {
  readonly name: string;
  /** As trust policies write it; a glob. */
  readonly issuer: string;
  /** Claims that name the caller; one of them has to be pinned. A claim with a colon is a condition key of its own. */
  readonly claims: Claims;
  /** Claims that name what runs, which may be anybody's to start: better than nothing, and advised against alone. */
  readonly called?: Claims;
  /** Claims that every token has, beside the subject and the audience. */
  readonly always?: readonly string[];
  /** Claims that it also signs as session tags; `any` where its customers choose. No others can be in a request. */
  readonly tags?: readonly string[] | "any";
  /** A condition that pins the caller, for the advice. */
  readonly pin: readonly [claim: string, value: string];
  /** Its tokens are those of one cluster: not to tell them apart is only advised against. */
  readonly isOwn?: true;
}

/** The whole claim, without a wildcard. */
const whole: ProviderPlace = { after: "", until: "" };

function upTo(until: string, ...afters: readonly string[]): readonly ProviderPlace[] {
  return afters.map((after) => ({ after, until }));
}

/**
 * GitHub Docs, "OpenID Connect reference": the default subject, with the ids of owner and repository or without, and what it can be
 * made of instead. The name of an owner holds letters, digits and hyphens. `actor` names who triggered a run, which starring a
 * stranger's repository can do; `job_workflow_ref` the workflow that is called, not the repository that calls it.
 */
const gitHub = {
  claims: {
    sub: [
      ...upTo("/@", "repo:", "repository:"),
      ...upTo(":", "repository_owner:", "repository_owner_id:", "repository_id:", "enterprise:", "enterprise_id:"),
    ],
    repository: upTo("/@", ""),
    repository_id: [whole],
    repository_owner_id: [whole],
    enterprise_id: [whole],
  },
  called: { sub: upTo("/", "job_workflow_ref:"), job_workflow_ref: upTo("/", "") },
  always: ["repository", "repository_id", "repository_owner_id"],
  pin: ["sub", "repo:OWNER/REPOSITORY:*"],
} as const;

const terraform = {
  claims: { sub: [...upTo(":", "organization:"), whole] },
  pin: ["sub", "organization:ORGANIZATION:project:PROJECT:workspace:*"],
} as const;

/**
 * Which claim names the caller: "Identity-provider controls for shared OIDC providers" (IAM User Guide); which claims can be compared at all: "Actions,
 * resources, and condition keys for AWS Security Token Service" (Service Authorization Reference). Providers with an issuer for
 * each customer (CircleCI, Bitbucket, Spacelift, Entra ID) are not public: the issuer is the pin.
 */
const publicProviders: readonly PublicProvider[] = [
  { name: "GitHub Actions", issuer: "token.actions.githubusercontent.com", ...gitHub },
  { name: "GitHub Actions", issuer: "vstoken.actions.githubusercontent.com", ...gitHub },
  {
    // GitHub Docs, "Streaming the audit log for your enterprise", Setting up streaming to S3 with OpenID Connect.
    name: "GitHub audit log streaming",
    issuer: "oidc-configuration.audit-log.githubusercontent.com",
    claims: { sub: [whole] },
    pin: ["sub", "https://github.com/ENTERPRISE"],
  },
  {
    // GitLab Docs, "Configure OpenID Connect in AWS to retrieve temporary credentials".
    name: "GitLab",
    issuer: "gitlab.com",
    always: ["project_id", "namespace_id", "project_path", "namespace_path"],
    claims: {
      sub: [...upTo("/", "project_path:"), ...upTo(":", "project_id:"), whole],
      project_path: upTo("/", ""),
      namespace_path: upTo("/", ""),
      project_id: [whole],
      namespace_id: [whole],
    },
    pin: ["sub", "project_path:GROUP/PROJECT:*"],
  },
  // HCP Terraform, "Dynamic Credentials with the AWS Provider".
  { name: "HCP Terraform", issuer: "app.terraform.io", ...terraform },
  { name: "HCP Terraform", issuer: "app.eu.terraform.io", ...terraform },
  {
    // Buildkite Docs, "OIDC with AWS".
    name: "Buildkite",
    issuer: "agent.buildkite.com",
    claims: {
      sub: [...upTo(":", "organization:"), whole],
      organization_id: [whole],
      organization_slug: [whole],
      pipeline_id: [whole],
      cluster_id: [whole],
    },
    always: ["organization_slug"],
    tags: [
      ...["organization_slug", "organization_id", "pipeline_slug", "pipeline_id", "cluster_id", "cluster_name"],
      ...["build_branch", "build_tag", "build_source", "queue_id", "queue_key", "agent_id"],
    ],
    pin: ["sub", "organization:ORGANIZATION:pipeline:PIPELINE:*"],
  },
  {
    // Pulumi Docs, "Configuring OpenID Connect for AWS": the audience is the organization.
    name: "Pulumi Cloud",
    issuer: "api.pulumi.com/oidc",
    claims: { aud: [whole], sub: [...upTo(":", "pulumi:environments:org:", "pulumi:deploy:org:"), whole] },
    pin: ["aud", "aws:ORGANIZATION"],
  },
  {
    // Vercel Docs, "OIDC Federation Reference", the global issuer mode.
    name: "Vercel",
    issuer: "oidc.vercel.com",
    claims: { aud: [whole], sub: [...upTo(":", "owner:"), whole] },
    pin: ["sub", "owner:TEAM:project:PROJECT:environment:production"],
  },
  {
    name: "Codefresh",
    issuer: "oidc.codefresh.io",
    claims: { sub: [...upTo(":", "account:"), whole] },
    pin: ["sub", "account:ACCOUNT:pipeline:PIPELINE:*"],
  },
  {
    name: "Scalr",
    issuer: "scalr.io",
    claims: { sub: [...upTo(":", "account:"), whole] },
    pin: ["sub", "account:ACCOUNT:environment:ENVIRONMENT:*"],
  },
  {
    name: "Upbound",
    issuer: "proidc.upbound.io",
    claims: { sub: [...upTo("/", "mcp:"), whole] },
    pin: ["sub", "mcp:ORGANIZATION/CONTROL-PLANE:provider:provider-aws"],
  },
  {
    name: "Shisho Cloud",
    issuer: "tokens.cloud.shisho.dev",
    claims: { sub: [...upTo(":", "job:"), whole] },
    pin: ["sub", "job:ORGANIZATION:*"],
  },
  {
    name: "DVC Studio",
    issuer: "studio.datachain.ai/api",
    claims: { sub: [...upTo("/", "credentials:"), whole] },
    pin: ["sub", "credentials:OWNER/*"],
  },
  {
    name: "sandboxes.cloud",
    issuer: "sandboxes.cloud",
    claims: { aud: [whole], sub: [whole] },
    pin: ["aud", "AUDIENCE"],
  },
  {
    name: "IBM Turbonomic",
    issuer: "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7",
    claims: { sub: [whole] },
    pin: ["sub", "SUBJECT"],
  },
  {
    // Modal, "OIDC integration": one issuer for all workspaces.
    name: "Modal",
    issuer: "oidc.modal.com",
    claims: { sub: [...upTo(":", "modal:workspace_id:"), whole] },
    pin: ["sub", "modal:workspace_id:WORKSPACE:*"],
  },
  {
    // Microsoft Learn, "Connect Microsoft Sentinel to Amazon Web Services": the session's name holds the workspace.
    name: "Microsoft Sentinel",
    issuer: "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d*",
    claims: { "sts:rolesessionname": [whole], sub: [whole] },
    pin: ["sts:RoleSessionName", "MicrosoftSentinel_WORKSPACE"],
  },
  {
    // The audience that a service account asks for (oaud) is its own choice; aud is the client or account that the token is made for.
    name: "Google",
    issuer: "accounts.google.com",
    claims: { sub: [whole], aud: [whole], email: [whole], "google/organization_number": [whole] },
    pin: ["sub", "ACCOUNT-ID"],
  },
  {
    // Amazon Cognito Developer Guide, "IAM roles": the audience is the identity pool.
    name: "Amazon Cognito",
    issuer: "cognito-identity.amazonaws.com",
    claims: { aud: [whole], sub: [whole] },
    tags: "any",
    pin: ["aud", "REGION:IDENTITY-POOL-ID"],
  },
  {
    name: "Login with Amazon",
    issuer: "www.amazon.com",
    claims: { app_id: [whole], user_id: [whole] },
    always: ["app_id", "user_id"],
    pin: ["app_id", "APP-ID"],
  },
  {
    name: "Facebook",
    issuer: "graph.facebook.com",
    claims: { app_id: [whole], id: [whole] },
    always: ["app_id", "id"],
    pin: ["app_id", "APP-ID"],
  },
  {
    // Amazon EKS User Guide, "Assign IAM roles to Kubernetes service accounts".
    name: "an EKS cluster",
    issuer: "oidc.eks.*.amazonaws.com*/id/*",
    tags: "any",
    claims: { sub: [...upTo(":", "system:serviceaccount:"), whole] },
    pin: ["sub", "system:serviceaccount:NAMESPACE:NAME"],
    isOwn: true,
  },
];

/** A provider that needs nothing set up in an account for its tokens to be taken ("OIDC federation", IAM User Guide). */
export const builtInIssuer = "accounts.google.com";

/** The public provider with the issuer, given in lower case without `https://`; undefined for a private one. */
export function publicProvider(issuer: string): PublicProvider | undefined {
  return providerOf(issuer).provider;
}

const providerOf = remembering((issuer) => ({
  provider: publicProviders.find((provider) => matchesGlob(issuer, provider.issuer)),
}));

/** The condition key of a claim. */
export function keyOfClaim(issuer: string, claim: string): string {
  return claim.includes(":") ? claim : `${issuer}:${claim}`;
}

/**
 * Whether the literal texts between the wildcards of a claim's value say whose it is. Within the claim a name may also follow a
 * colon: providers escape those that come from their users (GitHub Docs, "OpenID Connect reference", Customizing the token claims).
 */
export function namesOwner(parts: readonly string[], { after, until }: ProviderPlace): boolean {
  return parts.some((part, i) => {
    const isEnd = i === parts.length - 1;
    return startsIn(part, after, i === 0).some((start) => {
      const ends = [...until].map((character) => part.indexOf(character, start)).filter((at) => at >= 0);
      return ends.length > 0 ? Math.min(...ends) > start : isEnd && part.length > start;
    });
  });
}

/** Where in a part of a claim the text after a marker begins. */
function startsIn(part: string, marker: string, isFirst: boolean): readonly number[] {
  const starts = isFirst && part.startsWith(marker) ? [marker.length] : [];
  if (marker === "") return starts;
  for (let at = part.indexOf(`:${marker}`); at >= 0; at = part.indexOf(`:${marker}`, at + 1)) {
    starts.push(at + 1 + marker.length);
  }
  return starts;
}
