import { createHash } from "node:crypto";

/** What Pulumi puts behind the name of a resource that the program gives none ("Autonaming", Pulumi documentation). */
const randomSuffix = /-[0-9a-f]{7}$/;

const named = /^([a-zA-Z ]+) "(.*)"$/;

/** The kind and the name in a subject's name for people: `user` and `anna` of `user "anna"`; undefined for one of another form. */
export function kindAndName(subject: string): { readonly kind: string; readonly name: string } | undefined {
  const [, kind, name] = named.exec(subject) ?? [];
  return kind === undefined || name === undefined ? undefined : { kind, name };
}

/**
 * Tells whether two findings are the same one, wherever they were found: in a program, a preview, a state or an account. So neither the
 * account nor the stack nor the URN is in it, nor the wording, nor the order of statements.
 *
 * @param subject name for people of what is to be mended: `group "developers"`
 * @param aspect tells several findings of the rule about one subject apart
 */
export function fingerprintOf(rule: string, subject: string, aspect = ""): string {
  const { kind = "", name = subject } = kindAndName(subject) ?? {};
  const parts = [rule, kind, name.replace(randomSuffix, ""), aspect];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
