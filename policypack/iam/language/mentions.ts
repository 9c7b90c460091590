import { derived } from "../shared/remembering";
import type { Document, Statement } from "./document";
import { parseTemplate, variablesOf } from "./template";

/** A value of a document, with where it stands. */
export interface Mention {
  /** The same for values that are alternatives of each other. */
  readonly place: string;
  /** The condition key; `resource` for those of a Resource or NotResource. */
  readonly key: string;
  readonly value: string;
  /** Whether `${…}` in it is a policy variable. */
  readonly variables: boolean;
}

/** What a document speaks of, in statements with and without effect. */
export interface Mentions {
  /** Condition keys and policy variables. */
  readonly keys: readonly string[];
  readonly values: readonly Mention[];
}

export const mentionsOf: (document: Document) => Mentions = derived(({ statements, variables }) => {
  const values = statements.flatMap((statement) => valuesIn(statement, variables));
  const keys = statements.flatMap(({ conditions }) => conditions.map(({ key }) => key));
  // Only a few values have variables, and taking a value apart is dear.
  const used = values
    .filter(({ value }) => value.includes("${"))
    .flatMap(({ value }) => variablesOf(parseTemplate(value, { variables, wildcards: true })));
  return { keys: [...new Set([...keys.filter((key) => key !== ""), ...used])], values };
});

function valuesIn({ path, resource, conditions }: Statement, variables: boolean): Mention[] {
  const own = resource.values.map((value) => ({ place: path, key: "resource", value, variables }));
  const compared = conditions.flatMap(({ path: place, key, operator, values }) =>
    values.map((value) => ({ place: `${place} ${operator}`, key, value, variables })),
  );
  return [...own, ...compared];
}

/** What several documents speak of; what only subjects with something open need is worked out when it is asked for. */
export class Mentioned {
  readonly keys: ReadonlySet<string>;
  private readonly documents: readonly Mentions[];
  private ofAccounts: ReadonlyMap<string, string> | undefined;

  constructor(documents: readonly Document[]) {
    this.documents = documents.map(mentionsOf);
    this.keys = new Set(this.documents.flatMap(({ keys }) => keys).sort());
  }

  get values(): readonly Mention[] {
    return this.documents.flatMap(({ values }) => values);
  }

  /** Account ids, each with its role in the documents: those of the same role can be exchanged for one another. */
  get accounts(): ReadonlyMap<string, string> {
    this.ofAccounts ??= this.rolesOf((value) => value.match(/(?<![0-9])[0-9]{12}(?![0-9])/g) ?? []);
    return this.ofAccounts;
  }

  /** What `textsIn` finds in the values, each text with its role: all values that it is in, with a hole in its place. */
  rolesOf(textsIn: (value: string, mention: Mention) => readonly string[]): ReadonlyMap<string, string> {
    const places = new Map<string, string[]>();
    this.documents.forEach(({ values }, i) => {
      for (const mention of values)
        for (const text of new Set(textsIn(mention.value, mention))) {
          const known = places.get(text) ?? [];
          places.set(text, known);
          known.push(`${i} ${mention.place} ${mention.value.replaceAll(text, "\n")}`);
        }
    });
    return new Map([...places].map(([text, found]) => [text, [...new Set(found)].sort().join("\t")]));
  }

  /** What stands where ARNs have their partition, wildcards included. */
  get partitions(): readonly string[] {
    return [...new Set(this.values.flatMap(({ value }) => /^arn:([^:$]*):/.exec(value)?.[1] ?? []))];
  }

  /** What aws:RequestedRegion is compared with, wildcards included. */
  get regions(): readonly string[] {
    return this.values.flatMap(({ key, value }) => (key === "aws:requestedregion" ? [value] : []));
  }

  /** Parts of account ids with wildcards: `1*` of `arn:aws:iam::1*:root`. */
  get accountPatterns(): readonly string[] {
    const found = this.values.flatMap(({ key, value }) => {
      const field = value.split(":")[4];
      return [...(field === undefined ? [] : [field]), ...(/account|principal|userid/.test(key) ? [value] : [])];
    });
    return [...new Set(found)].filter((text) => /^[0-9*?]+$/.test(text) && /[0-9]/.test(text) && /[*?]/.test(text));
  }
}
