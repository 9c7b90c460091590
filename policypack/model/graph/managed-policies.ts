import { type AccountPolicy, isManagedPolicyArn } from "../../iam";
import type { DeclaredPolicy, References } from "../declarations/declared";
import { policyByArn } from "../declarations/policy-document";
import { accountOf, parseArn, type Scope, scopeWithin } from "../resources/provider-scope";
import { keyOf, type Resource } from "../resources/resource";
import { map, type Waiting } from "../resources/value";
import type { PolicyEdge } from "../subjects/identities";
import { Ordered, type Place } from "./place";
import { type LookUp, type Reader, Register } from "./reference-index";

interface Made {
  readonly resource: Resource;
  readonly declared: DeclaredPolicy;
  readonly arn: string | undefined;
}

/** The managed policies that can be attached: those that the stack makes, AWS's own, and those kept elsewhere. */
export class ManagedPolicies {
  private readonly register: Register<Made>;
  private readonly made = new Ordered<AccountPolicy>();
  private listed: readonly AccountPolicy[] = [];
  private isListed = true;

  /** @param lookAgain is told of every declaration that may attach something else now */
  constructor(lookAgain: (reader: Reader) => void) {
    this.register = new Register(lookAgain);
  }

  /** Those that the stack makes: another array when they are others. */
  get all(): readonly AccountPolicy[] {
    return this.listed;
  }

  /** Returns how to take it out. */
  add(resource: Resource, place: Place, declared: DeclaredPolicy, scope: Scope): () => void {
    const within = scopeWithin(declared.arn, scope);
    const arn = declared.arn ?? arnWithin(declared, scope);
    this.made.add(place, { ...(arn === undefined ? {} : { arn }), policy: declared.policy.policy });
    const name = map(declared.name, (text) => ({ key: nameOf(declared.path, text), scope: within }));
    const made = { resource, declared, arn };
    this.isListed = false;
    this.register.add(made, place, name, within, keyOf(resource), resource.urn);
    return () => {
      this.made.remove(place);
      this.isListed = false;
      this.register.remove(made);
    };
  }

  /** Gives `all` what has come and gone. Returns whether anything has. */
  list(): boolean {
    if (this.isListed) return false;
    this.isListed = true;
    this.listed = [...this.made.values];
    return true;
  }

  /** What a resource attaches that makes the policy itself. */
  madeBy(resource: Resource, reader: Reader): readonly PolicyEdge[] {
    const all = this.register.madeBy(keyOf(resource), reader);
    return all.map((made) => edgeTo(made, resource, "policyDocument", "managed"));
  }

  /** The policies that the ARNs in a property stand for; one edge each, and one for what a list not known yet may hold besides. */
  edges(
    references: References,
    by: Resource,
    scope: Scope,
    how: PolicyEdge["how"],
    reader: Reader,
  ): readonly PolicyEdge[] {
    const { property } = references;
    const found = this.register.find(references, (text) => policyNamed(text, scope), reader);
    const { counted, items } = references;
    const rest = counted || found.untold.length > 0 ? [] : items.flatMap((item) => (item.known ? [] : [item.waiting]));
    const either = found.possible.slice(0, 1).map(({ waiting }) => waiting);
    return [
      ...found.sure.map((made) => edgeTo(made, by, property, how)),
      ...found.elsewhere.map(({ text: arn }) => ({ policy: policyByArn(arn), by, property, how, arn, from: [] })),
      ...[...found.untold.map(({ waiting }) => waiting), ...rest, ...either].map((waiting) =>
        edgeNotKnown(waiting, by, property, how),
      ),
    ];
  }
}

function edgeTo({ resource, declared, arn }: Made, by: Resource, property: string, how: PolicyEdge["how"]): PolicyEdge {
  const { policy, waiting, from } = declared.policy;
  return {
    policy,
    by,
    property,
    how,
    from,
    madeBy: resource,
    madeName: declared.name,
    ...(waiting === undefined ? {} : { waiting }),
    ...(arn === undefined ? {} : { arn }),
  };
}

function edgeNotKnown(waiting: Waiting, by: Resource, property: string, how: PolicyEdge["how"]): PolicyEdge {
  const notRead = `${waiting.property} is not known yet`;
  return {
    policy: { origin: `${by.urn}#${waiting.property}`, document: { notRead } },
    by,
    property,
    how,
    waiting,
    from: [],
  };
}

/** In a preview the ARN is an output, but it follows from the name; `*` stands for an account that the provider does not tell. */
function arnWithin({ name, path }: DeclaredPolicy, scope: Scope): string | undefined {
  if (!name.known) return undefined;
  return `arn:${scope.partition ?? "aws"}:iam::${accountOf(scope) ?? "*"}:policy${path}${name.value}`;
}

/**
 * A policy by its ARN. One that AWS manages is never one of the stack, though anybody may give a policy of their own the same
 * name. A bare name is taken for one without a path; one that begins with a slash has its path before it.
 */
function policyNamed(text: string, scope: Scope): LookUp {
  if (isManagedPolicyArn(text)) return { key: text, scope, isForeign: true };
  const arn = parseArn(text);
  if (arn === undefined) return { key: text.startsWith("/") ? text.toLowerCase() : nameOf("/", text), scope };
  if (!arn.resource.startsWith("policy/")) return { key: text, scope, isForeign: true };
  return { key: arn.resource.slice("policy".length).toLowerCase(), scope: scopeWithin(text, scope) };
}

function nameOf(path: string, name: string): string {
  return `${path}${name}`.toLowerCase();
}
