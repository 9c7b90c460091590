import type { ArgumentChecker } from "../shared/arguments";

/** Runs of GitHub Actions: those of one branch unless `environment` or `pullRequests` names others. */
export interface GithubCaller {
  /** The repository whose workflows are meant: `owner/name`, spelt as GitHub shows it (letter case counts). */
  repository: string;

  /**
   * The number that GitHub knows the owner by, and that of the repository, as `gh api repos/OWNER/NAME` shows them. A repository
   * made, renamed or moved since July 2026 has both in its tokens' subject, and none gets in without them; others can be switched to
   * that form.
   */
  ownerId?: string;
  repositoryId?: string;

  /**
   * Which form of the subject gets in: with `names` alone, with `ids`, or `both` while a repository is switched over. By default that
   * with ids where they are given, and the other where not.
   */
  subjectForm?: "names" | "ids" | "both";

  /** The one branch whose workflows get in. `main` by default. */
  branch?: string;

  /** The deployment environment whose jobs get in, on whatever branch, instead of a branch. */
  environment?: string;

  /** Whether runs for pull requests within the repository get in, instead of a branch. For roles that change nothing. */
  pullRequests?: boolean;
}

/** Jobs of GitLab CI/CD for one branch of one project. */
export interface GitlabCaller {
  /** The project with its groups, spelt as GitLab shows it: `group/project`. */
  project: string;

  /** The one branch whose jobs get in. `main` by default. */
  branch?: string;

  /** Where GitLab runs. `https://gitlab.com` by default. The jobs' `id_tokens` need the same text as `aud`. */
  url?: string;
}

/** Whoever has a token of an OpenID Connect provider for this audience and with this subject. */
export interface OidcCaller {
  /** The provider's URL, the claim `iss`: `https://…`. */
  issuer: string;
  /** The claim `aud`. */
  audience: string;
  /** The claim `sub`, whole: wildcards are refused. */
  subject: string;
}

/** Who may deploy: one of the three. */
export type CallerArgs = { github: GithubCaller } | { gitlab: GitlabCaller } | { oidc: OidcCaller };

/** Whose tokens a role takes. */
export interface FederatedCaller {
  /** The provider's URL without `https://`, as its ARN and the condition keys have it. */
  readonly issuer: string;
  readonly audience: string;
  readonly subjects: readonly string[];
  /** For people, such as `branch main of example-org/example-app`. */
  readonly description: string;
}

/** Throws {@link InvalidArgument} for what is none of the three, and for what the one that it is refuses. */
export function checkedCaller(check: ArgumentChecker, argument: string, value: unknown): FederatedCaller {
  const kinds = ["github", "gitlab", "oidc"] as const;
  const form = "an object with one of github, gitlab and oidc";
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) {
    return check.refuse(argument, `is ${JSON.stringify(value) ?? "missing"}, which is not ${form}.`);
  }
  const [kind, given] = Object.entries(value)[0] ?? [];
  const at = (name: string) => `${argument}.${kind}.${name}`;
  switch (check.choice(argument, kind, kinds)) {
    case "github":
      return checkedGithub(check, fields(check, `${argument}.github`, given, GITHUB), at);
    case "gitlab":
      return checkedGitlab(check, fields(check, `${argument}.gitlab`, given, ["project", "branch", "url"]), at);
    case "oidc":
      return checkedOidc(check, fields(check, `${argument}.oidc`, given, ["issuer", "audience", "subject"]), at);
  }
}

type Fields<K extends string> = { readonly [P in K]?: unknown };
/** The name that a field has in messages. */
type Naming = (field: string) => string;

const GITHUB = [
  "repository",
  "ownerId",
  "repositoryId",
  "subjectForm",
  "branch",
  "environment",
  "pullRequests",
] as const satisfies readonly (keyof GithubCaller)[];

function fields<K extends string>(
  check: ArgumentChecker,
  argument: string,
  value: unknown,
  known: readonly K[],
): Fields<K> {
  const form = `an object with some of ${known.join(", ")}`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return check.refuse(argument, `is ${JSON.stringify(value)}, which is not ${form}.`);
  }
  const stranger = Object.keys(value).find((key) => !known.some((name) => name === key));
  if (stranger !== undefined) check.refuse(`${argument}.${stranger}`, `is not known. ${argument} is ${form}.`);
  return value as Fields<K>;
}

/**
 * "OpenID Connect reference" in the GitHub documentation: the default subject, and under Immutable subject claims the one with
 * ids. Throws {@link InvalidArgument}; `at` names the fields.
 */
export function checkedGithub(
  check: ArgumentChecker,
  given: Fields<(typeof GITHUB)[number]>,
  at: Naming = (field) => field,
): FederatedCaller {
  const repository = check.text(
    at("repository"),
    given.repository,
    /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[\w.-]{1,100}$/,
    "one GitHub repository, such as example-org/example-app, without a wildcard",
  );
  const [run, description] = checkedRun(check, given, at);
  const names = githubNames(check, repository, given, at);
  return {
    issuer: "token.actions.githubusercontent.com",
    audience: "sts.amazonaws.com",
    subjects: names.map((name) => `repo:${name}:${run}`),
    description: `${description} of ${repository}`,
  };
}

/** How subjects name the repository. */
function githubNames(
  check: ArgumentChecker,
  repository: string,
  given: Fields<(typeof GITHUB)[number]>,
  at: Naming,
): readonly string[] {
  const id = (field: "ownerId" | "repositoryId") =>
    given[field] === undefined
      ? undefined
      : check.text(at(field), given[field], /^[1-9][0-9]{0,18}$/, "a number of GitHub's, quoted");
  const [ownerId, repositoryId] = [id("ownerId"), id("repositoryId")];
  const hasIds = ownerId !== undefined && repositoryId !== undefined;
  if (!hasIds && ownerId !== undefined) {
    check.refuse(at("repositoryId"), "is missing beside ownerId. See it with: gh api repos/OWNER/NAME --jq .id");
  }
  if (!hasIds && repositoryId !== undefined) {
    check.refuse(at("ownerId"), "is missing beside repositoryId. See it with: gh api repos/OWNER/NAME --jq .owner.id");
  }
  const forms = ["names", "ids", "both"] as const;
  const form = check.choice(at("subjectForm"), given.subjectForm ?? (hasIds ? "ids" : "names"), forms);
  if (form !== "names" && !hasIds) {
    check.refuse(at("subjectForm"), `is "${form}", which needs ownerId and repositoryId. Set both, or leave it out.`);
  }
  const [owner, name] = repository.split("/");
  const withIds = `${owner}@${ownerId}/${name}@${repositoryId}`;
  return { names: [repository], ids: [withIds], both: [withIds, repository] }[form];
}

/** Which runs get in: the end of the subject, and the same for people. */
function checkedRun(
  check: ArgumentChecker,
  { branch, environment, pullRequests }: Fields<(typeof GITHUB)[number]>,
  at: Naming,
): readonly [subject: string, description: string] {
  const forPulls = check.boolean(at("pullRequests"), pullRequests ?? false);
  if (environment !== undefined && forPulls) {
    check.refuse(at("pullRequests"), "has no effect beside environment. Take one of the two out.");
  }
  if (branch !== undefined && (environment !== undefined || forPulls)) {
    const other = forPulls ? "pullRequests" : "environment";
    check.refuse(
      at("branch"),
      `has no effect beside ${other}: such runs have another subject. Take one of the two out.`,
    );
  }
  if (forPulls) return ["pull_request", "pull requests"];
  if (environment !== undefined) {
    const form = "the name of one environment, without a colon and without a wildcard";
    const name = check.text(at("environment"), environment, /^[^\s:*?$"\\](?:[^:*?$"\\\n]{0,253}[^\s:*?$"\\])?$/, form);
    return [`environment:${name}`, `environment ${name}`];
  }
  const name = checkedBranch(check, branch ?? "main", at);
  return [`ref:refs/heads/${name}`, `branch ${name}`];
}

function checkedBranch(check: ArgumentChecker, branch: unknown, at: Naming): string {
  return check.text(
    at("branch"),
    branch,
    /^[\w.+@#=][\w.+@#=/-]{0,200}$/,
    "the name of one branch, such as main, without refs/heads/ and without a wildcard",
  );
}

/** "Configure OpenID Connect in AWS to retrieve temporary credentials" in the GitLab documentation. */
function checkedGitlab(
  check: ArgumentChecker,
  given: Fields<"project" | "branch" | "url">,
  at: Naming,
): FederatedCaller {
  const url = checkedUrl(check, at("url"), given.url ?? "https://gitlab.com");
  const project = check.text(
    at("project"),
    given.project,
    /^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)+$/,
    "one GitLab project with its groups, such as example-group/example-app, without a wildcard",
  );
  const branch = checkedBranch(check, given.branch ?? "main", at);
  return {
    issuer: withoutScheme(url),
    audience: url,
    subjects: [`project_path:${project}:ref_type:branch:ref:${branch}`],
    description: `branch ${branch} of ${project}`,
  };
}

function checkedOidc(
  check: ArgumentChecker,
  given: Fields<"issuer" | "audience" | "subject">,
  at: Naming,
): FederatedCaller {
  const text = /^[^\s*?$"\\]([^*?$"\\\n]{0,253}[^\s*?$"\\])?$/;
  const whole = (claim: string) => `the whole claim ${claim}, without a wildcard`;
  const issuer = withoutScheme(checkedUrl(check, at("issuer"), given.issuer));
  const subject = check.text(at("subject"), given.subject, text, whole("sub"));
  return {
    issuer,
    audience: check.text(at("audience"), given.audience, text, whole("aud")),
    subjects: [subject],
    description: `one caller of ${issuer}`,
  };
}

function checkedUrl(check: ArgumentChecker, argument: string, value: unknown): string {
  const url = /^https:\/\/[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(\/[\w.~-]+)*$/;
  return check.text(
    argument,
    value,
    url,
    "the URL of an issuer, such as https://gitlab.com, without a slash at the end",
  );
}

function withoutScheme(url: string): string {
  return url.replace("https://", "");
}
