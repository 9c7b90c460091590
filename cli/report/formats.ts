import { nearestName } from "../../policypack/host";
import { Failure } from "../terminal/failure";

export const FORMATS = ["text", "json", "sarif", "junit", "markdown", "html"] as const;

export type Format = (typeof FORMATS)[number];

/** One report: on standard output, or in a file. */
export interface Output {
  readonly format: Format;
  readonly file?: string;
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  json: "json",
  sarif: "sarif",
  xml: "junit",
  md: "markdown",
  txt: "text",
  html: "html",
};

/** @throws Failure that names the nearest format */
export function formatNamed(name: string): Format {
  const format = FORMATS.find((each) => each === name);
  if (format !== undefined) return format;
  const nearest = nearestName(name, FORMATS);
  const fix = nearest === undefined ? `Use one of ${FORMATS.join(", ")}.` : `Did you mean ${nearest}?`;
  throw new Failure(`--format ${name}: there is no such format`, fix);
}

/**
 * The reports that a command line asks for: `--format F` stands for one on standard output, unless an `--output FILE` behind it says
 * where. An `--output` without a format takes the one that its name ends in.
 *
 * @throws Failure where two of them would share standard output
 */
export function outputsIn(asked: readonly { readonly format?: string; readonly output?: string }[]): readonly Output[] {
  const outputs: Output[] = [];
  for (const { format, output } of asked) {
    const last = outputs[outputs.length - 1];
    if (format !== undefined) outputs.push({ format: formatNamed(format) });
    else if (output !== undefined && last !== undefined && last.file === undefined) {
      outputs[outputs.length - 1] = { ...last, file: output };
    } else if (output !== undefined) outputs.push({ format: formatOf(output), file: output });
  }
  const onStdout = outputs.filter(({ file }) => file === undefined);
  if (onStdout.length > 1) {
    const names = onStdout.map(({ format }) => format).join(" and ");
    throw new Failure(
      `${names} would both go to standard output`,
      "Give an --output FILE behind each --format but one.",
    );
  }
  return onStdout.length === 0 ? [...outputs, { format: "text" }] : outputs;
}

function formatOf(file: string): Format {
  const format = EXTENSIONS[file.slice(file.lastIndexOf(".") + 1).toLowerCase()];
  if (format !== undefined) return format;
  throw new Failure(
    `--output ${file}: its name tells no format`,
    "Put --format before it: --format sarif --output FILE.",
  );
}
