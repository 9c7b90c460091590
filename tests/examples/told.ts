import type { Told } from "../host/engine";

/** A message without the line breaks that fit it to a terminal. */
function inOneLine(message: string): string {
  return message.replace(/\s+/g, " ");
}

export function isUndecided({ message }: Told): boolean {
  return inOneLine(message).includes(" cannot be judged yet: ");
}

/** The rules that a finding speaks for: its own, and those that wait for the same value. */
export function rulesIn({ policy, message }: Told): readonly string[] {
  const others = /Also waiting: (.*?) Rule: /.exec(inOneLine(message))?.[1];
  return [policy, ...(others?.split(", ") ?? [])];
}
