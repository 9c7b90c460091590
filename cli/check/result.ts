import { stackUrn } from "../../policypack/model";
import { type Finding, inReadingOrder } from "../pack/finding";
import { withExceptions } from "../policies/exceptions";
import { stoppedAt } from "../policies/stopping";
import type { Observations } from "../pulumi/observations";
import { type ProjectPosition, positionIn } from "../pulumi/source-position";
import type { Resource, StackIdentity } from "../pulumi/stack";
import { blocks, type CheckResult, type PlacedFinding } from "../report/check-result";
import type { Policies } from "./policies";

/** Where the project of a stack is. */
export interface Place {
  /** The folder of its file, absolute. */
  readonly folder: string;
  /** The name of its file there. */
  readonly projectFile: string;
}

/** Everything that a result is made of. */
export interface Judged {
  readonly place: Place;
  readonly identity: StackIdentity;
  readonly policies: Policies;
  readonly resources: readonly Resource[];
  /** By the policy pack, in the order of its answers. */
  readonly found: readonly Finding[];
  readonly observations: Observations;
}

/** What a run found, in reading order, with its exceptions and places, and with every secret masked. */
export function resultOf({ place, identity, policies, resources, found, observations }: Judged): CheckResult {
  const { exceptions, stopping } = policies;
  const stack = {
    urns: new Set(resources.map(({ urn }) => urn)),
    stackUrn: stackUrn(identity.stack, identity.project),
    stoppedAt: (rule: string, urn: string) => (stopping.includes(rule) ? stoppedAt(urn, resources) : []),
  };
  const positions = positionsOf(resources, place.folder);
  const findings = inReadingOrder(found.map((finding) => withExceptions(finding, exceptions, stack))).map(
    (finding): PlacedFinding => {
      const source = positions.get(finding.resource);
      return masked({ ...finding, ...(source === undefined ? {} : { source }) }, observations);
    },
  );
  return {
    outcome: findings.some((finding) => blocks(finding)) ? "blocked" : "passed",
    findings: distinct(findings),
    assumptions: observations.assumptions.map((text) => observations.masked(text)),
    notSeen: observations.notSeen.map((text) => observations.masked(text)),
    project: identity.project,
    stack: identity.stack,
    resources: resources.length,
    ...place,
  };
}

/** Of several findings with one fingerprint, which their rule cannot tell apart, the later ones get a number. */
function distinct(findings: readonly PlacedFinding[]): readonly PlacedFinding[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const count = (counts.get(finding.fingerprint) ?? 0) + 1;
    counts.set(finding.fingerprint, count);
    return count === 1 ? finding : { ...finding, fingerprint: `${finding.fingerprint}-${count}` };
  });
}

/** Where the program makes each resource; one that says nothing, as a library's, is where its component is. */
function positionsOf(resources: readonly Resource[], root: string): ReadonlyMap<string, ProjectPosition> {
  const positions = new Map<string, ProjectPosition>();
  for (const { urn, parent, frames = [] } of resources) {
    const position = positionIn(root, frames) ?? positions.get(parent);
    if (position !== undefined) positions.set(urn, position);
  }
  return positions;
}

function masked<T extends Finding>(finding: T, observations: Observations): T {
  return maskedTexts(finding, (text) => observations.masked(text)) as T;
}

/** The same value with every text in it changed, keys aside. */
function maskedTexts(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskedTexts(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, maskedTexts(inside, mask)]));
}
