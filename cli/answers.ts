import { existsSync, readFileSync } from "node:fs";
import { Failure, messageOf } from "./failure";
import type { Answers } from "./offline/invokes";
import { isObject, type Json, type JsonObject } from "./offline/wire";

/**
 * Reads answers to functions of providers from a JSON file: `{"TOKEN": RESULT}`, or `{"TOKEN": [{"args": …, "result": …}]}`
 * where the answer depends on the arguments.
 *
 * @throws Failure that names the place in the file
 */
export function readAnswers(file: string): Answers {
  if (!existsSync(file)) throw new Failure(`${file} does not exist`, "Name a JSON file for --answers.");
  let parsed: Json;
  try {
    parsed = JSON.parse(readFileSync(file, "utf8")) as Json;
  } catch (error) {
    throw new Failure(`${file} is not JSON: ${messageOf(error)}`, "Mend the JSON.");
  }
  if (!isObject(parsed)) throw new Failure(`${file} is not a JSON object`, 'Write {"TOKEN": {"name": "value"}}.');
  return new Map(Object.entries(parsed).map(([token, answer]) => [token, answerOf(file, token, answer)]));
}

function answerOf(file: string, token: string, answer: Json) {
  if (isObject(answer)) return answer;
  const cases = Array.isArray(answer) ? answer.map(caseOf) : [undefined];
  const complete = cases.filter((one) => one !== undefined);
  if (complete.length === cases.length) return complete;
  throw new Failure(
    `${file}: "${token}" must be an object, or a list of objects with "args" and "result"`,
    `Write "${token}": {"name": "value"}.`,
  );
}

function caseOf(one: Json): { args: JsonObject; result: JsonObject } | undefined {
  if (!isObject(one)) return undefined;
  const { args, result } = one;
  return isObject(args) && isObject(result) ? { args, result } : undefined;
}
