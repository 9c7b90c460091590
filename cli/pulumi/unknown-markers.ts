import { createHash } from "node:crypto";

/**
 * Markers: text that stands for an answer which nobody can know offline.
 *
 * A program may await an invoke as a plain promise. The engine's unknown value would reach its code as an ordinary
 * object there and crash it, so it gets text instead; the text is recognised again when it comes back inside a resource's
 * properties. Only letters and digits, so that it survives splitting, joining, JSON and a change of case. What differs is another
 * text: two of them may name two resources.
 */
/** What every marker begins with. */
export const MARKER = "unknownvalue4f1c9a7e";

/** The length of what follows it, in hexadecimal digits. */
export const IDENTITY_DIGITS = 10;
const MARKERS = new RegExp(`${MARKER}[0-9a-f]{${IDENTITY_DIGITS}}`, "gi");

/**
 * The text to answer with for a property; ARNs keep their shape, so that a program can take them apart.
 *
 * @param origin where the property's value would come from; the same marker only for the same origin
 */
export function markerFor(property: string, origin: string): string {
  const identity = createHash("sha256").update(`${origin}\n${property}`).digest("hex").slice(0, IDENTITY_DIGITS);
  const marker = `${MARKER}${identity}`;
  return /arn$/i.test(property) ? `arn:aws:${marker}:${marker}:${marker}:${marker}/${marker}` : marker;
}

/** Whether a text came, whole or in part, from an answer that nobody can know. */
export function hidesUnknown(text: string): boolean {
  return text.toLowerCase().includes(MARKER);
}

/** Whether a text shows a marker, or the beginning of one: errors about a text quote it shortened. */
export function hidesPlaceholder(text: string): boolean {
  return text.includes(MARKER.slice(0, SHORTENED));
}

const SHORTENED = 10;

/** The markers in a text, each once and in small letters. */
export function markersIn(text: string): string[] {
  return [...new Set(text.match(MARKERS)?.map((marker) => marker.toLowerCase()))];
}

/** A text for people: they know no markers. */
export function withoutMarkers(text: string): string {
  return text.replace(MARKERS, "[unknown]");
}
