import { deepestRead } from "../outgoing/nesting";
import type { RawProperties } from "./changed-properties";

/**
 * A message of Protocol Buffers, field by field ("Encoding", Protocol Buffers documentation). The generated classes make objects of all
 * that a message holds before anybody asks, call themselves for each level however deep it is, and read a text letter by letter.
 */
export class Message {
  /** The number of the field that it stands at. */
  field = 0;
  private varint = 0;
  private start = 0;
  private end = 0;

  constructor(
    private readonly bytes: Buffer,
    private at = 0,
    private readonly limit = bytes.length,
  ) {}

  /**
   * Goes on to the next field, if there is one.
   *
   * @throws Error where the bytes are no message
   */
  next(): boolean {
    if (this.at >= this.limit) return false;
    const tag = this.readVarint();
    this.field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        this.varint = this.readVarint();
        return true;
      case 1:
        return this.take(8);
      case 2:
        return this.take(this.readVarint());
      case 5:
        return this.take(4);
      default:
        throw new Error("a message of the engine is broken: it has a field of no known type");
    }
  }

  text(): string {
    return this.bytes.toString("utf8", this.start, this.end);
  }

  boolean(): boolean {
    return this.varint !== 0;
  }

  double(): number {
    return this.bytes.readDoubleLE(this.start);
  }

  /** The message that the field holds. */
  inside(): Message {
    return new Message(this.bytes, this.start, this.end);
  }

  /** The bytes of the message that the field holds: a part of these, and no copy. */
  content(): Buffer {
    return this.bytes.subarray(this.start, this.end);
  }

  private take(length: number): true {
    this.start = this.at;
    this.end = this.at + length;
    if (this.end > this.limit) throw brokenOff();
    this.at = this.end;
    return true;
  }

  private readVarint(): number {
    let value = 0;
    for (let factor = 1; this.at < this.limit; factor *= 128) {
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw brokenOff();
  }
}

function brokenOff(): Error {
  return new Error("a message of the engine is broken off");
}

/** What a `Struct` says, in the protocol's own form. */
export interface StructRead {
  readonly fields: RawProperties;
  /** Of its fields, those in which something lies deeper than is read: there is a part of such a one, and it is to be taken for none. */
  readonly unread: readonly string[];
}

/** A list in a list takes at least so many bytes for each level. */
const leastBytesOfLevel = 4;

/** Whether a `Struct` of so many bytes can hold something that lies deeper than is read. */
export function mayBeTooDeep({ length }: Buffer): boolean {
  return length >= deepestRead * leastBytesOfLevel;
}

/**
 * Reads a `google.protobuf.Struct`.
 *
 * @throws Error where the bytes are none
 */
export function readStruct(bytes: Buffer): StructRead {
  return new StructReader().read(bytes);
}

type Raw = RawProperties[string];

class StructReader {
  private isTooDeep = false;

  read(bytes: Buffer): StructRead {
    const fields: RawProperties = {};
    const unread = new Set<string>();
    for (const message = new Message(bytes); message.next(); ) {
      if (message.field !== 1) continue;
      this.isTooDeep = false;
      const key = this.entry(message.inside(), fields, deepestRead);
      if (this.isTooDeep) unread.add(key);
    }
    return { fields, unread: [...unread] };
  }

  /** Of `map<string, Value>`; the last of a key counts. */
  private entry(message: Message, into: RawProperties, levels: number): string {
    let key = "";
    let value: Raw = null;
    while (message.next()) {
      if (message.field === 1) key = message.text();
      else if (message.field === 2) value = this.value(message.inside(), levels);
    }
    if (key === "__proto__")
      Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
    else into[key] = value;
    return key;
  }

  /** @param levels how many lists and objects within one another are still read */
  private value(message: Message, levels: number): Raw {
    let value: Raw = null;
    while (message.next()) {
      switch (message.field) {
        case 1:
          value = null;
          break;
        case 2:
          value = message.double();
          break;
        case 3:
          value = message.text();
          break;
        case 4:
          value = message.boolean();
          break;
        case 5:
          value = this.fields(message.inside(), levels);
          break;
        case 6:
          value = this.list(message.inside(), levels);
          break;
      }
    }
    return value;
  }

  private fields(message: Message, levels: number): RawProperties {
    const fields: RawProperties = {};
    if (this.isBeyond(levels)) return fields;
    while (message.next()) if (message.field === 1) this.entry(message.inside(), fields, levels - 1);
    return fields;
  }

  private list(message: Message, levels: number): Raw[] {
    const list: Raw[] = [];
    if (this.isBeyond(levels)) return list;
    while (message.next()) if (message.field === 1) list.push(this.value(message.inside(), levels - 1));
    return list;
  }

  private isBeyond(levels: number): boolean {
    if (levels === 0) this.isTooDeep = true;
    return levels === 0;
  }
}
