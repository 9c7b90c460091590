import assert from "node:assert/strict";
import { ArgumentChecker } from "../../../stacks/components/shared/arguments";
import { checkedNetworks } from "../../../stacks/components/shared/networks";

function checked(...networks: readonly string[]): readonly string[] {
  return checkedNetworks(new ArgumentChecker("Test"), "sources", networks);
}

function refusal(network: string): string {
  try {
    checked(network);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${network} was taken`);
}

describe("stacks: networks that requests come from", () => {
  it("takes public ones of either family, a single address too", () =>
    assert.deepEqual(checked("203.0.113.0/24", "198.51.100.7/32", "2001:db8::/32"), [
      "203.0.113.0/24",
      "198.51.100.7/32",
      "2001:db8::/32",
    ]));
  it("takes the largest block and refuses one that is wider", () => {
    assert.deepEqual(checked("17.0.0.0/8"), ["17.0.0.0/8"]);
    assert.equal(
      refusal("0.0.0.0/1"),
      'Test: sources[0] is "0.0.0.0/1", which holds next to everybody. Name a network of /8 or smaller.',
    );
  });
  it("refuses every IPv6 address", () =>
    assert.equal(
      refusal("::/0"),
      'Test: sources[0] is "::/0", which holds next to everybody. Name a network of /16 or smaller.',
    ));
  it("refuses an address without the length of its network", () =>
    assert.match(refusal("203.0.113.7"), /^Test: sources\[0\] is "203\.0\.113\.7", which is not a network such as/));
  it("refuses a number that is no address's", () =>
    assert.equal(
      refusal("203.0.113.256/24"),
      'Test: sources[0] is "203.0.113.256/24", which is not a network such as 203.0.113.0/24.',
    ));
  it("refuses more bits than an address has", () =>
    assert.equal(
      refusal("203.0.113.0/33"),
      'Test: sources[0] is "203.0.113.0/33", which is not a network such as 203.0.113.0/24.',
    ));
  it("refuses a private network, which AWS never sees", () => {
    assert.match(refusal("10.1.0.0/16"), /^Test: sources\[0\] is "10\.1\.0\.0\/16", a private network, and no request/);
    assert.match(refusal("fd00::/16"), /^Test: sources\[0\] is "fd00::\/16", a private network/);
    assert.deepEqual(checked("172.15.0.0/16", "172.32.0.0/16"), ["172.15.0.0/16", "172.32.0.0/16"]);
    assert.match(refusal("172.16.0.0/16"), /a private network/);
  });
});
