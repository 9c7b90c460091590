/** A shorter piece of base64 is in other text by chance. */
const shortestPiece = 8;

/**
 * What a text looks like where something quotes it: as it is, escaped for JSON (as each of the usual writers does it, also twice), for
 * a page, for a URL or a form, in hexadecimal digits, and in base64, which looks different for each of three places where it may begin.
 */
export function encodingsOf(text: string): readonly string[] {
  const inJson = jsonEncoded(text);
  const twice = inJson.flatMap(jsonEncoded);
  const bytes = Buffer.from(text, "utf8");
  const percent = percentEncoded(text);
  return [
    ...new Set([
      text,
      ...inJson,
      ...twice,
      ...[text, ...inJson, ...twice].map(inspected),
      ...markupEncoded(text),
      percent,
      percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
      percent.replaceAll("%20", "+"),
      encodedUri(text),
      bytes.toString("hex"),
      bytes.toString("hex").toUpperCase(),
      ...base64Pieces(bytes),
      ...inJson.filter((encoded) => encoded !== text).flatMap((encoded) => base64Pieces(Buffer.from(encoded, "utf8"))),
    ]),
  ].filter((encoded) => encoded.length > 5);
}

/** JSON as JavaScript writes it, as Go does, which escapes what a page would read, and as Python does, in ASCII alone. */
function jsonEncoded(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  return [plain, plain.replace(/[<>&\u2028\u2029]/g, inUnits), plain.replace(/[^ -~]/g, inUnits)];
}

function inUnits(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** As Node.js shows a text in an object (`util.inspect`), which escapes the quotes around it where the text holds every sort. */
function inspected(text: string): string {
  const hasDouble = text.includes('"');
  const isEscaped = text.includes("'") && hasDouble && text.includes("`");
  return text.replace(isEscaped ? /[\\']/g : /\\/g, "\\$&").replaceAll("\n", "\\n");
}

/** In HTML and XML, with quotes as they may stand between tags, and as they have to be written in attributes. */
function markupEncoded(text: string): readonly string[] {
  const between = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = between.replaceAll('"', "&quot;");
  return [between, quoted, quoted.replaceAll("'", "&apos;"), quoted.replaceAll("'", "&#39;")];
}

function percentEncoded(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

function encodedUri(text: string): string {
  return encodeURI(wellFormed(text));
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The characters of base64 that depend on these bytes alone, for each place in a group of three where they may begin. */
function base64Pieces(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const piece = whole.toString("base64").slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
    return piece.length < shortestPiece ? [] : [piece, piece.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
