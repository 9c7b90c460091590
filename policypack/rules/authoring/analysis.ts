import type { WorkLimit } from "../../iam";
import type { Graph } from "../../model";
import type { Settings } from "./settings";

/** What rules ask of the identities of one graph with, and what remembers the answers. */
export type Asking = Pick<Analysis, "graph" | "settings" | "work" | "once">;

/** A question about one subject. INVARIANT: its answer follows from what it is given and from nothing else, a rule's options included. */
export type Question<S extends object, A> = (subject: S, asking: Asking, parameter: string) => A;

/**
 * One graph with the settings that it is judged by. Several rules ask the same of it, and one rule the same of a group for every member, so
 * it owns the answers: they live as long as it does.
 */
export class Analysis {
  private readonly answers = new Map<unknown, Map<string, Map<object, unknown>>>();

  /** @param graphOf gives the graph, built when the first rule wants it */
  constructor(
    private readonly graphOf: () => Graph,
    readonly settings: Settings,
    readonly work: WorkLimit,
  ) {}

  get graph(): Graph {
    return this.graphOf();
  }

  /** The answer to a question about a subject, worked out when it is first asked. The parameter is what of a rule's options decides it. */
  readonly once = <S extends object, A>(question: Question<S, A>, subject: S, parameter = ""): A => {
    const answers = within(within(this.answers, question), parameter);
    // A table holds the answers of one question alone.
    if (answers.has(subject)) return answers.get(subject) as A;
    const answer = question(subject, this, parameter);
    answers.set(subject, answer);
    return answer;
  };
}

function within<K, L, V>(tables: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const table = tables.get(key) ?? new Map<L, V>();
  tables.set(key, table);
  return table;
}
