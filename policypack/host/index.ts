/**
 * HOW PULUMI HEARS OF IT. The configuration and the resources of a run go in; out come reports, and the remedies that Pulumi applies.
 *
 * The rooms in the order in which data passes:
 * - `engine`: the process: who may configure it, and when it ends.
 * - `protocol`: messages to resources, and reports to messages. It has a door of its own, since it loads gRPC.
 * - `configuration`: levels, options, settings and waivers, or mistakes that name what to write instead.
 * - `run.ts`: one run of the engine, which binds the others; `judge-whole.ts`: the same rules where all is there and no engine asks.
 * - `evaluation`: which rule is asked about which subject, when; a rule that breaks is one violation.
 * - `reporting`: answers to findings, one for each cause, to text.
 * - `outgoing`: the one door for text: secrets masked, control characters shown, lengths bounded.
 */
export type { Configuration } from "./configuration/configure";
export type { ConfiguredLevel } from "./configuration/levels";
export type { Mistake } from "./configuration/mistake";
export { nearestName, suggestion } from "./configuration/nearest";
export type { AnyOptions } from "./configuration/options";
export { readConfig } from "./configuration/read-config";
export { settingsPolicy } from "./configuration/settings-policy";
export { undecidedPolicy } from "./configuration/undecided-policy";
export type { Environment } from "./evaluation/evaluate";
export type { Asked } from "./evaluation/run-rule";
export { concernsIdentity, phasesOf } from "./evaluation/subject-selection";
export { judgeWhole, type WholeJudgement } from "./judge-whole";
export { bounded, shownJson, shownLine, shownLines } from "./outgoing/outgoing";
export { Secrets } from "./outgoing/secrets";
export { wrapWords } from "./outgoing/wrap";
export { fingerprintOf, kindAndName } from "./reporting/fingerprint";
export { messageOf, pageOf } from "./reporting/message";
export type { Note, Report, ReportText } from "./reporting/report";
export { ruleSection, settingsSection, undecidedSection } from "./reporting/rules-md";
