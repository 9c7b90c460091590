import type { AwsProvider, Resource, Waiting } from "../../model";
import { accessKey, user } from "../authoring/example-resources";
import { defineRule, type Finding, type Outcome } from "../authoring/rule";
import {
  accessKeyBehind,
  isAccessKeyId,
  isDocumentationKey,
  isSecretKeyLike,
  isTemporaryKeyId,
  masked,
} from "../key-scan/access-keys";
import { type FoundKey, keysIn } from "../key-scan/key-scan";

const providerType = "pulumi:providers:aws";
const longLivedKey = ["AKIA", "QWERTYUIOPASDF23"].join("");
const temporaryKey = ["ASIA", "QWERTYUIOPASDF23"].join("");
const secret = "sEcReT".repeat(7).slice(0, 40);

type Credentials = "none" | "long-lived" | "temporary" | { readonly waiting: readonly Waiting[] };

/** What the provider's own `accessKey` and `secretKey` amount to; `none` also where they cannot be AWS keys at all. */
function credentialsOf(provider: AwsProvider): Credentials {
  const { accessKey, secretKey } = provider;
  if (accessKey.known && accessKey.value !== undefined) {
    const id = accessKey.value.trim();
    if (!isAccessKeyId(id)) return "none";
    if (isDocumentationKey(id) && provider.hasLocalEndpoints.known && provider.hasLocalEndpoints.value) return "none";
    return isTemporaryKeyId(id) ? "temporary" : "long-lived";
  }
  const waiting = [accessKey, secretKey].flatMap((value) => (value.known ? [] : [value.waiting]));
  if (waiting.length > 0) return { waiting: waiting.slice(0, 1) };
  return secretKey.known && secretKey.value !== undefined && isSecretKeyLike(secretKey.value.trim())
    ? "long-lived"
    : "none";
}

const keyProperties = ["accessKey", "secretKey"];

/** What providers call a secret key ("AWS Provider: Installation & Configuration", Pulumi Registry). */
const secretNames: ReadonlySet<string> = new Set(["secretkey", "secret_key", "secret-key"]);

/**
 * Keys anywhere else in the provider's configuration: within an object or a list, as text or as JSON in a text. What reads them or
 * refuses them, they stand there as those of its own properties do.
 */
function keysWithin({ resource, accessKey, secretKey }: AwsProvider): readonly FoundKey[] {
  const own = accessKey.known ? accessKey.value?.trim() : undefined;
  const isPlain = secretKey.known && isSecretKeyLike(secretKey.value?.trim() ?? "");
  const { keys } = keysIn(resource.properties, { telling: secretNames });
  const others = keys.filter(({ property, id }) =>
    id === undefined ? property !== "secretKey" || !isPlain : property !== "accessKey" || id !== own,
  );
  const temporary = new Set(others.filter((key) => !isLongLived(key)).map(({ property }) => holderOf(property)));
  return others.filter(({ property, id }) => id !== undefined || !temporary.has(holderOf(property)));
}

/** `assumeRoles[0]` of `assumeRoles[0].secretKey`; the property itself where it is a text. */
function holderOf(property: string): string {
  return property.includes(".") ? property.slice(0, property.lastIndexOf(".")) : property;
}

function isLongLived({ id }: FoundKey): boolean {
  return id === undefined || !isTemporaryKeyId(id);
}

function holdsKeyWithin({ resource: { urn, name } }: AwsProvider, keys: readonly FoundKey[]): Finding {
  const [first] = keys.filter(isLongLived);
  const key = first ?? keys[0];
  const shown = key?.id === undefined ? "" : ` (${masked(key.id)})`;
  return {
    kind: "finding",
    urn,
    subject: `AWS provider "${name}"`,
    ...(first === undefined ? { ceiling: "advisory" as const } : {}),
    what: `The AWS provider "${name}" holds a ${first === undefined ? "temporary key" : "long-lived access key"}${shown} within ${key?.property ?? "its configuration"}.`,
    why: "Whoever reads the program, its config or its state can use the key, whether the provider does or not.",
    fix: "Take the key out of the provider (also of the `aws:*` config of the stack) and use a profile, assumeRoles or web identity instead; then deactivate the key.",
  };
}

function holdsKeyOfStack({ resource: { urn, name } }: AwsProvider, made: Resource): Finding {
  return {
    kind: "finding",
    urn,
    subject: `AWS provider "${name}"`,
    what: `The AWS provider "${name}" holds the access key "${made.name}" that this stack makes, a long-lived one.`,
    why: "It stands in the provider's configuration and in the state, and works from anywhere until it is deactivated.",
    fix: "Let the provider assume a role (assumeRoles) that trusts whoever runs the program, and make no access key for it.",
  };
}

export const noStaticProviderCredentials = defineRule({
  id: "no-static-provider-credentials",
  title: "AWS providers hold no long-lived keys",
  severity: "critical",
  level: "mandatory",
  rationale:
    "A long-lived key in a program or in stack config is copied into every checkout, log and backup of it and works until somebody notices. " +
    "It may even be the root user's: nobody can tell a root user's key from another by sight.",
  remediation:
    "Remove accessKey and secretKey from the provider and from the aws:* config. Use a profile with IAM Identity Center, `assumeRoles`, " +
    "web identity (OIDC) in CI, or Pulumi ESC, which all give keys that expire. Then deactivate the key that was there.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.4" },
    { framework: "NIST 800-53", version: "5", id: "IA-5(7)" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.6.2" },
  ],
  options: {},
  on: "provider",
  phases: ["resource", "stack"],

  *check(provider, { ambientKeyId, graph, phase }): Iterable<Outcome> {
    const { urn, name } = provider.resource;
    const subject = `AWS provider "${name}"`;
    const credentials = credentialsOf(provider);
    if (phase === "stack") {
      // What a value comes from shows at the end only, when the rest has been said already.
      const made = keyProperties
        .map((property) => accessKeyBehind(provider.resource, property, graph))
        .find((source) => source !== undefined);
      if (made !== undefined) yield holdsKeyOfStack(provider, made);
      else if (typeof credentials === "object") {
        yield { kind: "undecided", urn, subject, because: "its keys are not known yet", waiting: credentials.waiting };
      }
      return;
    }
    const within = credentials === "long-lived" ? [] : keysWithin(provider);
    if (within.length > 0) {
      yield holdsKeyWithin(provider, within);
      if (within.some(isLongLived)) return;
    }
    if (typeof credentials === "object") return;

    const shown =
      provider.accessKey.known && provider.accessKey.value !== undefined
        ? ` (${masked(provider.accessKey.value.trim())})`
        : "";
    if (credentials === "long-lived") {
      yield {
        kind: "finding",
        urn,
        subject,
        what: `The AWS provider "${name}" holds a long-lived access key${shown}.`,
        why:
          "Whoever reads the program, its config or its state can use the key from anywhere until it is deactivated; " +
          "it may be the root user's, which nobody can tell by sight.",
        fix: "Remove accessKey and secretKey (also `aws:accessKey` and `aws:secretKey` from the stack's config) and use a profile, assumeRoles or web identity instead; then deactivate the key.",
      };
      return;
    }
    if (credentials === "temporary") {
      yield {
        kind: "finding",
        urn,
        subject,
        ceiling: "advisory",
        what: `The AWS provider "${name}" holds a temporary key${shown}.`,
        why: "It expires soon, but until then it can be used by whoever reads the program, its config or its state.",
        fix: "Let the provider fetch temporary keys itself: name a profile, assumeRoles or web identity.",
      };
      return;
    }

    const usesEnvironment =
      provider.namesAnotherSource.known &&
      !provider.namesAnotherSource.value &&
      provider.accessKey.known &&
      provider.accessKey.value === undefined;
    if (
      usesEnvironment &&
      // Which provider of Terraform this one is nobody tells.
      provider.resource.type !== "pulumi:providers:terraform-provider" &&
      ambientKeyId !== undefined &&
      isAccessKeyId(ambientKeyId) &&
      !isTemporaryKeyId(ambientKeyId)
    ) {
      yield {
        kind: "finding",
        urn,
        subject,
        ceiling: "advisory",
        what: `The AWS provider "${name}" works with the long-lived key (${masked(ambientKeyId)}) of the environment.`,
        why: "AWS_ACCESS_KEY_ID is set to a key that never expires, and the provider names no other source of credentials.",
        fix: "Sign in with IAM Identity Center or assume a role before running Pulumi; in CI use web identity (OIDC).",
      };
    }
  },

  examples: {
    fail: [
      {
        title: "a long-lived key written into an explicit provider",
        resources: [
          {
            type: providerType,
            name: "production",
            properties: { region: "eu-central-1", accessKey: longLivedKey, secretKey: secret },
          },
        ],
      },
      {
        title: "a long-lived key in the stack's config, which the default provider receives",
        resources: [
          { type: providerType, name: "default_7_48_0", properties: { accessKey: longLivedKey, secretKey: secret } },
        ],
      },
      {
        title: "a long-lived key within an object of the provider's configuration",
        resources: [
          {
            type: providerType,
            name: "production",
            properties: {
              assumeRoles: JSON.stringify([
                { roleArn: "arn:aws:iam::111122223333:role/deploy", accessKey: longLivedKey, secretKey: secret },
              ]),
            },
          },
        ],
      },
      {
        title: "an access key that the stack makes, whose value is not known yet",
        resources: [
          {
            type: providerType,
            name: "production",
            properties: { accessKey: { unknownFrom: "ci-key" }, secretKey: { unknownFrom: "ci-key" } },
          },
          user("ci"),
          accessKey("ci-key", "ci"),
        ],
      },
      {
        title: "a temporary key, which is only advised against",
        resources: [
          {
            type: providerType,
            name: "production",
            properties: { accessKey: temporaryKey, secretKey: secret, token: "t" },
          },
        ],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "a profile",
        resources: [
          { type: providerType, name: "production", properties: { profile: "production", region: "eu-central-1" } },
        ],
      },
      {
        title: "placeholders for a local emulator",
        resources: [
          {
            type: providerType,
            name: "local",
            properties: {
              accessKey: "test",
              secretKey: "test",
              endpoints: JSON.stringify([{ iam: "http://localhost:4566" }]),
            },
          },
        ],
      },
    ],
    undecided: [
      {
        title: "a key that is not known yet",
        resources: [
          {
            type: providerType,
            name: "production",
            properties: { accessKey: { unknownFrom: "key" }, secretKey: { unknownFrom: "key" } },
          },
        ],
      },
    ],
  },
});
