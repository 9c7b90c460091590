const CHARACTER_WIDTH = 8.43;
const LINE_HEIGHT = 19;
const MARGIN = 16;
const TITLE_BAR = 34;

/** Colours of a dark terminal by their number in an ANSI sequence, for both intensities. */
const COLOURS: Readonly<Record<number, string>> = {
  30: "#6e7681",
  31: "#ff7b72",
  32: "#3fb950",
  33: "#d29922",
  34: "#58a6ff",
  35: "#d2a8ff",
  36: "#39c5cf",
  37: "#f0f6fc",
};

const FAINT = "#8b949e";

const SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`);

interface Style {
  readonly colour?: string | undefined;
  readonly bold?: boolean | undefined;
}

interface Span extends Style {
  readonly text: string;
}

/**
 * A picture of a terminal that shows a command and what it printed.
 *
 * @param command the line that was typed, without a prompt
 * @param output what came of it, with its ANSI colour sequences
 * @param columns lines longer than this go on below
 */
export function consoleSvg(command: string, output: string, columns: number): string {
  const lines = [
    [
      { text: "$ ", colour: COLOURS[32] },
      { text: command, bold: true },
    ],
    ...linesOf(output, columns),
  ];
  const width = Math.ceil(columns * CHARACTER_WIDTH + 2 * MARGIN);
  const height = TITLE_BAR + lines.length * LINE_HEIGHT + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(command)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    `<circle cx="20" cy="17" r="6" fill="#ff5f57"/><circle cx="40" cy="17" r="6" fill="#febc2e"/><circle cx="60" cy="17" r="6" fill="#28c840"/>`,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" fill="#c9d1d9" xml:space="preserve" style="white-space:pre">`,
    ...lines.map((line, index) => {
      const y = TITLE_BAR + (index + 0.8) * LINE_HEIGHT;
      return `<text x="${MARGIN}" y="${y.toFixed(1)}">${line.map(spanSvg).join("")}</text>`;
    }),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function spanSvg({ text, colour, bold }: Span): string {
  const style = `${colour === undefined ? "" : ` fill="${colour}"`}${bold ? ' font-weight="bold"' : ""}`;
  return style === "" ? escaped(text) : `<tspan${style}>${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function linesOf(output: string, columns: number): Span[][] {
  let style: Style = {};
  return output
    .trimEnd()
    .split("\n")
    .flatMap((line) => {
      const lines: Span[][] = [[]];
      let used = 0;
      // The sequences come out of the split at the odd places, the text between them at the even ones.
      for (const [index, piece] of line.split(SEQUENCE).entries()) {
        if (index % 2 === 1) style = styleAfter(style, piece);
        else {
          for (const text of piece) {
            if (used === columns) {
              lines.push([]);
              used = 0;
            }
            used += 1;
            append(lines.at(-1) ?? [], { ...style, text });
          }
        }
      }
      return lines;
    });
}

function append(line: Span[], span: Span): void {
  const last = line.at(-1);
  if (last !== undefined && last.colour === span.colour && last.bold === span.bold) {
    line[line.length - 1] = { ...last, text: last.text + span.text };
  } else line.push(span);
}

/** What an ANSI sequence makes of a style: bold, faint and colours, and the ends of them. */
function styleAfter(style: Style, sequence: string): Style {
  const codes = sequence.split(";").map(Number);
  let { colour, bold } = style;
  for (const code of codes) {
    if (code === 0) [colour, bold] = [undefined, undefined];
    else if (code === 1) bold = true;
    else if (code === 2) colour = FAINT;
    else if (code === 22) [colour, bold] = [colour === FAINT ? undefined : colour, undefined];
    else if (code === 39) colour = undefined;
    else colour = COLOURS[code >= 90 ? code - 60 : code] ?? colour;
  }
  return { colour, bold };
}
