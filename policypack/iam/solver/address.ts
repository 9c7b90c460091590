import { remembering } from "../shared/remembering";

/** An IP address as a number, with the number of its bits: 32 for IPv4, 128 for IPv6. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** All addresses from `first` to `last`. */
export interface Network {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

/** `readAddress`, remembered: the same few are compared again and again. */
export const parseAddress: (text: string) => Address | undefined = remembering(readAddress);

/** `readNetwork`, remembered. */
export const parseNetwork: (text: string) => Network | undefined = remembering(readNetwork);

/** `203.0.113.5` or `2001:db8::1`; undefined for anything else. */
export function readAddress(text: string): Address | undefined {
  return text.includes(":") ? readLong(text) : readShort(text);
}

/** An address with or without the length of a prefix (RFC 4632, RFC 4291); undefined for anything else. */
export function readNetwork(text: string): Network | undefined {
  const [base = "", length, ...rest] = text.split("/");
  const address = readAddress(base);
  if (address === undefined || rest.length > 0) return undefined;
  if (length !== undefined && !/^[0-9]{1,3}$/.test(length)) return undefined;
  const prefix = length === undefined ? address.bits : Number(length);
  if (prefix > address.bits) return undefined;
  const host = (1n << BigInt(address.bits - prefix)) - 1n;
  return { bits: address.bits, first: address.value & ~host, last: address.value | host };
}

export function contains(network: Network, address: Address): boolean {
  return network.bits === address.bits && network.first <= address.value && address.value <= network.last;
}

export function formatAddress({ bits, value }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  return Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(":");
}

function readShort(text: string): Address | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return { bits: 32, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function readLong(text: string): Address | undefined {
  const [head = "", tail, ...rest] = text.split("::");
  if (rest.length > 0) return undefined;
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => 0n), ...after];
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | group, 0n) };
}

function groupsOf(text: string): bigint[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? groups.map((group) => BigInt(`0x${group}`))
    : undefined;
}
