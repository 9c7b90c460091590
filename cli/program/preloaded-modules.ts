import type Inspector from "node:inspector";
import type Module from "node:module";

type Exports = Record<string | symbol, unknown>;

/**
 * Leaves out what the Node.js SDK loads and starts for every program and hardly any uses, until one does: the compiler, the package manager
 * and the debugger with which it takes functions apart. With a debugger, all code takes twice the time to load. It runs in the program's
 * process, which is given its text: it can use nothing but its own.
 *
 * Tracing is left out for good, and the SDK's messages for debugging: the engine's stand-in keeps none, and they go to it one after another.
 *
 * @param prototype of modules
 */
export function makeSdkLight(prototype: Module): void {
  const SDK = "/@pulumi/pulumi/";
  /** What is loaded when it is used, by the SDK's file that asks for it. */
  const late: Readonly<Record<string, readonly string[]>> = {
    "runtime/closure/codePaths.js": ["@npmcli/arborist", "fdir", "normalize-package-data"],
    "runtime/closure/parseFunction.js": ["../../typescript-shim"],
  };
  /** What sends spans to an address that the engine gives, and check never does. */
  const tracing = "resources sdk-trace-base exporter-zipkin instrumentation-grpc sdk-trace-node instrumentation";
  const never = new Set(tracing.split(" ").map((name) => `@opentelemetry/${name}`));
  const { require: load } = prototype;

  /** Stands for what a module exports, and loads it when it is asked for anything. */
  function whenUsed(loaded: () => Exports): Exports {
    return new Proxy({} as Exports, {
      get: (_, name) => {
        // What the compiler of the SDK asks of a module before the module is used.
        if (name === "__esModule") return true;
        const exports = loaded();
        return name === "default" && exports.__esModule !== true ? exports : exports[name];
      },
      has: (_, name) => name in loaded(),
      ownKeys: () => Reflect.ownKeys(loaded()),
      getOwnPropertyDescriptor: (_, name) => {
        const property = Object.getOwnPropertyDescriptor(loaded(), name);
        return property && { ...property, configurable: true };
      },
    });
  }

  /** Debuggers that tell whoever listens of the scripts too that they saw before; the SDK listens when they are on already. */
  function tellingAll(inspector: typeof Inspector): Exports {
    const SCRIPT = "Debugger.scriptParsed";
    class Session extends inspector.Session {
      readonly #scripts: unknown[] = [];
      override connect(): void {
        super.connect();
        super.on(SCRIPT, (script) => this.#scripts.push(script));
      }
      override addListener(event: string, listener: (message: never) => void): this {
        if (event === SCRIPT) for (const script of this.#scripts) listener(script as never);
        return super.addListener(event, listener as () => void);
      }
    }
    return { ...inspector, Session };
  }

  const quiet = new WeakSet<Exports>();

  /** Sends nothing; what is about a resource waits for it as before. */
  function withoutDebug(log: Exports): void {
    const { debug } = log;
    // While modules load each other in a circle, it has none yet.
    if (typeof debug !== "function" || quiet.has(log)) return;
    quiet.add(log);
    log.debug = (message: string, resource?: unknown, ...rest: unknown[]) =>
      resource === undefined ? Promise.resolve() : debug(message, resource, ...rest);
  }

  prototype.require = function (this: Module, id: string) {
    const path = this.filename?.replaceAll("\\", "/") ?? "";
    const at = path.lastIndexOf(SDK);
    const file = path.slice(at + SDK.length);
    // The packages that it brings are not the SDK.
    if (at === -1 || file.startsWith("node_modules/")) return load.call(this, id);
    if (file === "runtime/closure/v8Hooks.js" && id === "inspector") return tellingAll(load.call(this, id));
    if (file === "cmd/run/tracing.js" && never.has(id)) return { __esModule: true };
    if (late[file]?.includes(id)) {
      let exports: Exports | undefined;
      return whenUsed(() => (exports ??= load.call(this, id)));
    }
    const exports = load.call(this, id);
    if (file === "cmd/run/index.js" && id.endsWith("/v8Hooks"))
      return { ...exports, isInitializedAsync: async () => {} };
    if (id.endsWith("/log")) withoutDebug(exports);
    return exports;
  } as NodeJS.Require;
}
