import { IDENTITY_DIGITS, MARKER } from "../pulumi/unknown-markers";
import { REPORT_DESCRIPTOR } from "../terminal/process";
import { makeSdkLight } from "./preloaded-modules";
import { makeStacksCheap } from "./preloaded-stacks";

/**
 * Code that is loaded before the program, as a module's address.
 *
 * The SDK prints a program's error with colours; Node.js then takes a minute over a stack line in a file right inside a
 * scope's folder (`node_modules/@pulumi/resource.ts`, as the SDK's source maps have it), because it builds text until
 * memory ends. Nobody sees the colours here.
 *
 * A value that is not known is a text, its marker. A program that takes it for JSON text gets an object of which every member is such a
 * text, and which is a list of two as well.
 *
 * A program that asks for a variable which is withheld may go another way than it would elsewhere, so the name is told.
 *
 * What the SDK does for nothing in a check is left out: see the two functions whose texts stand in the code.
 *
 * @param withheld names of variables
 */
export function preload(withheld: readonly string[]): string {
  const code = `
    import { writeSync } from "node:fs";
    import { createHash } from "node:crypto";
    import Module from "node:module";
    import util from "node:util";
    const { inspect } = util;
    const plain = (options) => (typeof options === "object" && options !== null ? { ...options, colors: false } : options);
    util.inspect = Object.assign((value, options, ...rest) => inspect(value, plain(options), ...rest), inspect);

    (${makeStacksCheap})(Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS));
    (${makeSdkLight})(Module.prototype);

    const parse = JSON.parse;
    const marker = /^\\s*${MARKER}[0-9a-f]{${IDENTITY_DIGITS}}\\s*$/i;
    const member = (text, name) =>
      "${MARKER}" + createHash("sha256").update(text + name).digest("hex").slice(0, ${IDENTITY_DIGITS});
    const unknownObject = (text) => {
      const list = [member(text, "0"), member(text, "1")];
      const target = { [text.trim()]: text.trim() };
      const asText = () => text.trim();
      return new Proxy(target, {
        get: (_, name) => {
          if (Object.hasOwn(target, name)) return target[name];
          if (name === "toString" || name === "valueOf" || name === Symbol.toPrimitive) return asText;
          if (name === "length") return list.length;
          if (typeof list[name] === "function" && name !== "constructor") return list[name].bind(list);
          return typeof name === "symbol" || ["then", "toJSON", "constructor"].includes(name) ? undefined : member(text, name);
        },
      });
    };
    JSON.parse = (text, ...rest) =>
      typeof text === "string" && marker.test(text) ? unknownObject(text) : parse(text, ...rest);

    const withheld = new Set(${JSON.stringify(withheld)});
    const tell = (environment, name) => {
      if (name in environment || !withheld.delete(name)) return;
      try { writeSync(${REPORT_DESCRIPTOR}, name + "\\n"); } catch {}
    };
    process.env = new Proxy(process.env, {
      get: (environment, name) => { tell(environment, name); return environment[name]; },
      has: (environment, name) => { tell(environment, name); return name in environment; },
      getOwnPropertyDescriptor: (environment, name) => {
        tell(environment, name);
        return Object.getOwnPropertyDescriptor(environment, name);
      },
      set: (environment, name, value) => { environment[name] = value; return true; },
    });
  `;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
