import { brotliDecompressSync } from "node:zlib";

/** What a generated module carries: text, with where it comes from and how old it is. */
export interface Table {
  /** The npm package, or the file in this repository, that the generator read. */
  readonly source: string;
  readonly version: string;
  /** Day of the data, `YYYY-MM-DD`; not the day of generation. */
  readonly date: string;
  /** UTF-8 text, brotli, base64. */
  readonly data: string;
}

export function textOf(table: Table): string {
  return brotliDecompressSync(Buffer.from(table.data, "base64")).toString("utf8");
}
