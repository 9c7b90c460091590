import { BlockList, isIP } from "node:net";
import type { ArgumentChecker } from "./arguments";

/** Wider than this is no network of one organization's: the largest block that a registry has given to one. */
const WIDEST_IPV4 = 8;
const WIDEST_IPV6 = 16;

/** Addresses that no request reaches AWS from: "Special-Purpose Address Registries" (RFC 6890). */
const unroutable = new BlockList();
unroutable.addSubnet("10.0.0.0", 8);
unroutable.addSubnet("100.64.0.0", 10);
unroutable.addSubnet("127.0.0.0", 8);
unroutable.addSubnet("169.254.0.0", 16);
unroutable.addSubnet("172.16.0.0", 12);
unroutable.addSubnet("192.168.0.0", 16);
unroutable.addSubnet("fc00::", 7, "ipv6");
unroutable.addSubnet("fe80::", 10, "ipv6");

/**
 * A list of public networks in CIDR notation, as `aws:SourceIp` is compared with. Throws {@link InvalidArgument} for one that
 * is none, for a private one, and for one so wide that it would hold nobody back.
 */
export function checkedNetworks(check: ArgumentChecker, argument: string, value: unknown): readonly string[] {
  const networks = check.list(argument, value, /^[0-9a-fA-F.:]+\/[0-9]{1,3}$/, "a network such as 203.0.113.0/24");
  networks.forEach((network, index) => {
    refuseUnlessPublic(check, `${argument}[${index}]`, network);
  });
  return networks;
}

function refuseUnlessPublic(check: ArgumentChecker, argument: string, network: string): void {
  const [address = "", bits = ""] = network.split("/");
  const prefix = Number(bits);
  const [family, widest, longest] =
    isIP(address) === 6 ? (["ipv6", WIDEST_IPV6, 128] as const) : (["ipv4", WIDEST_IPV4, 32] as const);
  if (isIP(address) === 0 || prefix > longest) {
    check.refuse(argument, `is "${network}", which is not a network such as 203.0.113.0/24.`);
  }
  if (prefix < widest) {
    check.refuse(argument, `is "${network}", which holds next to everybody. Name a network of /${widest} or smaller.`);
  }
  if (unroutable.check(address, family)) {
    check.refuse(
      argument,
      `is "${network}", a private network, and no request reaches AWS from one. Name the public addresses that the ` +
        "calls come from, or the VPC whose endpoints they use.",
    );
  }
}
