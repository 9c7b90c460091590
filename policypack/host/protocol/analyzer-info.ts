import {
  AnalyzerInfo,
  PolicyComplianceFramework,
  PolicyConfigSchema,
  PolicyInfo,
  PolicyType,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { AnyRule } from "../../rules";
import { settingsPolicy } from "../configuration/settings-policy";
import { undecidedPolicy } from "../configuration/undecided-policy";
import { phasesOf } from "../evaluation/subject-selection";
import { framework, tagsOf } from "../reporting/controls";
import { enforcementLevels, severityCodes } from "./protocol";
import { type JsonSchemas, ruleSchema, settingsSchema } from "./schema";

/** Name and version of the pack, as its package.json has them, and its text for people. */
export interface PackIdentity {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Made when somebody asks for it, which only publishing does. */
  readonly readme: () => string;
}

/**
 * What the pack tells about itself: what `pulumi policy publish` sends and what the engine resolves a configuration against.
 * There is no initial configuration, on purpose: an entry in one that names no level makes its policy advisory.
 */
export function analyzerInfo(pack: PackIdentity, rules: readonly AnyRule[]): AnalyzerInfo {
  const info = new AnalyzerInfo();
  info.setName(pack.name);
  info.setDisplayname("AWS identity guardrails");
  info.setVersion(pack.version);
  info.setDescription(pack.description);
  info.setReadme(pack.readme());
  info.setProvider("aws");
  info.setTagsList(["aws", "iam", "security"]);
  info.setSupportsconfig(true);
  info.setPoliciesList([...rules.map(ruleInfo), undecidedInfo(), settingsInfo()]);
  return info;
}

interface Described {
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
  readonly remediation: string;
  readonly level: AnyRule["level"];
  readonly severity: AnyRule["severity"];
}

function policyInfo(policy: Described, schema: JsonSchemas): PolicyInfo {
  const info = new PolicyInfo();
  info.setName(policy.id);
  info.setDisplayname(policy.title);
  info.setDescription(policy.title);
  info.setMessage(policy.rationale);
  info.setRemediationSteps(policy.remediation);
  info.setUrl(`docs/rules/${policy.id}.md`);
  info.setEnforcementlevel(enforcementLevels[policy.level]);
  info.setSeverity(severityCodes[policy.severity]);
  const config = new PolicyConfigSchema();
  config.setProperties(Struct.fromJavaScript(schema));
  info.setConfigschema(config);
  return info;
}

function ruleInfo(rule: AnyRule): PolicyInfo {
  const info = policyInfo(rule, ruleSchema(rule));
  info.setPolicyType(
    phasesOf(rule).includes("resource") ? PolicyType.POLICY_TYPE_RESOURCE : PolicyType.POLICY_TYPE_STACK,
  );
  info.setTagsList([...tagsOf(rule)]);
  const { name, version, reference, specification } = framework(rule) ?? {};
  if (name !== undefined) {
    const message = new PolicyComplianceFramework();
    message.setName(name);
    message.setVersion(version ?? "");
    message.setReference(reference ?? "");
    message.setSpecification(specification ?? "");
    info.setFramework(message);
  }
  return info;
}

function settingsInfo(): PolicyInfo {
  const info = policyInfo(settingsPolicy, settingsSchema());
  info.setPolicyType(PolicyType.POLICY_TYPE_STACK);
  return info;
}

function undecidedInfo(): PolicyInfo {
  const info = policyInfo(undecidedPolicy, {});
  info.setPolicyType(PolicyType.POLICY_TYPE_STACK);
  return info;
}
