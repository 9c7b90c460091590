import type { Budget } from "../answer/budget";
import { actionName, indexOf } from "../aws/actions";
import type { Forwarding, Freed, Scenario, Step } from "../requests/request";
import { anyResource } from "../requests/resource-domain";
import { exactly, never } from "../requests/scenario";
import { firstFound, Undecided } from "../solver/undecided";
import { findRequests } from "./find-request";
import type { Layers } from "./policy-layers";

/** A service that repeats what a caller asks of it to other services, with the caller's permissions. */
interface Forwarder {
  readonly name: string;
  /** The services that pass the request on, the first one called by the caller itself. */
  readonly chain: readonly [first: string, ...others: string[]];
  /** Calls that start it, with a content that the caller writes; any of the lists will do. */
  readonly started: readonly (readonly string[])[];
  /** A key of those calls that names a role, with whose permissions the service works instead. */
  readonly roleKey?: string;
  /** Prefixes of the services that it calls so; undefined for all. */
  readonly calls?: ReadonlySet<string>;
}

/**
 * The services that aws:CalledVia names ("AWS global condition context keys", aws:CalledVia; "Forward access sessions", IAM User
 * Guide). StackSets work with roles of their own.
 */
const forwarders: readonly Forwarder[] = [
  {
    name: "a stack of CloudFormation",
    chain: ["cloudformation.amazonaws.com"],
    started: [
      ["cloudformation:CreateStack"],
      ["cloudformation:UpdateStack"],
      ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
    ],
    roleKey: "cloudformation:rolearn",
  },
  {
    name: "a query of Athena",
    chain: ["athena.amazonaws.com"],
    started: [["athena:StartQueryExecution"]],
    calls: new Set(["s3", "glue", "lambda", "kms", "lakeformation"]),
  },
  {
    name: "a table of DynamoDB",
    chain: ["dynamodb.amazonaws.com"],
    started: [["dynamodb:PutItem"], ["dynamodb:GetItem"], ["dynamodb:CreateTable"]],
    calls: new Set(["kms"]),
  },
  {
    name: "a table of DynamoDB in a stack of CloudFormation",
    chain: ["cloudformation.amazonaws.com", "dynamodb.amazonaws.com"],
    started: [["cloudformation:CreateStack"], ["cloudformation:UpdateStack"]],
    roleKey: "cloudformation:rolearn",
    calls: new Set(["kms"]),
  },
];

/** Keys by which policies tell a caller's own calls from those that a service makes for it. */
export const forwardingKeys = ["aws:viaawsservice", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast"];

const mfaKeys = ["aws:multifactorauthpresent", "aws:multifactorauthage"];

/** The calls that services make for the caller of a scenario. */
export function forwardedFrom(caller: Scenario, keys: ReadonlySet<string>): readonly Scenario[] {
  return forwarders.map((forwarder) => {
    const settled = new Map([
      ...caller.settled,
      ["aws:viaawsservice", exactly("true")] as const,
      ["aws:calledvia", { absent: false, values: [forwarder.chain], multivalued: true }] as const,
      ["aws:calledviafirst", exactly(forwarder.chain[0])] as const,
      ["aws:calledvialast", exactly(forwarder.chain.at(-1) ?? forwarder.chain[0])] as const,
    ]);
    const label = `${caller.label}, through ${forwarder.name}`;
    const same = { ...caller, label, settled };
    const without = { ...same, settled: new Map([...settled, ...mfaKeys.map((key) => [key, never] as const)]) };
    const isMfaAsked = mfaKeys.some((key) => keys.has(key) && caller.settled.get(key) !== never);
    const forwarding: Forwarding = {
      includes: (action) => forwarder.calls?.has(actionName(action).split(":")[0] ?? "") ?? true,
      variants: [],
      caller,
      startedBy: startsOf(forwarder, caller),
      started: new Map(),
    };
    const variants = (isMfaAsked ? [same, without] : [same]).map((each) => ({ ...each, forwarding }));
    return { ...same, forwarding: { ...forwarding, variants } };
  });
}

function startsOf({ started, roleKey }: Forwarder, caller: Scenario): readonly (readonly Step[])[] {
  const stepOf = (name: string): Step[] => {
    const action = indexOf(name);
    if (action === undefined) return [];
    const pins = roleKey === undefined ? {} : { pins: new Map([[roleKey, never]]) };
    return [{ action, resource: anyResource(action, caller, "own"), ...pins }];
  };
  return started.map((names) => names.flatMap(stepOf));
}

function canStart(
  { caller, startedBy, started }: Forwarding,
  { layers, freed, budget }: { readonly layers: Layers; readonly freed: Freed; readonly budget: Budget },
): boolean {
  const known =
    started.get(freed) ??
    firstFound(startedBy, (steps) => findRequests(layers, steps, caller, freed, budget)) !== undefined;
  started.set(freed, known);
  return known;
}

/** What `search` finds among the calls that a service makes for the caller, if it can be started. */
export function searchForwarded<T>(
  forwarding: Forwarding,
  given: { readonly layers: Layers; readonly freed: Freed; readonly budget: Budget },
  search: (scenario: Scenario) => T | undefined,
): T | undefined {
  if (!canStart(forwarding, given)) return undefined;
  const found = forwarding.variants.map(search);
  const [first] = found.filter((each) => each !== undefined);
  if (first === undefined) return undefined;
  if (found.includes(undefined))
    throw new Undecided("AWS does not say whether calls that a service makes for its caller carry the caller's MFA");
  return first;
}
