import { type FilePosition, parsedFile, textOf } from "../terminal/json-file";

/**
 * Reads a file in the format of `pulumi --policy-pack-config` (Pulumi documentation, "Configuring policy packs"). An empty
 * file configures nothing, as with Pulumi.
 *
 * @throws Failure that names the file and, for text that is no JSON, the place in it
 */
export function readPolicyFile(file: string): FilePosition {
  const text = textOf(file, "a policy configuration");
  return parsedFile(file, text.trim() === "" ? "{}" : text);
}
