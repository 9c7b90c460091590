import { fstatSync } from "node:fs";
import type { Readable } from "node:stream";

/** What the executable says to whoever starts it as a command; the engine always gives its address. */
export const usage = `This is a Pulumi policy pack in one file: pulumi preview --policy-pack FILE (Pulumi CLI 3.255 or later).`;

/** Whether these are the arguments that the engine starts a plugin with: its address, and flags that pass on its logging. */
export function isStartedByEngine(args: readonly string[]): boolean {
  return args.some((argument) => /^[^-/][^/]*:\d+$/.test(argument));
}

/**
 * Ends this process when the engine is gone. The engine ends a pack that it started itself, unless it is killed; its end of
 * the pipe closes then as well. Where standard input is no pipe nothing can be told from it.
 */
export function endWithEngine(stdin: Readable & { readonly fd: number }): void {
  if (!fstatSync(stdin.fd).isFIFO() && !fstatSync(stdin.fd).isSocket()) return;
  stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0));
  stdin.resume();
}
