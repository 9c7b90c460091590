import { firstCalls } from "./calls";

/**
 * Reads the tables in which nearly every question looks something up, and which the first question would have to wait for: the actions of
 * AWS and the known escalation paths. For a process that has nothing else to do yet.
 */
export function loadTables(): void {
  firstCalls();
}
