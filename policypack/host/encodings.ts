/** A shorter piece of base64 is in other text by chance. */
const shortestPiece = 8;

/**
 * What a text looks like where something quotes it: as it is, escaped for JSON (also twice), for a URL or a form, in hexadecimal
 * digits, and in base64, which looks different for each of three places where it may begin.
 */
export function encodingsOf(text: string): readonly string[] {
  const inJson = JSON.stringify(text).slice(1, -1);
  const bytes = Buffer.from(text, "utf8");
  const percent = percentEncoded(text);
  return [
    ...new Set([
      text,
      inJson,
      JSON.stringify(inJson).slice(1, -1),
      // As Node.js shows a text in an object.
      text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n"),
      percent,
      percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
      percent.replaceAll("%20", "+"),
      encodedUri(text),
      bytes.toString("hex"),
      bytes.toString("hex").toUpperCase(),
      ...base64Pieces(bytes),
      ...(inJson === text ? [] : base64Pieces(Buffer.from(inJson, "utf8"))),
    ]),
  ].filter((encoded) => encoded.length > 5);
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
