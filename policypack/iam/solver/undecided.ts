import { Budget, BudgetSpent } from "../answer/budget";

/** Thrown when no procedure here decides a combination of conditions. */
export class Undecided extends Error {}

/** What a search finds, or why it does not decide. */
export function outcomeOf<T>(search: () => T): T | Undecided {
  try {
    return search();
  } catch (error) {
    if (error instanceof Undecided) return error;
    throw error;
  }
}

/**
 * The first that one of several searches finds: what nothing here decides about one hides nothing that another finds.
 *
 * @throws Undecided where none finds anything and one does not decide
 */
export function firstFound<A, T>(among: Iterable<A>, search: (each: A) => T | undefined): T | undefined {
  let doubt: Undecided | undefined;
  for (const each of among) {
    const outcome = outcomeOf(() => search(each));
    if (outcome instanceof Undecided) doubt ??= outcome;
    else if (outcome !== undefined) return outcome;
  }
  if (doubt !== undefined) throw doubt;
  return undefined;
}

/** Parts of a budget that each of several searches may take, from round to round: the easy ones all come before the hard ones. */
const rounds = [1 / 512, 1 / 64, 1 / 8, 1];

/** The part of a budget that a round may take before the next one begins, but the last: there may be more searches than steps for all. */
const mostOfRound = 1 / 8;

/**
 * The same for searches some of which may be hard, which hides nothing either: each gets few steps at first, and more only once the others
 * had as many.
 *
 * @throws Undecided where none finds anything and one does not decide, BudgetSpent where it is for lack of steps
 */
export function firstFoundInRounds<A, T>(
  among: Iterable<A>,
  budget: Budget,
  search: (each: A, budget: Budget) => T | undefined,
): T | undefined {
  let doubt: Undecided | undefined;
  const untried = among[Symbol.iterator]();
  let open: readonly A[] = [];
  for (const part of rounds) {
    const until = budget.used + budget.limit * mostOfRound;
    const hard: A[] = [];
    const again = open.values();
    const next = () => {
      const known = again.next();
      return known.done === true ? untried.next() : known;
    };
    let item = next();
    for (; item.done !== true && (part === 1 || budget.used < until); item = next()) {
      const each = item.value;
      const outcome = within(budget, part, (own) => search(each, own));
      if (outcome === "hard") hard.push(each);
      else if (outcome instanceof Undecided) doubt ??= outcome;
      else if (outcome !== undefined) return outcome;
    }
    open = [...hard, ...(item.done === true ? [] : [item.value]), ...again];
    if (open.length === 0) break;
  }
  if (doubt !== undefined) throw doubt;
  return undefined;
}

/** @throws BudgetSpent where the whole budget is spent, or all of it is this search's */
function within<T>(budget: Budget, part: number, search: (budget: Budget) => T): T | Undecided | "hard" {
  const own = part === 1 ? budget : new Budget(Math.ceil(budget.limit * part), budget);
  try {
    return outcomeOf(() => search(own));
  } catch (error) {
    if (error instanceof BudgetSpent && own !== budget && !budget.isSpent) return "hard";
    throw error;
  }
}

/**
 * Whether all hold: one that does not settles it, whatever is undecided about others.
 *
 * @throws Undecided where none fails, and one is undecided
 */
export function allHold<A>(among: Iterable<A>, holds: (each: A) => boolean): boolean {
  return firstFound(among, (each) => (holds(each) ? undefined : "fails")) === undefined;
}
