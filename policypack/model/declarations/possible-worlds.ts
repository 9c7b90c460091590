import type { Waiting } from "../resources/value";
import { type Choice, maximumOptions } from "../templates/template";
import { declaresOf } from "../types";
import { ReadResource } from "./read-resource";

/** What a stack may come to be, by what its templates leave open. */
export interface PossibleWorlds {
  /** At least one; each holds the same resources, with something assumed of every choice. */
  readonly worlds: readonly (readonly ReadResource[])[];
  /** What tells one from another. */
  readonly waiting: readonly Waiting[];
}

/**
 * Goes through what templates leave open and that can be only one of a few things: conditions, parameters with a list of values, keys
 * of a mapping, places in a list. What holds in every world holds whichever comes to be. Beyond eight worlds choices stay open.
 */
export function possibleWorlds(resources: readonly ReadResource[]): PossibleWorlds {
  const waiting = new Map<string, Waiting>();
  const worlds = split(resources, maximumOptions, waiting);
  return { worlds, waiting: [...waiting.values()] };
}

function split(
  resources: readonly ReadResource[],
  limit: number,
  waiting: Map<string, Waiting>,
): readonly (readonly ReadResource[])[] {
  const choice = firstChoice(resources, limit);
  if (choice === undefined) return [resources];
  waiting.set(choice.key, choice.waiting);
  const share = Math.floor(limit / choice.options);
  return Array.from({ length: choice.options }, (_, option) =>
    split(
      resources.map((read) => assuming(read, choice, option)),
      share,
      waiting,
    ),
  ).flat();
}

function firstChoice(resources: readonly ReadResource[], limit: number): Choice | undefined {
  for (const read of resources) {
    const choice = choicesIn(read).find(({ options }) => options <= limit);
    if (choice !== undefined) return choice;
  }
  return undefined;
}

/** What the templates that a resource holds leave open. */
export function choicesIn(read: ReadResource): readonly Choice[] {
  const mayHoldTemplates = declaresOf(read.resource.type).some(
    ({ declares }) => declares === "template" || declares === "desired state",
  );
  return mayHoldTemplates ? read.withMembers.flatMap((each) => each.members.choices) : [];
}

function assuming(read: ReadResource, { key, waiting }: Choice, option: number): ReadResource {
  const { resource } = read;
  if (resource.urn !== waiting.urn) return read;
  return new ReadResource({ ...resource, assumed: new Map([...(resource.assumed ?? []), [key, option]]) });
}
