import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

/** Encrypts as `pulumi config set --secret` does (Pulumi documentation, "Secrets", "Passphrase"). */
export class Passphrase {
  readonly #salt = randomBytes(8);
  readonly #key: Buffer;

  constructor(passphrase: string) {
    this.#key = pbkdf2Sync(passphrase, this.#salt, 1_000_000, 32, "sha256");
  }

  /** What stands under `encryptionsalt`. */
  get salt(): string {
    return `v1:${this.#salt.toString("base64")}:${this.encrypted("pulumi")}`;
  }

  /** What stands under `secure`. */
  encrypted(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const bytes = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${bytes.toString("base64")}`;
  }
}
