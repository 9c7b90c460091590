import type { User } from "../model/subjects";
import { matchesAnyGlob } from "./globs";
import type { Settings } from "./settings";

/** Whether the settings list the user as a machine, by name or path. Whoever has a password is a person, whatever the list says. */
export function isMachine(user: User, { machineUsers }: Settings): boolean {
  if (user.credentials.some(({ kind }) => kind === "login profile")) return false;
  return user.name.known && [user.name.value, user.path ?? ""].some((text) => matchesAnyGlob(text, machineUsers));
}
