import { Composer, CST, type Document, Parser } from "yaml";
import { Decoder, MAXIMUM_DEPTH } from "./decode";
import { readYamlSource, type Source } from "./source";
import type { FileValue } from "./values";

/** The content of a file of Pulumi's; a file without content holds null. */
export interface FileContent {
  readonly source: Source;
  readonly value: FileValue;
}

/**
 * Reads a YAML file as the Pulumi CLI reads its own: the first document, aliases and merge keys resolved, a key that is
 * given twice an error.
 *
 * @throws Failure that names the line and column of the first fault
 */
export function readYaml(file: string): FileContent {
  const source = readYamlSource(file);
  const document = firstDocument(source);
  if (document === undefined) return { source, value: null };
  const [error] = document.errors;
  if (error !== undefined)
    source.fail(error.pos[0], `not valid YAML: ${error.message}`, "Mend the YAML at that place.");
  const { version, explicit } = document.directives?.yaml ?? {};
  if (explicit === true && version !== "1.1") {
    source.fail(0, `Pulumi reads no YAML of version ${version}`, "Remove the %YAML line.");
  }
  return { source, value: new Decoder(source).decode(document.contents) };
}

/** Pulumi reads no further than the first document, whatever follows it. */
function firstDocument(source: Source): Document.Parsed | undefined {
  const tokens = [...new Parser().parse(source.text)];
  requireSound(source, tokens);
  // The failsafe schema leaves scalars as they are written, for the decoder to read as Pulumi does.
  const composer = new Composer({ schema: "failsafe", uniqueKeys: false, resolveKnownTags: false, logLevel: "silent" });
  const [document] = composer.compose(tokens, true, source.text.length);
  return document;
}

/**
 * Refuses what the composer cannot be asked, for it calls itself for each level; and what ends elsewhere for Pulumi's
 * reader: tags, of which commas are a part to it, anchors, and keys, of which a colon without a blank behind it is.
 */
function requireSound(source: Source, tokens: readonly CST.Token[]): void {
  const rest = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { token, depth } = next;
    if (depth > MAXIMUM_DEPTH) {
      source.fail(token.offset, `nested deeper than ${MAXIMUM_DEPTH} levels`, "Write it flatter.");
    }
    if (token.type === "document") {
      requireProperties(source, token.start);
      if (token.value !== undefined) rest.push({ token: token.value, depth });
    }
    if (!CST.isCollection(token)) continue;
    for (const { start, key, sep, value } of token.items as CST.CollectionItem[]) {
      requireProperties(source, [...start, ...(sep ?? [])]);
      if (
        token.type === "flow-collection" &&
        key?.type !== "double-quoted-scalar" &&
        key?.type !== "single-quoted-scalar"
      ) {
        requireBlank(source, sep ?? []);
      }
      if (key) rest.push({ token: key, depth: depth + 1 });
      if (value) rest.push({ token: value, depth: depth + 1 });
    }
  }
}

function requireProperties(source: Source, tokens: readonly CST.SourceToken[]): void {
  for (const token of tokens) {
    if (token.type === "anchor" && !/^&[\w-]+$/.test(token.source)) {
      source.fail(token.offset, "the name of an anchor has letters, digits, - and _ only", "Rename the anchor.");
    }
    if (token.type !== "tag") continue;
    const after = source.text[token.offset + token.source.length] ?? "\n";
    if (/^!(?:<[\w:.,/-]+>|[\w:./-]*(?:![\w:./-]*)?)$/.test(token.source) && /[ \t\n]/.test(after)) continue;
    source.fail(token.offset, "a tag of letters and digits, with a blank behind it, is expected", "Mend the tag.");
  }
}

function requireBlank(source: Source, tokens: readonly CST.SourceToken[]): void {
  const colon = tokens.find(({ type }) => type === "map-value-ind");
  if (colon === undefined || /[ \t\n]/.test(source.text[colon.offset + 1] ?? "\n")) return;
  source.fail(colon.offset, "a blank is missing behind the colon", "Write a blank there, or the key in quotes.");
}
