import {
  AnalyzeDiagnostic,
  AnalyzeResponse,
  PolicyNotApplicable,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { derived } from "../../iam";
import type { AnyRule } from "../../rules";
import { bounded } from "../outgoing/outgoing";
import { messageOf } from "../reporting/message";
import type { Report } from "../reporting/report";
import type { Judgement } from "../run";
import type { PackIdentity } from "./analyzer-info";
import { enforcementLevels, severityCodes } from "./protocol";
import type { Remedied } from "./session";

/** The bytes of an `AnalyzeResponse`. Messages that follow one another are one message ("Encoding", Protocol Buffers documentation). */
export function analyzeResponse(pack: PackIdentity, { reports, notApplicable: others }: Judgement): Buffer {
  const told = new AnalyzeResponse().setDiagnosticsList(reports.map((report) => diagnostic(pack, report)));
  return Buffer.concat([told.serializeBinary(), ...others.map(nothingToAnalyze)]);
}

/** The bytes of a `RemediateResponse`. Rules that were left out of it would be recorded as having passed here. */
export function remediateResponse({ remediations, others }: Remedied): Buffer {
  const told = new RemediateResponse().setRemediationsList([...remediations]);
  return Buffer.concat([told.serializeBinary(), ...others.map(nothingToRemediate)]);
}

/** A run says it of nearly every rule at nearly every resource, so each rule's bytes are made once; a reason, which nobody is shown, would be most of them. */
const nothingToAnalyze = derived((rule: AnyRule) =>
  new AnalyzeResponse().setNotApplicableList([notApplicable(rule)]).serializeBinary(),
);

const nothingToRemediate = derived((rule: AnyRule) =>
  new RemediateResponse().setNotApplicableList([notApplicable(rule)]).serializeBinary(),
);

function notApplicable({ id }: AnyRule): PolicyNotApplicable {
  return new PolicyNotApplicable().setPolicyName(id);
}

function diagnostic(pack: PackIdentity, report: Report): AnalyzeDiagnostic {
  const message = new AnalyzeDiagnostic();
  message.setPolicyname(report.policy);
  message.setPolicypackname(pack.name);
  message.setPolicypackversion(pack.version);
  const text = messageOf(report);
  message.setDescription(bounded(text.split("\n", 1)[0] ?? ""));
  message.setMessage(bounded(text));
  message.setEnforcementlevel(enforcementLevels[report.level]);
  message.setSeverity(severityCodes[report.severity]);
  message.setUrn(report.urn);
  return message;
}
