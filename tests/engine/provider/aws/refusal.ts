import { Readable } from "node:stream";

interface Answer {
  response: unknown;
}

type Step = (next: (args: object) => Promise<Answer>) => (args: object) => Promise<Answer>;

interface Stack {
  add(step: Step, options: { step: "deserialize"; priority: "low" }): void;
}

/** The part of an SDK client that takes plug-ins. The SDK types it by the client's own requests, and this looks at none. */
interface Pluggable {
  middlewareStack: { use(plugin: { applyToStack(stack: Stack): void }): void };
}

/**
 * Has the client read refusals itself: the emulator says in XML that something is not permitted, to services that speak JSON
 * too, whose clients cannot read that.
 */
export function readRefusals(client: object): void {
  const { middlewareStack } = client as Pluggable;
  middlewareStack.use({
    applyToStack(stack) {
      stack.add(refused, { step: "deserialize", priority: "low" });
    },
  });
}

const refused: Step = (next) => async (args) => {
  const answer = await next(args);
  const response = answer.response as { statusCode: number; body: Readable };
  if (response.statusCode !== 403) return answer;
  const body = Buffer.concat(await response.body.toArray());
  const found = /<Code>(.*?)<\/Code>\s*<Message>(.*?)<\/Message>/s.exec(body.toString("utf8"));
  if (found !== null) throw Object.assign(new Error(found[2]), { name: found[1] });
  response.body = Readable.from([body]);
  return answer;
};

/** What the SDK says of a call that failed, with the name by which AWS calls it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}
