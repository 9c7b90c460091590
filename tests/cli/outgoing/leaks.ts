import { SECRETS } from "./plants";

/** How a text may be quoted, each written down here without the code that masks it. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in JSON": (text) => JSON.stringify(text).slice(1, -1),
  "in JSON in JSON": (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  "in a URL": (text) => encodeURIComponent(text),
  "in base64": (text) => Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1),
  "in hexadecimal digits": (text) => Buffer.from(text).toString("hex"),
};

/** What an output must not hold, whatever was planted. */
const ACTIONS: Readonly<Record<string, RegExp>> = {
  "a control character": /(?![\n\t])\p{Cc}/u,
  "a mark of direction or an invisible character": /\p{Cf}/u,
  "a line separator": /[\p{Zl}\p{Zp}]/u,
  "a line that a name began": /^[\s-]*FORGED/m,
  "a line that a program began": /^LOGGED/m,
  "a command of GitHub": /(^|\s)::[a-z]/,
  "a command of Azure Pipelines": /##vso\[/,
};

/**
 * What leaks in an output, `WHAT in PLACE`, none for a sound one.
 *
 * @param place what the output is, such as `stderr of check`
 */
export function leaksIn(place: string, text: string): string[] {
  const secrets = Object.entries(SECRETS).flatMap(([planted, secret]) =>
    Object.entries(ENCODINGS)
      .filter(([, encoded]) => text.includes(encoded(secret)))
      .map(([how]) => `the secret of ${planted}, ${how}, in ${place}`),
  );
  const acting = Object.entries(ACTIONS).filter(([, action]) => action.test(text));
  return [...secrets, ...acting.map(([what]) => `${what} in ${place}`)];
}

/** The same for an output in JSON, and what a page would run that it is put into. */
export function leaksInJson(place: string, json: string): string[] {
  JSON.parse(json);
  return [...leaksIn(place, json), ...(json.includes("<") ? [`markup in ${place}`] : [])];
}
