import { Budget } from "../../answer/budget";
import { distinct, type StatementRef, type Witness } from "../../answer/grant";
import type { Bitset } from "../../aws/bitset";
import type { FoundRequests } from "../../evaluation/find-request";
import { type Layers, plainAllows, plainlyAllowed } from "../../evaluation/policy-layers";
import type { Scenario } from "../../requests/request";
import { anyResource } from "../../requests/resource-domain";
import { defaultValue } from "../../solver/domain";
import type { KnownPath, PathCall } from "./calls";
import type { Targets } from "./targets";

interface AllowedCall {
  readonly witness: Witness;
  readonly statements: readonly StatementRef[];
}

/**
 * Paths whose every call the policies allow whatever it is about. Searched for, they would cost most: to an administrator
 * nearly the whole catalogue is open.
 */
export class UnconditionalPaths {
  /** Finding some resource of a call of the catalogue costs the same whatever the policies, so nothing is counted. */
  private readonly budget = new Budget(Number.POSITIVE_INFINITY);
  private readonly actions: Bitset;
  private readonly allowed = new Map<string, AllowedCall | undefined>();

  constructor(
    private readonly layers: Layers,
    private readonly scenario: Scenario,
    private readonly targets: Targets,
  ) {
    this.actions = plainlyAllowed(layers);
  }

  /** A request for every call; undefined when something is asked of one of them, and so nothing decided yet. */
  find({ calls }: KnownPath): FoundRequests | undefined {
    // Where some statement mentions a condition key, a witness needs values for it: that takes a search.
    if (this.layers.keys.size > 0) return undefined;
    const allowed: AllowedCall[] = [];
    for (const call of calls) {
      const known = this.allowedCall(call);
      if (known === undefined) return undefined;
      allowed.push(known);
    }
    return {
      witnesses: allowed.map(({ witness }) => witness),
      statements: distinct(allowed.flatMap(({ statements }) => statements)),
    };
  }

  private allowedCall(call: PathCall): AllowedCall | undefined {
    if (!this.allowed.has(call.key)) this.allowed.set(call.key, this.newCall(call));
    return this.allowed.get(call.key);
  }

  private newCall({ name, action, type }: PathCall): AllowedCall | undefined {
    if (!this.actions.has(action)) return undefined;
    const domain = type === undefined ? anyResource(action, this.scenario) : this.targets.of[type](action, name);
    const resource = defaultValue(domain, this.budget);
    if (resource === "absent" || resource[0] === undefined) return undefined;
    return {
      witness: { scenario: this.scenario.label, action: name, resource: resource[0], context: {} },
      statements: plainAllows(this.layers, action).map(({ origin, rule }) => ({ origin, path: rule.statement.path })),
    };
  }
}
