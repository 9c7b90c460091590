import type { Judge } from "../offline/registrar";
import type { Resource } from "../pulumi/stack";
import type { Pack } from "./pack";

/** Lets the pack judge each resource as soon as it is configured, and remembers when it fails. */
export class PackJudge implements Judge {
  readonly failed: Promise<never>;
  #fail: (error: unknown) => void = () => undefined;
  #seen = 0;
  #waiting = 0;

  constructor(
    private readonly pack: Promise<Pack>,
    private readonly onProgress: ((resources: number) => void) | undefined,
  ) {
    this.failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
    pack.catch((error: unknown) => this.#fail(error));
  }

  /** Whether the pack owes an answer. */
  get isWaiting(): boolean {
    return this.#waiting > 0;
  }

  async review(resource: Resource) {
    this.#seen += 1;
    this.#waiting += 1;
    this.onProgress?.(this.#seen);
    try {
      const pack = await this.pack;
      return await pack.review(resource);
    } catch (error) {
      this.#fail(error);
      throw error;
    } finally {
      this.#waiting -= 1;
    }
  }
}
