import type { User } from "../../model";
import { matchesAnyGlob } from "../authoring/globs";
import type { Settings } from "../authoring/settings";
import { isSanctioned } from "./power-findings";

/**
 * Whether the settings list the user as a machine, by name or path: `undefined` where its name comes from a resource that is not made yet.
 * Whoever has a password is a person, whatever the list says.
 */
export function isMachine(user: User, { machineUsers }: Settings): boolean | undefined {
  if (user.credentials.some(({ kind }) => kind === "login profile")) return false;
  if (matchesAnyGlob(user.path ?? "", machineUsers)) return true;
  // A name has no slash, so what begins with one is about paths.
  const names = machineUsers.filter((glob) => !glob.startsWith("/"));
  return isSanctioned(user, names);
}
