import { arnPattern, literal, type Pattern } from "./pattern";

/** An ARN with wildcards, each inside its field. */
export function arnGlob(text: string): Pattern {
  const fields = text.split(":").map((field) => wildcardParts(field));
  const joined = [
    ...fields.slice(0, 5),
    fields.slice(5).flatMap((field, i) => (i === 0 ? field : [{ kind: "text", text: ":" } as const, ...field])),
  ];
  return arnPattern(joined) ?? literal(text);
}

function wildcardParts(text: string) {
  return [...text].map((character) => {
    if (character === "*") return { kind: "any-run" } as const;
    if (character === "?") return { kind: "any-one" } as const;
    return { kind: "text", text: character } as const;
  });
}
