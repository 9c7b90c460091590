import { aws } from "./aws";
import { awsNative } from "./aws-native";
import type { Declares, TypeTable } from "./vocabulary";

export type { Declares, DeclaresIdentity, IdentityKind, Path, Target, TypeTable } from "./vocabulary";

/** What each resource type says about identity; a type that is not here says nothing. */
const table: ReadonlyMap<string, readonly Declares[]> = new Map(
  Object.entries({ ...aws, ...awsNative } satisfies TypeTable),
);

const nothing: readonly Declares[] = [];

export function declaresOf(type: string): readonly Declares[] {
  return table.get(type) ?? nothing;
}
