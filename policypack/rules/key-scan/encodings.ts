import { gunzipSync } from "node:zlib";

/** How much one scan may unpack, in bytes. What AWS takes as user data is a thousandth of it. */
const mostUnpacked = 1 << 23;

/** Counts what a scan unpacks, so that no input makes it work for long. */
export class ReadingBudget {
  private left = mostUnpacked;

  get remaining(): number {
    return this.left;
  }

  /** Whether so many bytes may still be read; takes them. */
  spend(bytes: number): boolean {
    if (bytes > this.left) return false;
    this.left -= bytes;
    return true;
  }
}

const run = /[A-Za-z0-9+/_-]{20,}={0,2}/g;

/** A run that fills a line is gone on with in the next one, as MIME and PEM wrap base64. */
const shortestLine = 60;

/** Runs of base64 in a text, those wrapped over several lines put together. */
export function* base64In(text: string): Iterable<string> {
  let parts: string[] = [];
  let end = -1;
  for (const match of text.matchAll(run)) {
    const [part] = match;
    const isNextLine = (parts.at(-1)?.length ?? 0) >= shortestLine && isLineEnd(text, end, match.index);
    if (!isNextLine && parts.length > 0) {
      yield parts.join("");
      parts = [];
    }
    parts.push(part);
    end = match.index + part.length;
  }
  // The last line may be shorter than a run.
  const rest =
    (parts.at(-1)?.length ?? 0) >= shortestLine
      ? /^\r?\n[ \t]{0,40}([A-Za-z0-9+/]{1,19}={0,2})\s/.exec(`${text.slice(end, end + 70)}\n`)
      : null;
  if (parts.length > 0) yield `${parts.join("")}${rest?.[1] ?? ""}`;
}

function isLineEnd(text: string, from: number, to: number): boolean {
  return to - from <= 42 && /^\r?\n[ \t]*$/.test(text.slice(from, to));
}

/**
 * What a run of base64 holds: a text, unzipped where it is zipped, or nothing that is one. Images, certificates and hashes are told by
 * their first bytes, so that they cost nothing.
 */
export function decoded(base64: string, budget: ReadingBudget): { readonly text: string } | "nothing" | "too much" {
  const start = Buffer.from(base64.slice(0, 400), "base64");
  const isZipped = start[0] === 0x1f && start[1] === 0x8b;
  if (!isZipped && !looksLikeText(start)) return "nothing";
  if (!budget.spend(base64.length)) return "too much";
  const bytes = Buffer.from(base64, "base64");
  if (!isZipped) return { text: textOf(bytes) };
  const unzipped = unzip(bytes, budget);
  return typeof unzipped === "string" ? unzipped : { text: textOf(unzipped) };
}

/** User data is often zipped before it is encoded, by cloud-init's tools among others. */
function unzip(bytes: Buffer, budget: ReadingBudget): Buffer | "nothing" | "too much" {
  try {
    const unzipped = gunzipSync(bytes, { maxOutputLength: Math.max(1, budget.remaining) });
    return budget.spend(unzipped.length) ? unzipped : "too much";
  } catch (error) {
    // What begins like gzip and is not is no text.
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    if (!isTooLarge) return "nothing";
    budget.spend(budget.remaining);
    return "too much";
  }
}

/** Letters, blanks and line ends, with some bytes of other alphabets; or UTF-16, as PowerShell takes its commands. */
function looksLikeText(bytes: Buffer): boolean {
  if (isWide(bytes)) return true;
  let others = 0;
  for (const byte of bytes) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false;
    if (byte >= 0x7f) others += 1;
  }
  return bytes.length > 0 && others * 4 <= bytes.length;
}

function isWide(bytes: Buffer): boolean {
  return bytes.length >= 8 && [1, 3, 5, 7].every((at) => bytes[at] === 0) && bytes[0] !== 0;
}

function textOf(bytes: Buffer): string {
  return bytes.toString(isWide(bytes) ? "utf16le" : "latin1");
}
