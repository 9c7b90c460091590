import type { Resource } from "../resources/resource";
import type { Waiting } from "../resources/value";
import { declaresOf } from "../types";
import { membersOf, withMembers } from "./members";
import { type Choice, maximumOptions } from "./template";

/** What a stack may come to be, by what its templates leave open. */
export interface PossibleWorlds {
  /** At least one; each holds the same resources, with something assumed of every choice. */
  readonly worlds: readonly (readonly Resource[])[];
  /** What tells one from another. */
  readonly waiting: readonly Waiting[];
}

/**
 * Goes through what templates leave open and that can be only one of a few things: conditions, parameters with a list of values, keys
 * of a mapping, places in a list. What holds in every world holds whichever comes to be. Beyond eight worlds choices stay open.
 */
export function possibleWorlds(resources: readonly Resource[]): PossibleWorlds {
  const waiting = new Map<string, Waiting>();
  const worlds = split(resources, maximumOptions, waiting);
  return { worlds, waiting: [...waiting.values()] };
}

function split(
  resources: readonly Resource[],
  limit: number,
  waiting: Map<string, Waiting>,
): readonly (readonly Resource[])[] {
  const choice = resources.flatMap(choicesIn).find(({ options }) => options <= limit);
  if (choice === undefined) return [resources];
  waiting.set(choice.key, choice.waiting);
  const share = Math.floor(limit / choice.options);
  return Array.from({ length: choice.options }, (_, option) =>
    split(
      resources.map((resource) => assuming(resource, choice, option)),
      share,
      waiting,
    ),
  ).flat();
}

function choicesIn(resource: Resource): readonly Choice[] {
  const mayHoldTemplates = declaresOf(resource.type).some(
    ({ declares }) => declares === "template" || declares === "desired state",
  );
  return mayHoldTemplates ? withMembers(resource).flatMap((each) => membersOf(each).choices) : [];
}

function assuming(resource: Resource, { key, waiting }: Choice, option: number): Resource {
  if (resource.urn !== waiting.urn) return resource;
  return { ...resource, assumed: new Map([...(resource.assumed ?? []), [key, option]]) };
}
