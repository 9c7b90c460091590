import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GameName, games, isGameName } from "./games";

const folder = join(__dirname, "..", "found");

/** Writes a case on which core and reference differ; returns the file's name, which is the same for the same case. */
export function save(game: GameName, counterexample: unknown, about: string): string {
  const text = JSON.stringify(counterexample);
  const name = `${game}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.json`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${JSON.stringify({ about, game, case: counterexample }, null, 2)}\n`);
  return name;
}

export function savedNames(): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .sort()
    : [];
}

/** Asks about a saved case again; throws a Disagreement when core and reference still differ. */
export function replay(name: string): void {
  const saved: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
  if (
    typeof saved !== "object" ||
    saved === null ||
    !("game" in saved) ||
    !("case" in saved) ||
    !isGameName(saved.game)
  )
    throw new Error(`${name} is no saved case: it needs "game" and "case"`);
  games[saved.game].replay(saved.case);
}
