import { accessLevelOf, actionName, arnTemplatesOf } from "../aws/actions";
import { arnGlob } from "../language/arn-glob";
import { anyRun, anyRunInField, type Pattern } from "../language/pattern";
import { lazily } from "../shared/lazily";
import { Remembered } from "../shared/remembering";
import type { Domain } from "../solver/domain";
import { likeTest, type Test } from "../solver/test";
import type { Scenario } from "./request";

const domains = new Remembered<Domain>(8192);

/** Every resource that a request for the action can name, in the account of the scenario only or in any. */
export function anyResource(action: number, scenario: Scenario, accounts: "own" | "all" = "all"): Domain {
  const account = accounts === "own" ? scenario.account : "????????????";
  const templates = arnTemplatesOf(action);
  const limits = limitsOf(action);
  const key = [
    scenario.partition,
    account,
    limits === noLimits ? "" : limits === limitsOfAws() ? "own" : "linked",
    ...templates,
  ].join(" ");
  return domains.of(key, () => resourcesOf(templates, scenario.partition, account, limits));
}

function resourcesOf(
  templates: readonly string[],
  partition: string,
  account: string,
  limits: readonly Test[],
): Domain {
  if (templates.length === 0) return { absent: false, values: [["*"]], multivalued: false };
  const patterns = templates.map((template) => templatePattern(template, partition, account));
  return { absent: false, values: "any", multivalued: false, always: [likeTest(patterns), ...limits] };
}

const noLimits: readonly Test[] = [];

const rolesOfServices = "arn:*:iam::*:role/aws-service-role/*";

/** What every resource fulfils that can be changed: AWS keeps its own policies and roles to itself. */
export const notOfAws: () => Test = lazily(() =>
  likeTest(["arn:*:iam::aws:*", "arn:*:iam::*:role/aws-reserved/*", rolesOfServices].map(arnGlob), true),
);

const limitsOfAws = lazily((): readonly Test[] => [notOfAws()]);

const limitsOfServices = lazily((): readonly Test[] => [likeTest([arnGlob(rolesOfServices)])]);

/**
 * What no policy can allow: to change or make what belongs to AWS. Roles of services are made and deleted by calls of their own
 * ("AWS managed policies", "Using service-linked roles", IAM User Guide).
 */
export function limitsOf(action: number): readonly Test[] {
  const name = actionName(action);
  if (!name.startsWith("iam:") || name === "iam:PassRole" || ["read", "list"].includes(accessLevelOf(action)))
    return noLimits;
  return name.endsWith("ServiceLinkedRole") ? limitsOfServices() : limitsOfAws();
}

/** `arn:${Partition}:iam::${Account}:role/*` with the placeholders filled in; a wildcard stays inside its field. */
export function templatePattern(template: string, partition: string, account: string): Pattern {
  const filled = template
    .replaceAll("${Partition}", partition)
    .replaceAll("${Account}", account)
    .replaceAll("${Region}", "*");
  const pattern = arnGlob(filled);
  const colonless = namesWithoutColon.get(template.split(":")[2] ?? "") ?? 0;
  let seen = 0;
  const tokens = pattern.tokens.map((token) => (token === anyRun && ++seen <= colonless ? anyRunInField : token));
  return { ...pattern, tokens };
}

/**
 * How many of the names in a service's ARNs, from the left, can hold no colon: all of IAM ("IAM and AWS STS quotas", name
 * requirements, IAM User Guide), and the bucket of S3 but not its key ("General purpose bucket naming rules", Amazon S3 User Guide).
 */
const namesWithoutColon: ReadonlyMap<string, number> = new Map([
  ["iam", Number.POSITIVE_INFINITY],
  ["s3", 1],
]);
