import type { Variable } from "../solver/variable";

/** Stands for a value of a policy variable that is there, and matches whatever it is held against. */
export const anyValue: unique symbol = Symbol("any value");

/** A value of a policy variable; `undefined` is its absence. */
export type VariableValue = string | typeof anyValue | undefined;

/** How the free policy variables of a search are read: each with a value, or all as text that matches anything, be they there or not. */
export type Reading = ReadonlyMap<Variable, VariableValue> | "anything";

/** Every combination of values of the free variables. */
export function* readings(
  free: readonly Variable[],
  valuesOf: (variable: Variable) => readonly VariableValue[],
): Iterable<ReadonlyMap<Variable, VariableValue>> {
  const [first, ...others] = free;
  if (first === undefined) {
    yield new Map();
    return;
  }
  for (const rest of readings(others, valuesOf))
    for (const value of valuesOf(first)) yield new Map([...rest, [first, value]]);
}
