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

/**
 * The text of RULES.md: what each rule asks for, by topic.
 *
 * @param linkOf the address of a rule's page, where there is one to follow
 */
export function rulesMarkdown(topics: readonly Topic[], linkOf?: (id: string) => string): string {
  const named = (id: string): string => (linkOf === undefined ? id : `[${id}](${linkOf(id)})`);
  return `${[
    "# Rules",
    "Generated from the rules themselves by `npm run docs`. `npx aws-identity-guardrails rules ID` prints a rule's page: reasons, options, and examples that the tests run.",
    ...topics.map((topic) => `**${topic.title}**\n\n${table(topic.rules, named)}`),
    `**The pack itself**\n\n${table([undecidedPolicy, settingsPolicy], named)}`,
    "A level is what the rule has unless the policy pack's configuration says otherwise; it is the ceiling of the rule's " +
      "findings, some of which only advise. What cannot be decided before a value is known is one advisory finding of the policy " +
      `${named(undecidedPolicy.id)}, unless the option \`onUnknown\` says otherwise.`,
  ].join("\n\n")}\n`;
}

/** Every page of docs/rules, by the id that it is about. */
export function rulePages(rules: readonly AnyRule[]): ReadonlyMap<string, string> {
  const sections = [
    ...rules.map((rule) => [rule.id, ruleSection(rule)] as const),
    [undecidedPolicy.id, undecidedSection()] as const,
    [settingsPolicy.id, settingsSection()] as const,
  ];
  return new Map(sections.map(([id, section]) => [id, `${section}\n`]));
}

type Listed = Pick<AnyRule, "id" | "level" | "severity" | "title">;

function table(rules: readonly Listed[], named: (id: string) => string): string {
  return rows(
    ["Rule", "Level", "Severity", "What it asks for"],
    rules.map(({ id, level, severity, title }) => [named(id), level, severity, title]),
  );
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...body.map(line)].join("\n");
}

/**
 * The page of one rule.
 *
 * @param examples its examples in words, where they are other than programs
 */
export function ruleSection(rule: AnyRule, examples = examplesOf(rule)): string {
  return [
    `# ${rule.id}`,
    `**${rule.title}.** Level ${rule.level}, severity ${rule.severity}.`,
    rule.rationale,
    `**What to do.** ${rule.remediation}`,
    ...(rule.controls.length === 0 ? [] : [`**Helps to meet.** ${rule.controls.map(controlInWords).join(", ")}.`]),
    "**Options**",
    optionsTable({ ...rule.options, ...commonOptions }),
    ...examples,
  ].join("\n\n");
}

function examplesOf({ examples: { fail, pass, undecided } }: AnyRule): readonly string[] {
  return [
    ...fail.map((example) => exampleSection(example.level === "advisory" ? "Advised against" : "Found", example)),
    ...pass.map((example) => exampleSection("Passes", example)),
    ...undecided.map((example) => exampleSection("Undecided in preview", example)),
  ];
}

/** The page of the policy `undecided`. */
export function undecidedSection(): string {
  const { id, title, level, severity, rationale, remediation } = undecidedPolicy;
  return [
    `# ${id}`,
    `**${title}.** Level ${level}, severity ${severity}.`,
    rationale,
    `**What to do.** ${remediation}`,
  ].join("\n\n");
}

/** The page of the policy `settings`. */
export function settingsSection(): string {
  const { id, title, level, severity, rationale, remediation, options } = settingsPolicy;
  const waivers: readonly string[] = [`\`${waiversOption.name}\``, "list of objects", "[]", waiversOption.description];
  return [
    `# ${id}`,
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
