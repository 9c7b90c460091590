import type {
  Policy,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { stackUrnOf } from "../../model";
import type { AnyRule, Severity } from "../../rules";
import { undecidedPolicy } from "../configuration/undecided-policy";
import { noWaivers } from "../configuration/waivers";
import type { Doubt } from "../evaluation/doubt";
import type { Environment } from "../evaluation/evaluate";
import { phasesOf } from "../evaluation/subject-selection";
import { framework, tagsOf } from "../reporting/controls";
import { doubtKey, undecidedReports } from "../reporting/doubts";
import { messageOf } from "../reporting/message";
import type { Report } from "../reporting/report";
import { Run } from "../run";
import { resourceInStack, resourceToCreate } from "./policy-sdk-values";
import { ruleSchema } from "./schema";

export type PulumiPolicy = ResourceValidationPolicy | StackValidationPolicy;

/**
 * The rules as ordinary Pulumi policies, for packs that mix them with their own. Each is judged by itself, with the options
 * that Pulumi hands to it; what needs a view across rules (`settings`, waivers, stopping before creation) needs our own
 * service.
 */
export function pulumiPolicies(environment: Environment): PulumiPolicy[] {
  const doubts = new Map<string, Doubt>();
  const onDoubts = (rule: AnyRule) => (found: readonly Doubt[]) => {
    // What is advice once decided is not told before; Pulumi keeps to itself whether somebody made it more than advice.
    if (rule.level === "mandatory") for (const doubt of found) doubts.set(doubtKey(doubt), doubt);
  };
  return [
    ...environment.rules.map((rule) => pulumiPolicy(rule, { ...environment, onDoubts: onDoubts(rule) })),
    undecidedByAll(doubts),
  ];
}

/** Comes after all rules, whose stack parts Pulumi asks in their order, and tells what they left undecided. */
function undecidedByAll(doubts: Map<string, Doubt>): StackValidationPolicy {
  const { id, title, level, severity, remediation } = undecidedPolicy;
  return {
    name: id,
    displayName: title,
    description: title,
    enforcementLevel: level,
    severity,
    remediationSteps: remediation,
    url: `docs/rules/${id}.md`,
    validateStack: ({ resources: [first] }, report) => {
      const stack = first === undefined ? "" : stackUrnOf(first.urn);
      const reports = undecidedReports(
        [...doubts.values()],
        { undecided: "advisory", waivers: noWaivers },
        stack,
        true,
      );
      doubts.clear();
      const reportViolation = report as unknown as (violation: Violation) => void;
      for (const report of reports) reportViolation({ message: messageOf(report), urn: report.urn, severity });
    },
  };
}

function pulumiPolicy(rule: AnyRule, environment: Environment): PulumiPolicy {
  const phases = phasesOf(rule);
  const run = configuredOnce(rule, new Run({ ...environment, asks: [rule] }));
  const resourcePart: Pick<ResourceValidationPolicy, "validateResource" | "remediateResource"> = {
    validateResource: (args, report) => {
      tell(run(args.getConfig()).analyze(resourceToCreate(args)).reports, report);
    },
    ...(rule.remediate === undefined ? {} : { remediateResource: (args) => remediated(args, run(args.getConfig())) }),
  };
  const stackPart: Pick<StackValidationPolicy, "validateStack"> = {
    validateStack: (args, report) => {
      tell(run(args.getConfig()).analyzeStack(args.resources.map(resourceInStack)).reports, report);
    },
  };
  if (!phases.includes("resource")) return { ...metadata(rule), ...stackPart };
  return phases.includes("stack")
    ? { ...metadata(rule), ...resourcePart, ...stackPart }
    : { ...metadata(rule), ...resourcePart };
}

function metadata(rule: AnyRule): Policy {
  const known = framework(rule);
  return {
    name: rule.id,
    displayName: rule.title,
    description: rule.title,
    enforcementLevel: rule.level,
    severity: rule.severity,
    configSchema: { properties: ruleSchema(rule) },
    tags: [...tagsOf(rule)],
    remediationSteps: rule.remediation,
    url: `docs/rules/${rule.id}.md`,
    ...(known === undefined ? {} : { framework: known }),
  };
}

type Options = Readonly<Record<string, unknown>>;

/**
 * A pack's configuration comes before the first resource and stays. Pulumi keeps the level to itself: at `remediate` the run
 * offers remedies and reports "mandatory" for what is at the rule's level, whichever that is.
 */
function configuredOnce(rule: AnyRule, run: Run): (options: Options) => Run {
  let isConfigured = false;
  return (options) => {
    if (!isConfigured) run.configure(new Map([[rule.id, { level: "remediate", options }]]));
    isConfigured = true;
    return run;
  };
}

/** What Pulumi's server accepts beside a plain message; its types (1.21.0) do not say so. */
interface Violation {
  readonly message: string;
  readonly urn: string;
  readonly severity: Severity;
  /** The policy's configured level when left out. */
  readonly enforcementLevel?: "advisory";
}

function tell(reports: readonly Report[], report: ReportViolation): void {
  const reportViolation = report as unknown as (violation: Violation) => void;
  for (const each of reports) {
    const { urn, severity, level } = each;
    const message = messageOf(each);
    reportViolation({ message, urn, severity, ...(level === "advisory" ? { enforcementLevel: level } : {}) });
  }
}

/** Sets the changes on the properties themselves, which keeps secrets secret and unknown values unknown. */
function remediated(args: ResourceValidationArgs, run: Run): Record<string, unknown> | undefined {
  const remedies = run.remediate(resourceToCreate(args));
  const changes: Record<string, unknown> = Object.assign({}, ...remedies.map((remedy) => remedy.changes ?? {}));
  return Object.keys(changes).length === 0 ? undefined : Object.assign(args.props, changes);
}
