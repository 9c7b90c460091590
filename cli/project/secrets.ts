import { createDecipheriv, pbkdf2 } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";

/** Decrypts one value, or answers nothing where the key does not fit. */
export type Decrypt = (cipherText: string) => string | undefined;

const ROUNDS = 1_000_000;
const KEY_BYTES = 32;
const TAG_BYTES = 16;

/**
 * The decrypter of a stack whose secrets are under a passphrase (Pulumi documentation, "Secrets", "Passphrase"), or nothing
 * where the stack has no salt, no passphrase is in the environment, or it is the wrong one.
 *
 * @param state the stack's `encryptionsalt`: `v1:SALT:v1:NONCE:CIPHERTEXT`, of which the last part is the word "pulumi"
 */
export async function passphraseDecrypter(state: string, environment: NodeJS.ProcessEnv): Promise<Decrypt | undefined> {
  const passphrase = passphraseIn(environment);
  const [version, salt, ...check] = state.split(":");
  if (passphrase === undefined || version !== "v1" || salt === undefined) return undefined;
  const key = await promisify(pbkdf2)(passphrase, Buffer.from(salt, "base64"), ROUNDS, KEY_BYTES, "sha256");
  const decrypt: Decrypt = (cipherText) => decryptWith(key, cipherText);
  return decrypt(check.join(":")) === "pulumi" ? decrypt : undefined;
}

function passphraseIn(environment: NodeJS.ProcessEnv): string | undefined {
  const { PULUMI_CONFIG_PASSPHRASE: passphrase, PULUMI_CONFIG_PASSPHRASE_FILE: file } = environment;
  if (passphrase !== undefined) return passphrase;
  return file !== undefined && existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

function decryptWith(key: Buffer, cipherText: string): string | undefined {
  const [version, nonce, data] = cipherText.split(":");
  if (version !== "v1" || nonce === undefined || data === undefined) return undefined;
  const bytes = Buffer.from(data, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const start = decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES));
    return Buffer.concat([start, decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
