import fc from "fast-check";
import { askAll, askCall } from "./checks";
import type { Answered } from "./disagreement";
import { policySet } from "./documents";
import { askEscalation, escalationSet } from "./escalation";
import { oneKeySet } from "./one-key";
import { askOpening, opening } from "./openings";
import { askRoot, rootCase } from "./root";
import { askTrust, trustCase } from "./trust";
import { askWider } from "./wider";

/** One kind of random case: how to draw it, and what to ask about it. */
export interface Game<Case> {
  readonly cases: fc.Arbitrary<Case>;
  /** Throws a Disagreement when the core and the reference differ. */
  readonly ask: (one: Case) => readonly Answered[];
}

function game<Case>(
  cases: fc.Arbitrary<Case>,
  ask: Game<Case>["ask"],
): Game<Case> & { play: Play; replay: (saved: unknown) => void } {
  return {
    cases,
    ask,
    play: (options, see) => {
      const details = fc.check(
        fc.property(cases, (one) => see(ask(one))),
        options,
      );
      if (!details.failed) return undefined;
      const [counterexample] = details.counterexample ?? [];
      return { counterexample, reason: details.errorInstance };
    },
    // A saved case was drawn from `cases`, whose values are plain JSON.
    replay: (saved) => void ask(saved as Case),
  };
}

/** Plays the game with many random cases; undefined when all agree, else the smallest case on which they differ. */
export type Play = (
  options: { readonly seed: number; readonly numRuns: number },
  see: (answers: readonly Answered[]) => void,
) => { readonly counterexample: unknown; readonly reason: unknown } | undefined;

export const games = {
  policies: game(policySet, askAll),
  oneKey: game(oneKeySet, askCall),
  escalation: game(escalationSet, askEscalation),
  trust: game(trustCase, askTrust),
  root: game(rootCase, askRoot),
  wider: game(policySet, askWider),
  openings: game(opening, askOpening),
};

export type GameName = keyof typeof games;

export function isGameName(name: unknown): name is GameName {
  return typeof name === "string" && name in games;
}
