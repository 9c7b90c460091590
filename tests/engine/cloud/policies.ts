import { type Json, type JsonObject, Refused } from "./http";

/** Stacks that are in no other group are held to this one (Pulumi documentation, "Policy groups"). */
export const DEFAULT_GROUP = "default-policy-group";

/** A version of a pack that an organization has. */
export interface Published {
  readonly name: string;
  /** Counted from 1 by the service. */
  readonly version: number;
  readonly versionTag: string;
  /** The body with which it was announced. */
  readonly announced: JsonObject;
  tarball: Buffer;
  complete: boolean;
}

interface Applied {
  readonly pack: Published;
  readonly config: Json;
}

interface Group {
  readonly name: string;
  readonly mode: string;
  readonly stacks: Set<string>;
  /** By the pack's name. */
  readonly applied: Map<string, Applied>;
}

/** The policy packs and policy groups of one organization. */
export class Policies {
  private readonly published: Published[] = [];
  private readonly groups = new Map<string, Group>();

  constructor() {
    this.addGroup(DEFAULT_GROUP, "preventative");
  }

  announce(announced: JsonObject): Published {
    const [name, versionTag] = [text(announced.name), text(announced.versionTag)];
    const others = this.published.filter((it) => it.name === name);
    if (others.some((it) => it.versionTag === versionTag && it.complete)) {
      throw new Refused(409, `Policy Pack ${name} version ${versionTag} already exists`);
    }
    const version = others.length + 1;
    const pack = { name, version, versionTag, announced, tarball: Buffer.alloc(0), complete: false };
    this.published.push(pack);
    return pack;
  }

  /** The given version of a pack, or the latest. */
  pack(name: string, versionTag?: string): Published {
    const found = this.published
      .filter((it) => it.name === name && (versionTag === undefined || it.versionTag === versionTag))
      .at(-1);
    if (found === undefined) throw new Refused(404, `Policy Pack ${name} ${versionTag ?? "latest"} not found`);
    return found;
  }

  complete(name: string, versionTag: string): void {
    const pack = this.pack(name, versionTag);
    if (pack.tarball.length === 0) throw new Refused(400, `no tarball of ${name} ${versionTag} arrived`);
    pack.complete = true;
  }

  remove(name: string, versionTag: string): void {
    const pack = this.pack(name, versionTag);
    for (const group of this.groups.values()) {
      if (group.applied.get(name)?.pack === pack)
        throw new Refused(400, `${name} ${versionTag} is enabled in ${group.name}`);
    }
    this.published.splice(this.published.indexOf(pack), 1);
  }

  packsJson(): object {
    const names = [...new Set(this.published.map((it) => it.name))];
    return {
      policyPacks: names.map((name) => {
        const versions = this.published.filter((it) => it.name === name && it.complete);
        return {
          name,
          versions: versions.map((it) => it.version),
          versionTags: versions.map((it) => it.versionTag),
        };
      }),
    };
  }

  /** One version, as `pulumi policy publish` reads it back: apitype.GetPolicyPackResponse of Pulumi's SDK. */
  packJson(name: string, versionTag: string): object {
    const pack = this.pack(name, versionTag);
    if (!pack.complete) throw new Refused(404, `Policy Pack ${name} ${versionTag} not found`);
    const { displayName, policies } = pack.announced;
    const applied = [...this.groups.values()].some((it) => it.applied.get(name)?.pack === pack);
    return { name, displayName, version: pack.version, versionTag, policies, applied };
  }

  /** The configuration's schema by policy, as `pulumi policy validate-config` asks for it. */
  schemaJson(name: string, versionTag: string): object {
    const policies = this.pack(name, versionTag).announced.policies as { name: string; configSchema?: object }[];
    return { configSchema: Object.fromEntries(policies.map((it) => [it.name, it.configSchema ?? { type: "object" }])) };
  }

  addGroup(name: string, mode: string): void {
    if (this.groups.has(name)) throw new Refused(409, `Policy Group ${name} already exists`);
    this.groups.set(name, { name, mode, stacks: new Set(), applied: new Map() });
  }

  removeGroup(name: string): void {
    this.group(name);
    this.groups.delete(name);
  }

  /** The body is apitype.UpdatePolicyGroupRequest of Pulumi's SDK. */
  changeGroup(name: string, change: JsonObject): void {
    const group = this.group(name);
    const { addPolicyPack, removePolicyPack, addStack, removeStack, policyPacks, stacks } = change;
    if (Array.isArray(policyPacks)) group.applied.clear();
    if (Array.isArray(stacks)) group.stacks.clear();
    for (const added of [addPolicyPack, ...listOf(policyPacks)].filter(isObject)) this.apply(group, added);
    for (const added of [addStack, ...listOf(stacks)].filter(isObject)) group.stacks.add(stackOf(added));
    if (isObject(removePolicyPack)) group.applied.delete(text(removePolicyPack.name));
    if (isObject(removeStack)) group.stacks.delete(stackOf(removeStack));
  }

  groupJson(name: string): object {
    const { mode, stacks, applied } = this.group(name);
    return {
      name,
      isOrgDefault: name === DEFAULT_GROUP,
      entityType: "stacks",
      mode,
      stacks: [...stacks].map((it) => ({ routingProject: it.split("/")[0], name: it.split("/")[1] })),
      appliedPolicyPacks: [...applied.values()].map(({ pack, config }) => ({
        name: pack.name,
        version: pack.version,
        versionTag: pack.versionTag,
        config,
      })),
      accounts: [],
    };
  }

  groupsJson(): object {
    return {
      policyGroups: [...this.groups.values()].map(({ name, mode, stacks, applied }) => ({
        name,
        isOrgDefault: name === DEFAULT_GROUP,
        numStacks: stacks.size,
        entityType: "stacks",
        mode,
        numEnabledPolicyPacks: applied.size,
      })),
    };
  }

  /** What the CLI has to run for a stack (`PROJECT/STACK`). Groups in audit mode are evaluated by the service itself. */
  required(stack: string, locationOf: (pack: Published) => string): object[] {
    const own = [...this.groups.values()].filter((it) => it.stacks.has(stack));
    const held = own.length > 0 ? own : [this.group(DEFAULT_GROUP)];
    return held
      .filter((it) => it.mode === "preventative")
      .flatMap((it) => [...it.applied.values()])
      .map(({ pack, config }) => ({
        name: pack.name,
        version: pack.version,
        versionTag: pack.versionTag,
        displayName: text(pack.announced.displayName),
        packLocation: locationOf(pack),
        config,
      }));
  }

  private apply(group: Group, { name, versionTag, config = {} }: JsonObject): void {
    // For the latest version older CLIs leave it out, and newer ones send an empty text.
    const pack = this.pack(text(name), versionTag === undefined || versionTag === "" ? undefined : text(versionTag));
    if (!pack.complete) throw new Refused(400, `${pack.name} ${pack.versionTag} was not published to its end`);
    group.applied.set(pack.name, { pack, config });
  }

  private group(name: string): Group {
    const group = this.groups.get(name);
    if (group === undefined) throw new Refused(404, `Policy Group ${name} not found`);
    return group;
  }
}

function stackOf({ name, routingProject }: JsonObject): string {
  return `${text(routingProject)}/${text(name)}`;
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: Json | undefined): string {
  if (typeof value !== "string") throw new Refused(400, `text expected, not ${JSON.stringify(value)}`);
  return value;
}
