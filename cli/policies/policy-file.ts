import { committedText } from "../terminal/committed-file";
import { type FilePosition, parsedFile, textOf } from "../terminal/json-file";

/**
 * Reads a file in the format of `pulumi --policy-pack-config` (Pulumi documentation, "Configuring policy packs"). An empty
 * file configures nothing, as with Pulumi.
 *
 * @param base the commit that it is read from; undefined for the file that lies there
 * @throws Failure that names the file and, for text that is no JSON, the place in it
 */
export function readPolicyFile(file: string, base?: string): FilePosition {
  const text = base === undefined ? textOf(file, "a policy configuration") : committedText(file, base);
  return parsedFile(file, text.trim() === "" ? "{}" : text);
}
