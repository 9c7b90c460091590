/** What a URN says: `urn:pulumi:STACK::PROJECT::TYPE::NAME` (Pulumi documentation, "Resource names: URNs"). */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** Without the parents' types. */
  readonly type: string;
  readonly name: string;
}

export function partsOf(urn: string): UrnParts {
  const [head = "", project = "", types = "", ...name] = urn.split("::");
  return {
    stack: head.replace(/^urn:pulumi:/, ""),
    project,
    type: types.slice(types.lastIndexOf("$") + 1),
    name: name.join("::"),
  };
}

/** A resource as people know it: `aws:iam/user:User "alice"`. */
export function resourceInWords(urn: string): string {
  const { type, name } = partsOf(urn);
  return `${type} "${name}"`;
}

export function stackUrn(stack: string, project: string): string {
  return `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
}

/** The stack that a resource belongs to, as the resource that Pulumi makes for it. */
export function stackUrnOf(urn: string): string {
  const { stack, project } = partsOf(urn);
  return stackUrn(stack, project);
}
