import { deepEqual, equal } from "node:assert/strict";
import { contains, formatAddress, readAddress, readNetwork } from "../../../policypack/iam/solver/address";

function read(text: string): string | undefined {
  const address = readAddress(text);
  return address && `${address.bits} ${address.value.toString(16)}`;
}

function range(text: string): string | undefined {
  const network = readNetwork(text);
  return network && `${network.bits} ${network.first.toString(16)}-${network.last.toString(16)}`;
}

describe("addresses", () => {
  it("of version 4 have four numbers up to 255", () => {
    equal(read("0.0.0.0"), "32 0");
    equal(read("1.2.3.4"), "32 1020304");
    equal(read("255.255.255.255"), "32 ffffffff");
    equal(read("256.0.0.0"), undefined);
    equal(read("1.2.3"), undefined);
    equal(read("1.2.3.4.5"), undefined);
    equal(read("1.2.3.x4"), undefined);
    equal(read("1.2.3.4x"), undefined);
    equal(read("1.2.3."), undefined);
    equal(read("0001.2.3.4"), undefined);
    equal(read(""), undefined);
  });

  it("of version 6 have eight groups, or fewer around ::", () => {
    equal(read("1:2:3:4:5:6:7:8"), "128 10002000300040005000600070008");
    equal(read("::"), "128 0");
    equal(read("::1"), "128 1");
    equal(read("1::"), "128 10000000000000000000000000000");
    equal(read("1::8"), "128 10000000000000000000000000008");
    equal(read("1:2:3:4:5:6:7::"), "128 10002000300040005000600070000");
    equal(read("2001:DB8::ff"), "128 20010db80000000000000000000000ff");
    equal(read("1:2:3:4:5:6:7"), undefined);
    equal(read("1:2:3:4:5:6:7:8:9"), undefined);
    equal(read("1:2:3:4::5:6:7:8"), undefined);
    equal(read("1::2::3"), undefined);
    equal(read("1::g"), undefined);
    equal(read("g::1"), undefined);
    equal(read("12345::"), undefined);
    equal(read("::x1"), undefined);
    equal(read("::1x"), undefined);
    equal(read("1::2:"), undefined);
  });

  it("are written as they are read", () => {
    equal(formatAddress({ bits: 32, value: 0x01fe03ffn }), "1.254.3.255");
    equal(formatAddress({ bits: 128, value: 0x20010db80000000000000000000000ffn }), "2001:db8:0:0:0:0:0:ff");
  });
});

describe("networks", () => {
  it("are an address with the length of its prefix", () => {
    equal(range("10.1.2.3/8"), "32 a000000-affffff");
    equal(range("10.1.2.3/32"), "32 a010203-a010203");
    equal(range("10.1.2.3"), "32 a010203-a010203");
    equal(range("10.1.2.3/0"), "32 0-ffffffff");
    equal(range("2001:db8::1/127"), "128 20010db8000000000000000000000000-20010db8000000000000000000000001");
  });

  it("are none with a prefix that is too long or no number", () => {
    equal(range("10.1.2.3/33"), undefined);
    equal(range("2001:db8::/129"), undefined);
    equal(range("10.1.2.3/"), undefined);
    equal(range("10.1.2.3/x8"), undefined);
    equal(range("10.1.2.3/8x"), undefined);
    equal(range("10.1.2.3/0008"), undefined);
    equal(range("10.1.2.3/8/9"), undefined);
    equal(range("nowhere/8"), undefined);
    equal(range("/8"), undefined);
  });

  it("contain their first and last address, and none of the other version", () => {
    const network = readNetwork("10.0.0.0/30");
    const inside = (text: string) => {
      const address = readAddress(text);
      return network !== undefined && address !== undefined && contains(network, address);
    };
    deepEqual(["9.255.255.255", "10.0.0.0", "10.0.0.3", "10.0.0.4", "::a00:1"].map(inside), [
      false,
      true,
      true,
      false,
      false,
    ]);
  });
});
