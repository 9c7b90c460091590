import type { Secrets } from "../../policypack/host";
import type { Timing } from "./timing";

export interface CheckOptions {
  /** The folder of a Pulumi program, a file of `pulumi preview --json` or `pulumi stack export`, or `-` for one on standard input. */
  readonly path: string;
  readonly stack: string | undefined;
  /** `key=value` settings that replace the stack's. */
  readonly config: readonly string[];
  readonly policyConfig: string | undefined;
  /** The commit that the file of `policyConfig` is read from; undefined for the file that lies there. */
  readonly base?: string | undefined;
  readonly answers: string | undefined;
  /** What lookups answer with; undefined for what the stack says, or else an assumed one. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Whether outputs stay unknown that could be predicted, as in the engine's own preview. */
  readonly unknownOutputs?: boolean;
  readonly timeoutSeconds: number;
  /** Of another policy pack than this package's own. */
  readonly packDirectory?: string | undefined;
  /** Rules that are asked alone, and rules that are not asked. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Takes down what the run learns to be secret. */
  readonly secrets?: Secrets;
  /** Variables of this process that the program gets beside the listed ones. */
  readonly environment?: readonly string[];
  /** Called with when the program ran, when the check of a program is over. */
  readonly onTiming?: (timing: Timing) => void;
  /** Called as the run goes on, with the number of resources seen so far. */
  readonly onProgress?: (resources: number) => void;
}
