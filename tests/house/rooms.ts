import type { Room } from "./room";

/** From the lowest up; a floor's door, its `index.ts`, is all that the floors above see of it. */
export const floors: Readonly<Record<string, string>> = {
  iam: "policypack/iam",
  model: "policypack/model",
  rules: "policypack/rules",
  host: "policypack/host",
  cli: "cli",
};

/** Doors beside those of the floors. What speaks the protocol stands apart: to load it costs more than all the rest. */
export const furtherDoors: readonly string[] = ["policypack/host/protocol/index"];

/** Files at the top of a floor, in the order of the way that data takes: they put its rooms together. */
export const rooms: readonly Room[] = [
  {
    folder: "policypack/iam/shared",
    knows: "what every room needs and none is about: memos with a bound, lazy tables",
    imports: [],
  },
  {
    folder: "policypack/iam/language",
    knows: "the policy language: text to statements, or faults with a path; patterns, operators, policy variables",
    imports: ["shared"],
  },
  {
    folder: "policypack/iam/answer",
    knows: "what an answer is: yes with its proof, no, unknown; what it may cost",
    imports: [],
  },
  { folder: "policypack/iam/aws/generated", knows: "AWS's tables, made by `npm run generate`", imports: ["shared"] },
  {
    folder: "policypack/iam/aws",
    knows:
      "what AWS publishes: actions, their resources, condition keys, managed policies, partitions, escalation paths",
    imports: ["shared", "language", "answer", "aws/generated"],
  },
  {
    folder: "policypack/iam/solver",
    knows: "constraints over the variables of a request; neither Allow nor Deny",
    imports: ["shared", "language", "answer", "aws"],
  },
  {
    folder: "policypack/iam/requests",
    knows: "symbolic requests: who may be asking, for what, and the values that each key can have",
    imports: ["shared", "language", "answer", "aws", "solver"],
  },
  {
    folder: "policypack/iam/evaluation",
    knows: "compiled policies against symbolic requests: one search, one three-valued approximation",
    imports: ["shared", "language", "answer", "aws", "solver", "requests"],
  },
  {
    folder: "policypack/iam/questions",
    knows: "one question a file: may call, MFA gate and condition, root under service control policies",
    imports: ["shared", "language", "answer", "aws", "solver", "requests", "evaluation"],
  },
  {
    folder: "policypack/iam/questions/admin",
    knows: "who is administrator, or can become one by its own policies",
    imports: ["shared", "language", "answer", "aws", "aws/generated", "solver", "requests", "evaluation"],
  },
  {
    folder: "policypack/iam/questions/escalation",
    knows: "paths to another identity's power",
    imports: ["shared", "answer", "aws", "solver", "requests", "evaluation", "questions/admin"],
  },
  {
    folder: "policypack/iam/questions/trust",
    knows: "who may assume a role, from this account and from outside",
    imports: ["language", "answer", "aws", "solver", "requests", "evaluation"],
  },
  {
    folder: "policypack/iam",
    knows: "the door of the core",
    imports: [
      "shared",
      "language",
      "answer",
      "aws",
      "requests",
      "evaluation",
      "questions",
      "questions/admin",
      "questions/escalation",
      "questions/trust",
    ],
  },
  { folder: "policypack/model/types", knows: "the one table of resource types, and what each declares", imports: [] },
  {
    folder: "policypack/model/resources",
    knows: "a resource, its values (known or not yet), its provider, URN and ARN texts",
    imports: ["iam", "types"],
  },
  {
    folder: "policypack/model/subjects",
    knows: "what rules look at: identities with their policies, organization, account",
    imports: ["iam", "types", "resources"],
  },
  {
    folder: "policypack/model/templates",
    knows: "CloudFormation text to resources, and what a template leaves open",
    imports: ["iam", "types", "resources"],
  },
  {
    folder: "policypack/model/declarations",
    knows: "one resource to what it declares",
    imports: ["iam", "types", "resources", "subjects", "templates"],
  },
  {
    folder: "policypack/model/graph",
    knows: "all declarations to users, groups, roles and permission sets with their policies",
    imports: ["iam", "types", "resources", "subjects", "declarations"],
  },
  {
    folder: "policypack/model",
    knows: "the door of the stack's model",
    imports: ["types", "resources", "subjects", "declarations", "graph", "templates"],
  },
  {
    folder: "policypack/rules/authoring",
    knows: "what a rule is made of: defineRule, options, wording, example builders",
    imports: ["iam", "model"],
  },
  {
    folder: "policypack/rules/key-scan",
    knows: "access keys in texts, however they are wrapped",
    imports: ["iam", "model"],
  },
  {
    folder: "policypack/rules/analysis",
    knows: "what several rules ask of the graph",
    imports: ["iam", "model", "authoring"],
  },
  {
    folder: "policypack/rules/users",
    knows: "rules about users: MFA, passwords, keys",
    imports: ["iam", "model", "authoring", "analysis"],
  },
  {
    folder: "policypack/rules/root-and-keys",
    knows: "rules about root and about keys in programs",
    imports: ["iam", "model", "authoring", "key-scan", "analysis"],
  },
  {
    folder: "policypack/rules/administrators",
    knows: "rules about power: groups, roles, permission sets, trust, escalation",
    imports: ["iam", "model", "authoring", "analysis"],
  },
  {
    folder: "policypack/rules/organization",
    knows: "rules about the account's and the organization's policies",
    imports: ["iam", "model", "authoring"],
  },
  {
    folder: "policypack/rules",
    knows: "the list of rules by topic",
    imports: ["authoring", "analysis", "users", "root-and-keys", "administrators", "organization"],
  },
  {
    folder: "policypack/host/configuration",
    knows: "configuration to levels, options, settings and waivers, or mistakes",
    imports: ["model", "rules"],
  },
  {
    folder: "policypack/host/evaluation",
    knows: "which rule is asked about which subject, when",
    imports: ["iam", "model", "rules", "configuration"],
  },
  {
    folder: "policypack/host/outgoing",
    knows: "the one door for text that goes out: secrets masked, control characters shown, lengths bounded",
    imports: ["iam", "model"],
  },
  {
    folder: "policypack/host/reporting",
    knows: "answers to findings to text; RULES.md",
    imports: ["iam", "model", "rules", "configuration", "evaluation", "outgoing"],
  },
  {
    folder: "policypack/host",
    knows: "one run of the engine, from resources to reports",
    imports: ["iam", "model", "rules", "configuration", "evaluation", "outgoing", "reporting", "engine"],
  },
  {
    folder: "policypack/host/engine",
    knows: "the process that serves: who may configure it, when it ends",
    imports: [],
  },
  {
    folder: "policypack/host/protocol",
    knows: "gRPC and protobuf: the analyzer service and ordinary Pulumi policies",
    imports: ["iam", "model", "rules", "configuration", "evaluation", "outgoing", "reporting", "host", "engine"],
  },
  {
    folder: "policypack",
    knows: "the entry points: the pack, the pack as one file, the policies and the questions for programs of others",
    imports: ["iam", "rules", "reporting", "engine", "protocol"],
  },
  {
    folder: "cli/terminal",
    knows: "files, processes, failures, and the door for what is printed",
    imports: ["iam", "host"],
  },
  { folder: "cli/pulumi/generated", knows: "what @pulumi/aws declares, made by `npm run generate`", imports: [] },
  {
    folder: "cli/pulumi",
    knows: "notions of Pulumi that several rooms share: values, URNs, gRPC, what provider SDKs declare",
    imports: ["model", "host", "terminal", "pulumi/generated"],
  },
  {
    folder: "cli/artefact",
    knows: "previews and exports, as files, to the stack that they hold",
    imports: ["iam", "model", "terminal", "pulumi"],
  },
  { folder: "cli/project/yaml", knows: "YAML as Pulumi reads it", imports: ["terminal"] },
  {
    folder: "cli/project",
    knows: "Pulumi.yaml and the stack's configuration",
    imports: ["host", "terminal", "pulumi", "project/yaml"],
  },
  {
    folder: "cli/offline/aws",
    knows: "what follows from an account, a region and a name: outputs of resources that are not made yet",
    imports: ["iam", "pulumi"],
  },
  {
    folder: "cli/offline/invokes",
    knows: "what functions of providers answer",
    imports: ["iam", "pulumi", "offline/aws"],
  },
  {
    folder: "cli/offline",
    knows: "the engine's stand-in",
    imports: ["terminal", "pulumi", "offline/aws", "offline/invokes"],
  },
  {
    folder: "cli/program",
    knows: "running a program: its environment, its end",
    imports: ["terminal", "pulumi", "project", "offline"],
  },
  {
    folder: "cli/pack",
    knows: "policy packs: this package's own in this process, others as child processes; what they find",
    imports: ["model", "rules", "host", "terminal", "pulumi", "offline", "program"],
  },
  {
    folder: "cli/policies",
    knows: "configuration files of the policies, and Pulumi's exceptions in them",
    imports: ["iam", "model", "rules", "host", "terminal", "pulumi", "pack"],
  },
  {
    folder: "cli/report",
    knows: "what a check or an audit says: text, JSON, SARIF, JUnit, Markdown, GitHub's annotations; baselines",
    imports: ["iam", "rules", "host", "terminal", "pulumi", "pack", "audit/rules", "report/html"],
  },
  {
    folder: "cli/report/html",
    knows: "a check or an audit as one page for a browser, with all that it needs in it",
    imports: ["iam", "rules", "host", "terminal", "pulumi", "report"],
  },
  {
    folder: "cli/report/html/browser",
    knows: "what the page does in a browser: its tables, its drawing of ways; names as texts, never as markup",
    imports: ["report/html"],
    isBundled: true,
  },
  {
    folder: "cli/delivery",
    knows: "the options of a command's reports, and where the reports go",
    imports: ["terminal", "report"],
  },
  {
    folder: "cli/audit/records",
    knows: "`audit`: what is read of an account, in the form of the AWS CLI",
    imports: ["terminal"],
  },
  {
    folder: "cli/audit/stack",
    knows: "`audit`: records of an account to the resources of a stack that would have made it",
    imports: ["iam", "model", "terminal", "pulumi", "explain/input", "audit/records"],
  },
  {
    folder: "cli/audit/rules",
    knows: "`audit`: the rules that only an account can answer, one file a rule",
    imports: ["rules", "host", "terminal", "audit/records", "audit/stack"],
  },
  {
    folder: "cli/audit/ways",
    knows: "`audit`: ways to administrator as a graph, and what cuts most of them",
    imports: ["model", "rules", "host", "report", "audit/rules", "audit/stack"],
  },
  {
    folder: "cli/audit/judging",
    knows: "`audit`: the judgement of an account: findings, and who fails, passes or is not checked",
    imports: [
      "model",
      "rules",
      "host",
      "pack",
      "policies",
      "report",
      "audit/records",
      "audit/stack",
      "audit/rules",
      "audit/ways",
    ],
  },
  {
    folder: "cli/audit/live",
    knows: "`audit`: a live account's records, by AWS's clients, which the build bundles apart",
    imports: ["terminal", "audit/records"],
    isBundled: true,
  },
  {
    folder: "cli/audit/files",
    knows: "`audit`: files of the AWS CLI to records, recognised by their content",
    imports: ["terminal", "audit/records"],
  },
  {
    folder: "cli/audit/owners",
    knows: "`audit`: files of stacks to the resources that make what is found in an account",
    imports: ["iam", "model", "artefact", "terminal", "pulumi", "report"],
  },
  {
    folder: "cli/audit",
    knows: "`audit`: one account or many, read and judged",
    imports: [
      "terminal",
      "report",
      "delivery",
      "audit/records",
      "audit/live",
      "audit/files",
      "audit/stack",
      "audit/judging",
      "audit/owners",
    ],
  },
  {
    folder: "cli/check",
    knows: "`check`",
    imports: [
      "model",
      "host",
      "terminal",
      "pulumi",
      "project",
      "artefact",
      "offline",
      "offline/aws",
      "offline/invokes",
      "program",
      "pack",
      "policies",
      "report",
      "delivery",
    ],
  },
  { folder: "cli/config", knows: "`config`", imports: ["rules", "host", "terminal", "policies"] },
  {
    folder: "cli/explain/input",
    knows: "`explain`: files to policies and identities",
    imports: ["iam", "model", "host", "terminal"],
  },
  { folder: "cli/explain/answers", knows: "`explain`: questions and answers", imports: ["iam", "explain/input"] },
  {
    folder: "cli/explain/report",
    knows: "`explain`: answers as text and JSON",
    imports: ["iam", "host", "terminal", "explain/input", "explain/answers"],
  },
  {
    folder: "cli/explain",
    knows: "`explain`",
    imports: ["terminal", "explain/input", "explain/answers", "explain/report"],
  },
  {
    folder: "cli/root-credentials",
    knows: "`root-credentials`: what the root users of member accounts have, by the AWS CLI",
    imports: ["terminal"],
  },
  { folder: "cli/rules", knows: "`rules`", imports: ["rules", "host", "terminal", "audit/rules"] },
  {
    folder: "cli",
    knows: "the command, and the call for programs of others",
    imports: [
      "pulumi",
      "host",
      "terminal",
      "audit",
      "check",
      "config",
      "explain",
      "report",
      "root-credentials",
      "rules",
    ],
  },
];
