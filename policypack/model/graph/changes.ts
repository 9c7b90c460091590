import type { Draft, GroupDraft } from "./identity-builders";
import { Ordered } from "./place";
import type { Reader } from "./reference-index";

interface Composed {
  putTogether(): void;
}

/** What of a graph is to be worked out again, and what has come out of that differently. */
export class Changes {
  /** What has been joined or put together so far, for those who count. */
  operations = 0;
  private readonly queue = new Ordered<Reader>();
  private readonly queued = new Set<Reader>();
  private readonly composed = new Set<Composed>();
  private readonly touched = new Set<Draft>();
  private readonly groups = new Set<GroupDraft>();

  /** A declaration may mean something else than it did. */
  readonly lookAgain = (join: Reader): void => {
    if (this.queued.has(join)) return;
    this.queued.add(join);
    this.queue.add(join.place, join);
  };

  forget(join: Reader): void {
    if (this.queued.delete(join)) this.queue.remove(join.place);
  }

  /** Something is to be put together again. */
  readonly changed = (composed: Composed): void => {
    this.composed.add(composed);
  };

  /** A rule may say something else of an identity or permission set than it did. */
  touch(draft: Draft): void {
    this.touched.add(draft);
  }

  /** The same, and of all members. */
  readonly touchWithMembers = (draft: Draft): void => {
    this.touched.add(draft);
    if (draft.kind === "group") this.groups.add(draft);
  };

  /**
   * Works it out. Joining one declaration can change what later ones mean and never what earlier ones do, so each is joined once, in order.
   */
  workOff(): void {
    for (let i = 0; i < this.queue.values.length; i++) {
      this.queue.values[i]?.join();
      this.operations += 1;
    }
    this.queue.clear();
    this.queued.clear();
    for (const composed of this.composed) composed.putTogether();
    this.operations += this.composed.size;
    this.composed.clear();
    for (const { members } of this.groups) for (const member of members) this.touched.add(member);
    this.groups.clear();
  }

  /** What was touched so far, and not asked for. */
  get allTouched(): ReadonlySet<Draft> {
    return this.touched;
  }

  /** What was touched since this was last asked. */
  takeTouched(): ReadonlySet<Draft> {
    const touched = new Set(this.touched);
    this.touched.clear();
    return touched;
  }
}
