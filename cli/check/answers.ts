import type { Answers } from "../offline/invokes/invokes";
import { isObject, type Json, type JsonObject } from "../pulumi/values";
import { Failure } from "../terminal/failure";
import { readJsonFile } from "../terminal/json-file";

/**
 * Reads answers to functions of providers from a JSON file: `{"TOKEN": RESULT}`, or `{"TOKEN": [{"args": …, "result": …}]}`
 * where the answer depends on the arguments.
 *
 * @throws Failure that names the place in the file
 */
export function readAnswers(file: string): Answers {
  const { value } = readJsonFile(file, "answers");
  if (!isObject(value)) throw new Failure(`${file} is not a JSON object`, 'Write {"TOKEN": {"name": "value"}}.');
  return new Map(Object.entries(value).map(([token, answer]) => [token, answerOf(file, token, answer)]));
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
