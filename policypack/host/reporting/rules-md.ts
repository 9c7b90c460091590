import {
  type AnyRule,
  commonOptions,
  type Example,
  type OptionSchema,
  type OptionSchemas,
  type Topic,
} from "../../rules";
import { settingsPolicy, waiversOption } from "../configuration/settings-policy";
import { undecidedPolicy } from "../configuration/undecided-policy";
import { controlInWords } from "./controls";
import { exampleCode } from "./example-code";

/** The text of RULES.md: a table of the rules by topic, then each with its reasons, options, controls and examples. */
export function rulesMarkdown(topics: readonly Topic[]): string {
  return `${[
    "# Rules",
    "Generated from the rules themselves by `npm run docs`. Every example below is run by the tests.",
    ...topics.map((topic) => `**${topic.title}**\n\n${table(topic.rules)}`),
    "A level is what the rule has unless the policy pack's configuration says otherwise; it is the ceiling of the rule's " +
      "findings, some of which only advise. What cannot be decided before a value is known is one advisory finding of the policy " +
      "[undecided](#undecided), unless the option `onUnknown` says otherwise.",
    ...topics.flatMap((topic) => topic.rules.map(ruleSection)),
    undecidedSection(),
    settingsSection(),
  ].join("\n\n")}\n`;
}

function table(rules: readonly AnyRule[]): string {
  return rows(
    ["Rule", "Level", "Severity", "What it asks for"],
    rules.map(({ id, level, severity, title }) => [`[${id}](#${id})`, level, severity, title]),
  );
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...body.map(line)].join("\n");
}

/** One rule as RULES.md has it. */
export function ruleSection(rule: AnyRule): string {
  const { fail, pass, undecided } = rule.examples;
  return [
    `## ${rule.id}`,
    `**${rule.title}.** Level ${rule.level}, severity ${rule.severity}.`,
    rule.rationale,
    `**What to do.** ${rule.remediation}`,
    ...(rule.controls.length === 0 ? [] : [`**Helps to meet.** ${rule.controls.map(controlInWords).join(", ")}.`]),
    "**Options**",
    optionsTable({ ...rule.options, ...commonOptions }),
    ...fail.map((example) => exampleSection(example.level === "advisory" ? "Advised against" : "Found", example)),
    ...pass.map((example) => exampleSection("Passes", example)),
    ...undecided.map((example) => exampleSection("Undecided in preview", example)),
  ].join("\n\n");
}

/** The policy `undecided` as RULES.md has it. */
export function undecidedSection(): string {
  const { id, title, level, severity, rationale, remediation } = undecidedPolicy;
  return [
    `## ${id}`,
    `**${title}.** Level ${level}, severity ${severity}.`,
    rationale,
    `**What to do.** ${remediation}`,
  ].join("\n\n");
}

/** The policy `settings` as RULES.md has it. */
export function settingsSection(): string {
  const { id, title, level, severity, rationale, remediation, options } = settingsPolicy;
  const waivers: readonly string[] = [`\`${waiversOption.name}\``, "list of objects", "[]", waiversOption.description];
  return [
    `## ${id}`,
    `**${title}.** Level ${level}, severity ${severity}.`,
    rationale,
    `**What to do.** ${remediation}`,
    "**Options**",
    optionsTable(options, waivers),
  ].join("\n\n");
}

function optionsTable(options: OptionSchemas, ...further: readonly (readonly string[])[]): string {
  return rows(
    ["Option", "Type", "Default", "Meaning"],
    [
      ...Object.entries(options).map(([name, option]) => [
        `\`${name}\``,
        typeInWords(option),
        option.default === undefined ? "" : JSON.stringify(option.default),
        option.description,
      ]),
      ...further,
    ],
  );
}

function typeInWords(option: OptionSchema): string {
  switch (option.type) {
    case "strings":
      return "list of texts";
    case "string":
      return option.enum === undefined ? "text" : option.enum.join(", ");
    default:
      return option.type;
  }
}

function exampleSection(verdict: string, example: Example): string {
  const configuration = [
    ...(example.options === undefined ? [] : [`With the options \`${JSON.stringify(example.options)}\`.`]),
    ...(example.settings === undefined ? [] : [`With the settings \`${JSON.stringify(example.settings)}\`.`]),
  ];
  return [
    `**${verdict}:** ${[`${example.title}.`, ...configuration].join(" ")}`,
    `\`\`\`ts\n${exampleCode(example)}\n\`\`\``,
  ].join("\n\n");
}
