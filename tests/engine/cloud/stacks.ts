import { type Json, type JsonObject, Refused } from "./http";

/** One preview, update, refresh or destruction of a stack. */
export interface Operation {
  readonly id: string;
  /** `PROJECT/STACK` */
  readonly stack: string;
  readonly kind: string;
  /** The engine's events, in the order in which the CLI recorded them. */
  readonly events: JsonObject[];
  /** What the CLI said at the end: `succeeded` or `failed`. */
  status?: string;
}

const EMPTY_STATE: Json = { version: 3, deployment: null };

/** The stacks of one organization, their state and what was done to them. */
export class Stacks {
  /** Every operation, oldest first. */
  readonly operations: Operation[] = [];
  private readonly states = new Map<string, Json>();

  create(stack: string): void {
    if (this.states.has(stack)) throw new Refused(409, `Stack ${stack} already exists`);
    this.states.set(stack, EMPTY_STATE);
  }

  remove(stack: string): void {
    this.state(stack);
    this.states.delete(stack);
  }

  state(stack: string): Json {
    const state = this.states.get(stack);
    if (state === undefined) throw new Refused(404, `Stack ${stack} not found`);
    return state;
  }

  begin(stack: string, kind: string): Operation {
    this.state(stack);
    const operation: Operation = { id: `u${this.operations.length + 1}`, stack, kind, events: [] };
    this.operations.push(operation);
    return operation;
  }

  operation(id: string): Operation {
    const operation = this.operations.find((it) => it.id === id);
    if (operation === undefined) throw new Refused(404, `Update ${id} not found`);
    return operation;
  }

  save(id: string, { version = 3, deployment = null }: JsonObject): void {
    this.states.set(this.operation(id).stack, { version, deployment });
  }
}
