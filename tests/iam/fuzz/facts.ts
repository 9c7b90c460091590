/** What AWS's documentation says of the values that a request can have, written down apart from the core. */

const HOUR = 3_600_000;

/** When requests begin to be made in all cases; fixed, so that a case says the same on any day. */
export const now = new Date("2026-06-15T12:00:00Z");

export function hoursFromNow(hours: number): string {
  return `${new Date(now.getTime() + hours * HOUR).toISOString().slice(0, 19)}Z`;
}

/** "GetSessionToken" (AWS STS API Reference): 36 hours at most, and no other session lives longer. */
const LONGEST_SESSION = 36 * HOUR;

/**
 * Services that are called in one region of the partition `aws` only ("AWS global condition context keys", aws:RequestedRegion).
 * iam:PassRole is no call of its own: it is asked for in the region of the service that gets the role.
 */
const ONLY_REGION: Readonly<Record<string, string>> = {
  iam: "us-east-1",
  organizations: "us-east-1",
  account: "us-east-1",
  cloudfront: "us-east-1",
  route53: "us-east-1",
  support: "us-east-1",
  globalaccelerator: "us-west-2",
  devicefarm: "us-west-2",
};

/** Regions of the partition `aws` ("AWS service endpoints", AWS General Reference), in which an action can be called. */
export function regionsOf(action: string): readonly string[] {
  const [service = "", name = ""] = action.toLowerCase().split(":");
  const only = name === "passrole" ? undefined : ONLY_REGION[service];
  return only === undefined ? ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-south-1"] : [only];
}

/** Why no request for the action has the value for the key, which is in lower case; undefined when one can have it. */
export function valueFault(action: string, key: string, value: string): string | undefined {
  switch (key) {
    case "aws:requestedregion": {
      const only = ONLY_REGION[action.toLowerCase().split(":")[0] ?? ""];
      if (only !== undefined && action.toLowerCase() !== "iam:passrole")
        return value === only ? undefined : `${action} is called in ${only}`;
      const isRegion = /^[a-z]{2,}-[a-z]+-[0-9]+$/.test(value) && !/^(?:cn|eusc)-/.test(value);
      return isRegion ? undefined : `${value} is no region`;
    }
    case "aws:tokenissuetime": {
      const time = Date.parse(value);
      return time <= now.getTime() && time >= now.getTime() - LONGEST_SESSION
        ? undefined
        : "no session that lives began then";
    }
    case "aws:currenttime":
      return Date.parse(value) >= now.getTime() ? undefined : "requests are made from now on";
    case "aws:multifactorauthage":
      return /^[0-9]+$/.test(value) && Number(value) * 1000 < LONGEST_SESSION ? undefined : "no session is that old";
    default:
      return undefined;
  }
}
