import { spawnSync } from "node:child_process";

/** Who the Pulumi CLI is logged in as, and where. */
export interface Login {
  readonly user: string;
  /** Of the console; the CLI knows none for a Pulumi Cloud that is self-hosted under a name of its own. */
  readonly url: string;
  readonly organizations: readonly string[];
}

/**
 * Asks the Pulumi CLI whom it would publish as.
 *
 * @param cwd the pack's folder: a project file above it may name another backend
 * @throws Error when there is no CLI, nobody is logged in, or the backend is not Pulumi Cloud
 */
export function loginOf(cwd: string): Login {
  const answer = pulumi(cwd, ["whoami", "--json"], "log in with `pulumi login`, or set PULUMI_ACCESS_TOKEN");
  const { user, url, organizations = [] }: Partial<Login> & Omit<Login, "organizations"> = JSON.parse(answer);
  if (url !== "" && !/^https?:/.test(url)) {
    throw new Error(
      `the Pulumi CLI is logged in to ${url}, and only Pulumi Cloud keeps policy packs: log in with \`pulumi login\`, ` +
        "or enforce the pack in CI (docs/rollout.md)",
    );
  }
  return { user, url, organizations };
}

/** Throws where the login cannot be one that publishes to the organization. */
export function expectMember({ user, organizations }: Login, organization: string): void {
  if (organization === user || organizations.includes(organization)) return;
  const others = organizations.length > 0 ? `in ${organizations.join(", ")}` : "in none";
  throw new Error(`${user} is in no organization ${organization} (${others}): check its name, or log in as a member`);
}

/** The versions of a pack that an organization has. Throws where the CLI cannot tell. */
export function publishedVersions(cwd: string, organization: string, name: string): string[] {
  const list = pulumi(
    cwd,
    ["policy", "ls", organization, "--json"],
    `may you see the policy packs of ${organization}?`,
  );
  const packs: { name: string; versions: string[] }[] = JSON.parse(list) ?? [];
  return packs.filter((it) => it.name === name).flatMap((it) => it.versions);
}

/** What the CLI prints. Where it fails, its own words and a suggestion. */
function pulumi(cwd: string, args: readonly string[], suggestion: string): string {
  const { status, stdout, stderr, error } = spawnSync("pulumi", ["--non-interactive", "--color", "never", ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  if (error !== undefined && "code" in error && error.code === "ENOENT") {
    throw new Error("there is no pulumi on PATH: install the Pulumi CLI (https://www.pulumi.com/docs/install/)");
  }
  if (status === 0) return stdout;
  const said = (error?.message ?? stderr).trim().replace(/^error: /gm, "");
  throw new Error(`pulumi ${args.join(" ")} failed: ${said}\n${suggestion}`);
}
