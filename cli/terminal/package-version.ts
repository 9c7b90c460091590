import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** This package's name, as its package.json has it. */
export const PACKAGE_NAME = "aws-identity-guardrails";

/** The version of this package, whether it runs from source, compiled or as one file. */
export function packageVersion(folder = __dirname): string {
  const manifest = manifestIn(folder);
  if (manifest?.name === PACKAGE_NAME && typeof manifest.version === "string") return manifest.version;
  const above = dirname(folder);
  return above === folder ? "0.0.0" : packageVersion(above);
}

function manifestIn(folder: string): { readonly name?: unknown; readonly version?: unknown } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  } catch {
    // Most folders have none.
    return undefined;
  }
}
