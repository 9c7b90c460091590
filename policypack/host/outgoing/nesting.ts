/** How many lists and objects within one another are read: far beyond what a service takes, and well within what a call stack holds. */
export const deepestRead = 500;

/** Whether a value has more levels of lists and objects than that. Calls itself no more often than it is allowed levels. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inside) => isDeeperThan(inside, levels - 1));
}
