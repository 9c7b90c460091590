import { derived, remembering } from "../../iam";
import { declaresOf, type Graph, type Resource } from "../../model";
import { typeTokenGlob } from "../authoring/glob-forms";
import { matchesAnyGlob } from "../authoring/globs";
import { defineRule, type Finding, type Outcome, type RuleContext, type Yielded } from "../authoring/rule";
import { accessKeyBehind, makesAccessKey, masked } from "../key-scan/access-keys";
import { type FoundKey, keysIn } from "../key-scan/key-scan";

const key = ["AKIA", "QWERTYUIOPASDF23"].join("");
const temporaryKey = ["ASIA", "QWERTYUIOPASDF23"].join("");
const secret = "sEcReT".repeat(7).slice(0, 40);

/** Kinds of resources that exist to keep secrets, as globs over type tokens; the last lines as Pulumi's Terraform bridge names them. */
const secretStores = [
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws-native:secretsmanager:Secret",
  "azure-native:keyvault:Secret",
  "azure-native:keyvault/*:Secret",
  "azure:keyvault/secret:Secret",
  "gcp:secretmanager/secretVersion:SecretVersion",
  "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion",
  "google-native:secretmanager/*:Version",
  "vault:kv/*",
  "vault:generic/secret:Secret",
  "vault:aws/secretBackend:SecretBackend",
  "github:index/*Secret:*Secret",
  "onepassword:index/item:Item",
  "doppler:index/secret:Secret",
  "pulumiservice:index:Environment",
  "aws:index/secretsmanagerSecretVersion:SecretsmanagerSecretVersion",
  "awscc:index/secretsmanagerSecret:SecretsmanagerSecret",
  "azurerm:index/keyVaultSecret:KeyVaultSecret",
  "google:index/secretManager*SecretVersion:SecretManager*SecretVersion",
  "vault:index/kv*",
  "vault:index/genericSecret:GenericSecret",
  "vault:index/awsSecretBackend:AwsSecretBackend",
];

const parameters: ReadonlySet<string> = new Set(["aws:ssm/parameter:Parameter", "aws:index/ssmParameter:SsmParameter"]);
const anyKind: ReadonlySet<string> = new Set([
  "aws:cloudcontrol/resource:Resource",
  "aws:index/cloudcontrolapiResource:CloudcontrolapiResource",
]);

const options = {
  allowedTypes: {
    type: "strings",
    description: "Further kinds of resources that are meant to keep secrets, as globs over type tokens.",
    default: [],
    form: typeTokenGlob,
  },
} as const;

const isSecretStore = remembering((type) => matchesAnyGlob(type, secretStores));

function keepsSecrets(resource: Resource, allowedTypes: readonly string[]): boolean {
  if (parameters.has(resource.type)) return resource.properties.type === "SecureString";
  if (anyKind.has(resource.type) && resource.properties.typeName === "AWS::SecretsManager::Secret") return true;
  return isSecretStore(resource.type) || matchesAnyGlob(resource.type, allowedTypes);
}

function findingAt(resource: Resource, keys: readonly FoundKey[]): Finding {
  const places = [...new Set(keys.map((found) => found.property))];
  const ids = [...new Set(keys.flatMap((found) => (found.id === undefined ? [] : [masked(found.id)])))];
  const what = ids.length > 0 ? `An AWS access key (${ids.join(", ")})` : "An AWS secret access key";
  return {
    kind: "finding",
    urn: resource.urn,
    subject: `${resource.type} "${resource.name}"`,
    what: `${what} stands in ${places.join(", ")}.`,
    why: "Whoever can read this resource, in AWS or in Pulumi's state, can use the key from anywhere until it is deactivated.",
    fix: "Take the key out and deactivate it. Give the workload a role instead; where a key must be, keep it in Secrets Manager or an SSM SecureString and read it at run time.",
  };
}

/** The scan's own limit: who packs a key deeper than that hides it. */
function unreadAt(resource: Resource, places: readonly string[]): Finding {
  const subject = `${resource.type} "${resource.name}"`;
  return {
    kind: "finding",
    urn: resource.urn,
    subject,
    ceiling: "advisory",
    what: `What stands in ${places.join(", ")} of the ${subject} was not read to the end: it is packed too deep or too large.`,
    why: "An access key in the part that was not read would go unnoticed.",
    fix: "Give the value less deeply nested, or review by hand that it holds no key.",
  };
}

/** Ids and secrets of the access keys that this stack made, as far as its state knows them. */
function madeHere({ graph }: RuleContext<unknown>): ReadonlySet<unknown> {
  const made = [...graph.resources.values()].filter(makesAccessKey);
  const values = made.flatMap(({ properties }) => keyOutputs.map((output) => properties[output]));
  return new Set(values.filter((value) => typeof value === "string"));
}

const keyOutputs = ["id", "secret", "secretAccessKey"];

/** Advice for values that come from an access key of this very stack: they are new, known and rotated with it. */
function* adviceFor(resource: Resource, { graph, once }: RuleContext<unknown>): Iterable<Outcome> {
  if (!once(makesKeys, graph)) return;
  for (const property of Object.keys(resource.propertyDependencies)) {
    const made = accessKeyBehind(resource, property, graph);
    if (made === undefined) continue;
    yield {
      kind: "finding",
      urn: resource.urn,
      subject: `${resource.type} "${resource.name}"`,
      ceiling: "advisory",
      what: `${property} receives the access key "${made.name}" of this stack.`,
      why: "A key handed over as plain configuration can be read by whoever can describe the resource, and lives until somebody rotates it.",
      fix: "Give the workload a role; where a key must be, store it in Secrets Manager and hand over the secret's ARN.",
    };
  }
}

function makesKeys({ resources }: Graph): boolean {
  return [...resources.values()].some(makesAccessKey);
}

/** The end asks about what each resource was shown with, which was scanned then. */
const scanned = derived((inputs: Resource["properties"]) => keysIn(inputs));

function isAwsProvider({ type }: Resource): boolean {
  return declaresOf(type).some(({ declares }) => declares === "provider");
}

export const noEmbeddedAccessKey = defineRule({
  id: "no-embedded-access-key",
  title: "No access key stands in a resource's inputs",
  severity: "critical",
  level: "mandatory",
  rationale:
    "Environment variables, user data, task definitions and tags are readable by far more people than a key is meant for, and are copied into state, " +
    "logs and backups. Contents of files and archives are not read.",
  remediation: "Give the workload a role. Where a key must be, keep it in Secrets Manager or an SSM SecureString.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.16" },
    { framework: "NIST 800-53", version: "5", id: "IA-5(7)" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.6.2" },
    { framework: "AWS Security Hub", version: "2024", id: "CodeBuild.2" },
  ],
  options,
  yieldsTo: ["no-static-provider-credentials"],
  on: "resource",
  phases: ["resource", "stack"],

  *check(resource, context): Iterable<Outcome | Yielded> {
    if (keepsSecrets(resource, context.options.allowedTypes)) return;
    if (isAwsProvider(resource)) yield { kind: "yielded", to: "no-static-provider-credentials" };

    if (context.phase === "stack") yield* adviceFor(resource, context);
    const inputs = context.shown.get(resource.urn);
    if (inputs === undefined) return;
    const { keys, unread } = scanned(inputs.properties);
    if (context.phase === "resource" && unread.length > 0) yield unreadAt(resource, unread);
    if (keys.length === 0) return;
    // From its second run on, a stack knows the keys that it made itself; whose they are shows at the end only.
    const mayBeMadeHere = [...context.shown.values()].some(makesAccessKey);
    if (mayBeMadeHere !== (context.phase === "stack")) return;
    const others = mayBeMadeHere ? keysIn(inputs.properties, { made: madeHere(context) }).keys : keys;
    if (others.length > 0) yield findingAt(resource, others);
  },

  examples: {
    fail: [
      {
        title: "a key in a function's environment",
        resources: [
          {
            type: "aws:lambda/function:Function",
            name: "report",
            properties: {
              role: "arn:aws:iam::111122223333:role/report",
              environment: { variables: { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } },
            },
          },
        ],
      },
      {
        title: "a key in user data, base64",
        resources: [
          {
            type: "aws:ec2/instance:Instance",
            name: "worker",
            properties: {
              userDataBase64: Buffer.from(`#!/bin/sh\nexport AWS_ACCESS_KEY_ID=${key}\n`).toString("base64"),
            },
          },
        ],
      },
      {
        title: "a key in a plain SSM parameter",
        resources: [
          { type: "aws:ssm/parameter:Parameter", name: "key", properties: { type: "String", value: temporaryKey } },
        ],
      },
      {
        title: "a secret key under a telling name",
        resources: [
          {
            type: "kubernetes:core/v1:ConfigMap",
            name: "env",
            properties: { data: { aws_secret_access_key: secret } },
          },
        ],
      },
      {
        title: "a secret key in a Kubernetes secret, whose values anybody can decode who can read it",
        resources: [
          {
            type: "kubernetes:core/v1:Secret",
            name: "credentials",
            properties: { data: { AWS_SECRET_ACCESS_KEY: Buffer.from(secret).toString("base64") } },
          },
        ],
      },
    ],
    pass: [
      {
        title: "a key kept in Secrets Manager",
        resources: [
          {
            type: "aws:secretsmanager/secretVersion:SecretVersion",
            name: "key",
            properties: { secretId: "partner-key", secretString: JSON.stringify({ id: key, secret }) },
          },
        ],
      },
      {
        title: "an SSM SecureString",
        resources: [
          { type: "aws:ssm/parameter:Parameter", name: "key", properties: { type: "SecureString", value: key } },
        ],
      },
      {
        title: "an example key of AWS's documentation",
        resources: [
          {
            type: "aws:s3/bucketObject:BucketObject",
            name: "docs",
            properties: { bucket: "docs", content: ["AKIA", "IOSFODNN7EXAMPLE"].join("") },
          },
        ],
      },
    ],
    undecided: [],
  },
});
