import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { TemporaryFolder } from "./temporary-folder";

const CHECKOUT = join(__dirname, "..", "..");

export const PULUMI_YAML = "name: shop\nruntime:\n  name: nodejs\n  options: { typescript: false }\n";

/** A JavaScript program in a folder of its own, with the SDKs of this checkout. */
export function temporaryProgram(code: string, files: Readonly<Record<string, string>> = {}): TemporaryFolder {
  const folder = new TemporaryFolder({
    "Pulumi.yaml": PULUMI_YAML,
    "package.json": '{ "name": "shop", "private": true }\n',
    "index.js": code,
    ...files,
  });
  symlinkSync(join(CHECKOUT, "node_modules"), join(folder.path, "node_modules"));
  return folder;
}
