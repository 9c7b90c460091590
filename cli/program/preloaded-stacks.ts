type Prepare = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/**
 * Makes the stack traces cheap that the SDK takes for each resource and each promise. It runs in the program's process, which is given its
 * text: it can use nothing but its own.
 *
 * What maps positions to TypeScript maps every frame of every trace anew. A resource's trace is wanted, for the place that a finding names:
 * here each place is mapped once. A promise's trace is read by nobody but whoever looks for promises that never end.
 *
 * @param areLeaksSought whether the SDK prints the traces of promises
 */
export function makeStacksCheap(areLeaksSought: boolean): void {
  /** What the first of these frames comes to; undefined where frames are not mapped to a line each. */
  function lineOf(prepare: Prepare, error: Error, header: string, frames: NodeJS.CallSite[]): string | undefined {
    const text = prepare(error, frames);
    if (typeof text !== "string" || !text.startsWith(header)) return undefined;
    const lines = text.slice(header.length).split("\n");
    return lines.length === frames.length + 1 ? lines[1] : undefined;
  }

  /** The trace that `prepare` makes, out of lines that it made before. */
  function traceOf(prepare: Prepare, known: Map<string, string>, error: Error, frames: NodeJS.CallSite[]): unknown {
    const header = prepare(error, []);
    if (typeof header !== "string") return prepare(error, frames);
    const texts = frames.map(String);
    let trace = header;
    for (let at = 0; at < frames.length; at++) {
      // A map tells the name of a function at the place that calls it: the next frame that is in a file.
      let end = at + 1;
      while (end < frames.length && !frames[end]?.getFileName()) end += 1;
      const key = texts.slice(at, end + 1).join("\n");
      const line = known.get(key) ?? lineOf(prepare, error, header, frames.slice(at, end + 1));
      if (line === undefined) return prepare(error, frames);
      known.set(key, line);
      trace += `\n${line}`;
    }
    return trace;
  }

  const fileOf = (frame: NodeJS.CallSite | undefined) => frame?.getFileName()?.replaceAll("\\", "/") ?? "";

  /** The frames up to the program's outermost: what runs the program is of no use, and long. */
  function withinProgram(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
    const isOwn = (file: string) => file !== "" && !file.startsWith("node:") && !file.includes("/node_modules/");
    const outermost = frames.map((frame) => isOwn(fileOf(frame))).lastIndexOf(true);
    return outermost === -1 ? frames : frames.slice(0, outermost + 1);
  }

  function cheap(prepare: Prepare): Prepare {
    const known = new Map<string, string>();
    return (error, frames) => {
      const innermost = fileOf(frames[0]);
      if (innermost.endsWith("/@pulumi/pulumi/resource.js") && frames[0]?.getFunctionName() === "callsites") {
        return traceOf(prepare, known, error, withinProgram(frames));
      }
      if (!areLeaksSought && innermost.endsWith("/@pulumi/pulumi/runtime/debuggable.js")) return prepare(error, []);
      return prepare(error, frames);
    };
  }

  // Several tools set this in turn, and some put back what they found.
  let current: unknown = Error.prepareStackTrace;
  const made = new WeakMap<Prepare, Prepare>();
  const isMade = new WeakSet<Prepare>();
  const cheapOf = (prepare: Prepare): Prepare => {
    if (isMade.has(prepare)) return prepare;
    const its = made.get(prepare) ?? cheap(prepare);
    made.set(prepare, its);
    isMade.add(its);
    return its;
  };
  // Where Error is frozen, traces stay what they are.
  Reflect.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (next: unknown) => {
      current = typeof next === "function" ? cheapOf(next as Prepare) : next;
    },
  });
}
