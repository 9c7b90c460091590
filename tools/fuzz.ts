import { Command, InvalidArgumentError } from "commander";
import type { Answered } from "../tests/iam/fuzz/disagreement";
import { save } from "../tests/iam/fuzz/found";
import { type GameName, games, isGameName } from "../tests/iam/fuzz/games";

const RUNS_A_ROUND = 1_000;

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("give a number above zero.");
  return value;
}

const { minutes, seed } = new Command()
  .name("fuzz")
  .description("Compares the IAM core with the reference evaluator on random policies, and saves what they differ on.")
  .option("--minutes <n>", "how long to look", positive, 1)
  .option("--seed <n>", "first seed, to repeat a run", positive, Date.now() % 1_000_000_000)
  .parse()
  .opts<{ minutes: number; seed: number }>();

const counts: Record<Answered["answer"], number> = { yes: 0, no: 0, unknown: 0 };
const reasons = new Map<string, number>();
const found = new Set<string>();
const end = Date.now() + minutes * 60_000;
console.log(`seed ${seed}`);

for (let round = seed; Date.now() < end; round++)
  for (const name of Object.keys(games).filter(isGameName)) playRound(name, round);

console.log(`yes ${counts.yes}, no ${counts.no}, unknown ${counts.unknown}`);
for (const [reason, count] of [...reasons].sort(([, a], [, b]) => b - a).slice(0, 10))
  console.log(`  ${count} unknown: ${reason}`);
if (found.size > 0) {
  console.error(`${found.size} disagreements, saved in tests/iam/found`);
  process.exitCode = 1;
}

function playRound(name: GameName, round: number): void {
  const failure = games[name].play({ seed: round, numRuns: RUNS_A_ROUND }, count);
  if (failure === undefined) return;
  const about = failure.reason instanceof Error ? failure.reason.message : String(failure.reason);
  const file = save(name, failure.counterexample, about);
  if (!found.has(file)) console.error(`seed ${round}: tests/iam/found/${file}: ${about}`);
  found.add(file);
}

function count(answers: readonly Answered[]): void {
  for (const { answer, because } of answers) {
    counts[answer]++;
    for (const reason of because) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
}
