import { REPORT_DESCRIPTOR } from "../terminal/process";

/**
 * Code that is loaded before the program, as a module's address.
 *
 * The SDK prints a program's error with colours; Node.js then takes a minute over a stack line in a file right inside a
 * scope's folder (`node_modules/@pulumi/resource.ts`, as the SDK's source maps have it), because it builds text until
 * memory ends. Nobody sees the colours here.
 *
 * A program that asks for a variable which is withheld may go another way than it would elsewhere, so the name is told.
 *
 * @param withheld names of variables
 */
export function preload(withheld: readonly string[]): string {
  const code = `
    import { writeSync } from "node:fs";
    import util from "node:util";
    const { inspect } = util;
    const plain = (options) => (typeof options === "object" && options !== null ? { ...options, colors: false } : options);
    util.inspect = Object.assign((value, options, ...rest) => inspect(value, plain(options), ...rest), inspect);

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
