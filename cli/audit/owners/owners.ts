import { notYet } from "../../../policypack/iam";
import { peek, ReadResource } from "../../../policypack/model";
import { isArtefact, readStackFile } from "../../artefact/read-artefact";
import { positionIn } from "../../pulumi/source-position";
import type { Resource } from "../../pulumi/stack";
import { isObject, type Json, UNKNOWN, unwrapSecret } from "../../pulumi/values";
import type { CheckResult, Owner, PlacedFinding } from "../../report/check-result";
import { Failure } from "../../terminal/failure";
import { type KeptKind, keptIn } from "./kept";

/** Which resource of which stack makes what an account holds. */
export class Owners {
  readonly #owners = new Map<string, Owner[]>();
  readonly #notSeen: string[] = [];

  /**
   * Reads what `pulumi stack export` prints of each stack, or a preview of all of one.
   *
   * @throws Failure that names the file
   */
  static inFiles(files: readonly string[]): Owners {
    const owners = new Owners();
    for (const file of files) owners.#takeFile(file);
    return owners;
  }

  /**
   * A result whose findings name the resources that make what they are about: none where no stack makes it. What nobody makes, such as
   * the root user, has no owners to be asked for.
   */
  named(result: CheckResult): CheckResult {
    const notSeen = [...result.notSeen, ...this.#notSeen];
    return { ...result, notSeen, findings: result.findings.map((finding) => this.#namedIn(result.stack, finding)) };
  }

  #namedIn(account: string, finding: PlacedFinding): PlacedFinding {
    const kept = keptIn(finding.resource);
    if (kept === undefined) return finding;
    return { ...finding, owners: this.#owners.get(keyOf(account, kept.kind, kept.name)) ?? [] };
  }

  #takeFile(file: string): void {
    if (file !== "-" && !isArtefact(file)) {
      throw new Failure(`${file} is no file of a stack`, "Name what this prints: pulumi stack export");
    }
    const { identity, resources, incomplete } = readStackFile(file, "");
    const stack = `${identity.project}/${identity.stack}`;
    let nameless = 0;
    for (const resource of resources) {
      const { project, stack: name } = identity;
      const source = positionIn(process.cwd(), resource.frames ?? []);
      const owner: Owner = { project, stack: name, urn: resource.urn, ...(source === undefined ? {} : { source }) };
      for (const key of keysOf(resource)) {
        if (key === undefined) nameless += 1;
        else this.#owners.set(key, [...(this.#owners.get(key) ?? []), owner]);
      }
    }
    if (incomplete !== undefined) this.#notSeen.push(`what all of stack ${stack} makes: ${incomplete.because}`);
    if (nameless === 0) return;
    const what = nameless === 1 ? "an identity or policy" : `${nameless} identities and policies`;
    this.#notSeen.push(
      `which of the account stack ${stack} makes by ${what}: the name or the account is not in ${file}`,
    );
  }
}

/** What a resource makes, each by its key; undefined for what cannot be told from others. */
function keysOf(resource: Resource): readonly (string | undefined)[] {
  const { urn, type, name, outputs } = resource;
  const properties = Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, asRead(value)]));
  const read = new ReadResource({ urn, type, name, properties, dependencies: [], propertyDependencies: {} });
  return read.withMembers.flatMap(({ declared, resource: { part } }) =>
    declared.declarations.flatMap((declaration) => {
      const { declared: what } = declaration;
      if (what !== "identity" && what !== "managed policy" && what !== "permission set") return [];
      const kind: KeptKind = what === "identity" ? declaration.kind : what === "managed policy" ? "policy" : what;
      const known = peek(declaration.name);
      // What a template makes is in the account of the template's own stack.
      const account = accountIn(part === undefined ? (declaration.arn ?? textOf(outputs.arn)) : textOf(outputs.id));
      if (known === undefined || (account === undefined && kind !== "permission set")) return [undefined];
      return [keyOf(account, kind, known)];
    }),
  );
}

/**
 * Names of users, groups, roles and policies are unique in an account, whatever their paths ("IAM and AWS STS quotas", IAM User Guide); those of
 * permission sets in an organization, which no ARN of theirs names.
 */
function keyOf(account: string | undefined, kind: KeptKind, name: string): string {
  return JSON.stringify([kind === "permission set" ? "" : account, kind, name]);
}

function accountIn(arn: string): string | undefined {
  const [, , , , account = ""] = arn.split(":");
  return account === "" ? undefined : account;
}

function textOf(value: Json | undefined): string {
  const text = unwrapSecret(value);
  return typeof text === "string" ? text : "";
}

/** A value of a stack's file as the model reads it. */
function asRead(value: Json): unknown {
  const content = unwrapSecret(value) ?? null;
  if (content === UNKNOWN) return notYet;
  if (Array.isArray(content)) return content.map(asRead);
  if (!isObject(content)) return content;
  return Object.fromEntries(Object.entries(content).map(([key, member]) => [key, asRead(member)]));
}
