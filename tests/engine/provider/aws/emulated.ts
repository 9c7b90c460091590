import { holdsUnknown, isMap, type Wire, type WireMap } from "../../rpc";
import { invoked } from "../invokes";
import type { Created } from "../outputs";
import type { World } from "../world";
import { assuming, type Connection } from "./connection";
import type { Kind } from "./kind";
import { kinds } from "./kinds";
import { callerIdentity, lookedUp } from "./lookups";
import { reasonOf } from "./refusal";
import { same, text } from "./values";

/** Error names by which the services say that something is not there. */
const GONE = /NoSuchEntity|NotFound|NotAttached/;

/**
 * The world of a provider with this configuration, whose roles are assumed first. Throws with the answer of AWS where one may
 * not be.
 */
export async function emulator(config: WireMap, region: string): Promise<World> {
  const aws = await assuming({ region }, rolesIn(config));
  const allowed = listIn(config, "allowedAccountIds");
  if (allowed.length > 0) await requireAccount(allowed, aws);
  return emulated(aws);
}

async function requireAccount(allowed: readonly Wire[], aws: Connection): Promise<void> {
  const { accountId } = await callerIdentity(aws);
  if (!allowed.includes(accountId)) throw new Error(`AWS account ID not allowed: ${accountId}`);
}

function rolesIn(config: WireMap): string[] {
  return listIn(config, "assumeRoles")
    .filter(isMap)
    .map((it) => text(it, "roleArn"));
}

/** Lists arrive as JSON text; one that is not known yet, in a preview, is left out. */
function listIn(config: WireMap, name: string): Wire[] {
  const value = config[name];
  if (typeof value !== "string" || holdsUnknown(value)) return [];
  const list: Wire = JSON.parse(value);
  return Array.isArray(list) && !holdsUnknown(list) ? list : [];
}

/** Resources by real AWS API calls. Whatever the emulator answers is what the resource shows. */
function emulated(aws: Connection): World {
  const elsewhere = new Map<string, Connection>();

  /** A resource may name a region of its own ("Enhanced Region Support in the AWS Provider"). */
  function at({ inputs }: Created): Connection {
    if (typeof inputs.region !== "string" || inputs.region === aws.region) return aws;
    const connection = elsewhere.get(inputs.region) ?? { ...aws, region: inputs.region };
    elsewhere.set(inputs.region, connection);
    return connection;
  }

  async function shown(id: string, resource: Created, state: WireMap): Promise<WireMap | undefined> {
    const { region } = at(resource);
    const placed: WireMap = Object.hasOwn(resource.shape.outputs, "region") ? { region } : {};
    try {
      const live = await kindOf(resource).read(id, at(resource), state);
      return live === undefined ? undefined : merged({ ...placed, ...resource.inputs, ...state }, live);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  async function made(id: string, resource: Created): Promise<WireMap> {
    const outputs = await shown(id, resource, resource.inputs);
    if (outputs === undefined) throw new Error(`AWS does not show what it has just made: ${id}`);
    return outputs;
  }

  return {
    create: (resource) =>
      naming("creating", resource, async () => {
        const id = await kindOf(resource).create(resource.inputs, at(resource));
        return { id, outputs: await made(id, resource) };
      }),
    update: (id, resource, olds) =>
      naming("updating", resource, async () => {
        const kind = kindOf(resource);
        await kind.update?.(id, resource.inputs, at(resource), olds);
        return made(kind.idAfterUpdate?.(resource.inputs) ?? id, resource);
      }),
    delete: (id, resource) =>
      naming("deleting", resource, async () => {
        try {
          await kindOf(resource).delete(id, at(resource), resource.inputs);
        } catch (error) {
          if (!isGone(error)) throw error;
        }
      }),
    read: (id, resource, last) =>
      naming("reading", resource, async () => {
        const outputs = await shown(id, resource, last ?? {});
        if (outputs === undefined) return undefined;
        const names = Object.keys(last === undefined ? resource.shape.inputs : resource.inputs);
        return { inputs: refreshed(names, resource.inputs, outputs), outputs };
      }),
    invoke: async (token, args) => {
      if (isPure(token)) return invoked(token, args, aws.region);
      try {
        return await lookedUp(token, args, aws);
      } catch (error) {
        throw new Error(reasonOf(error));
      }
    },
  };
}

/** Functions that ask no service. */
function isPure(token: string): boolean {
  return /^aws:(iam\/getPolicyDocument|index\/getPartition|index\/getRegion):/.test(token);
}

function kindOf({ type }: Created): Kind {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind === undefined) throw new Error(`the stand-in provider does not know how to make ${type} at the emulator`);
  return kind;
}

/** The inputs named, as a program would have to give them for what is there. */
function refreshed(names: readonly string[], inputs: WireMap, live: WireMap): WireMap {
  const found = names.filter((name) => !name.startsWith("__") && Object.hasOwn(live, name));
  return {
    __defaults: inputs.__defaults ?? [],
    ...Object.fromEntries(found.map((name): [string, Wire] => [name, live[name] ?? null])),
  };
}

/** What AWS says over what was known; a text that means the same stays as the program wrote it. */
function merged(known: WireMap, live: WireMap): WireMap {
  const all = { ...known };
  for (const [name, value] of Object.entries(live)) {
    if (value === null) delete all[name];
    else if (!same(known[name], value)) all[name] = value;
  }
  return all;
}

function isGone(error: unknown): boolean {
  return error instanceof Error && GONE.test(error.name);
}

/** Says what was being done to which resource when AWS refused or did not answer, as the provider does. */
async function naming<T>(doing: string, { type, urn }: Created, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const name = urn.split("::").at(-1);
    throw new Error(`${doing} ${type} (${name}): ${reasonOf(error)}`);
  }
}
