/**
 * A reason why a command cannot answer: bad input, a broken program, or a broken tool. It is shown as one message
 * without a stack trace, and the process ends with exit code 2.
 */
export class Failure extends Error {
  /**
   * @param message what is wrong and where (file or URN, and the place inside it)
   * @param fix what the reader can do about it, as an imperative sentence
   * @param details text of somebody else that explains the failure, such as a program's own error
   * @param cures ways to do what `fix` says, one of which may be the reader's
   */
  constructor(
    message: string,
    readonly fix: string,
    readonly details = "",
    readonly cures: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The message of whatever was thrown; JavaScript can throw any value. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
