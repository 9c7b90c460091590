import * as pulumi from "@pulumi/pulumi";

/** What a component needs and does not find. As a `RunError` it reaches the console as one line, without a stack trace. */
export class Unmet extends pulumi.RunError {
  /** `problem` says what is missing and the command or setting that mends it. */
  constructor(component: string, problem: string) {
    super(`${component}: ${problem}`);
  }
}

/**
 * Resource options that have `look` run before the resource is made, in a preview too, so that what it throws stops the
 * run before anything is changed. The engine runs it for a resource that its state does not hold: what an earlier `up` of
 * the same stack has made is never mistaken for somebody else's.
 *
 * `name` is unique in the program. See "Resource hooks" in the Pulumi documentation.
 */
export function beforeCreation(name: string, look: Look): pulumi.ResourceOptions {
  return knowsHooks() ? { hooks: { beforeCreate: [hook(name, look)] } } : {};
}

/** Like {@link beforeCreation}, and before an update too: for what a change of the arguments can undo. */
export function beforeChange(name: string, look: Look): pulumi.ResourceOptions {
  if (!knowsHooks()) return {};
  const looking = [hook(name, look)];
  return { hooks: { beforeCreate: looking, beforeUpdate: looking } };
}

type Look = () => void | Promise<void>;

function hook(name: string, look: Look): pulumi.ResourceHook {
  return new pulumi.ResourceHook(name, look, { onDryRun: true });
}

/** Pulumi's own mocks, with which programs are tested, know none: registering one would wait for ever. */
function knowsHooks(): boolean {
  return typeof pulumi.runtime.getMonitor()?.registerResourceHook === "function";
}

const LONGEST_REASON = 300;

/** What a provider says of a lookup that failed, on one line that ends with a full stop, without the words put before it. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.replace(/\s+/g, " ").trim();
  const said = line.replace(/^.*? returned an error: (invoking \S+: )?/, "").replace(/^1 error occurred: \* /, "");
  const short = said.length > LONGEST_REASON ? `${said.slice(0, LONGEST_REASON)}...` : said;
  return short.endsWith(".") ? short : `${short}.`;
}
