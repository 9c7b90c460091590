import { isRead, type Policy, type Principal } from "../iam/principal";

/** Far more than a stack has; it only keeps a process that serves for ever from growing for ever. */
const capacity = 20_000;

const ids = new WeakMap<object, number>();
let nextId = 0;

/** A number for a document, the same as long as it is the same object: `model` reads each property of a resource once. */
function idOf(document: object): number {
  const known = ids.get(document);
  if (known !== undefined) return known;
  ids.set(document, nextId);
  return nextId++;
}

function partOf(policy: Policy): readonly unknown[] {
  return [policy.origin, isRead(policy) ? idOf(policy.document) : policy.document];
}

/**
 * Remembers what was answered about principals by what decides it. An update is judged again with each resource that it is about to
 * make, and nearly all of the stack is as it was at the resource before.
 */
export class Memory<Answer> {
  private readonly answers = new Map<string, Answer>();

  recall(principal: Principal, answer: () => Answer): Answer {
    const { identity, boundary, scps, ...rest } = principal;
    const key = JSON.stringify([
      rest,
      identity.map(partOf),
      boundary && partOf(boundary),
      scps?.map((level) => level.map(partOf)),
    ]);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const made = answer();
    if (this.answers.size >= capacity) this.answers.clear();
    this.answers.set(key, made);
    return made;
  }
}
