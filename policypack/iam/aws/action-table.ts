import { lazily } from "../shared/lazily";
import { textOf } from "../shared/table";
import { actionNames } from "./generated/action-names";

/** The actions of one service, which have consecutive numbers in the universe. */
export interface Service {
  readonly prefix: string;
  /** Number of its first action. */
  readonly start: number;
  readonly names: readonly string[];
  /** `names` in lower case. */
  readonly keys: readonly string[];
  /** Where each of `keys` stands. */
  readonly positions: () => ReadonlyMap<string, number>;
  /** One letter for each action. */
  readonly levels: string;
}

/** Stands for every action that AWS has not published yet; only a pattern that is open enough matches its name. */
const FUTURE = { prefix: "future-service", names: ["FutureAction"], levels: "w" };

/** All services by prefix; the last one stands for those that do not exist yet. */
export const services = lazily((): readonly Service[] => {
  let start = 0;
  const known = textOf(actionNames)
    .split("\n\n")
    .map((block): Service => {
      const [head = "", ...lines] = block.split("\n");
      const [prefix = "", levels = ""] = head.split(" ");
      const names = lines.flatMap((line) => {
        const [noun = "", ...verbs] = line.split(" ");
        return verbs.map((verb) => verb + noun);
      });
      const service = serviceFrom({ prefix, names, levels }, start);
      start += names.length;
      return service;
    });
  return [...known, serviceFrom(FUTURE, start)];
});

function serviceFrom(said: Pick<Service, "prefix" | "names" | "levels">, start: number): Service {
  const keys = said.names.map((name) => name.toLowerCase());
  return { ...said, start, keys, positions: lazily(() => new Map(keys.map((key, position) => [key, position]))) };
}

export const serviceByPrefix = lazily(() => new Map(services().map((service) => [service.prefix, service])));

/** The service of an action's number; a RangeError for a number that is no action. */
export function serviceOf(action: number): Service {
  const all = services();
  if (!Number.isInteger(action) || action < 0) throw new RangeError(`no action ${action}`);
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((all[middle]?.start ?? 0) <= action) low = middle;
    else high = middle - 1;
  }
  const service = all[low];
  if (service === undefined || action >= service.start + service.names.length)
    throw new RangeError(`no action ${action}`);
  return service;
}
