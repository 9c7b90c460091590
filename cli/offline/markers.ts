/**
 * Markers: text that stands for an answer which nobody can know offline.
 *
 * A program may await an invoke as a plain promise. The engine's unknown value would reach its code as an ordinary
 * object there and crash it, so it gets text instead; the text is recognised again when it comes back inside a resource's
 * properties. Only letters and digits, so that it survives splitting, joining, JSON and a change of case.
 */
const MARKER = "unknownvalue4f1c9a7e";

/** The text to answer with for a property; ARNs keep their shape, so that a program can take them apart. */
export function markerFor(property: string): string {
  return /arn$/i.test(property) ? `arn:aws:${MARKER}:${MARKER}:${MARKER}:${MARKER}/${MARKER}` : MARKER;
}

/** Whether a text came, whole or in part, from an answer that nobody can know. */
export function hidesUnknown(text: string): boolean {
  return text.toLowerCase().includes(MARKER);
}
