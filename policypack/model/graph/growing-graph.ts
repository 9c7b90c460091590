import type { Policy } from "../../iam";
import { ReadResource } from "../declarations/read-resource";
import type { Resource } from "../resources/resource";
import type { Graph } from "../subjects/identity-graph";
import { Changes } from "./changes";
import { Join, passOf } from "./join";
import { compareUnits, type Unit } from "./place";
import { Tables, type Undo } from "./tables";

/** Users, groups, roles and permission sets of which a rule may say something else than before, each list in the order of the graph. */
export type Touched = Pick<Graph, "users" | "groups" | "roles" | "permissionSets">;

/**
 * Joins everything that a stack says about users, groups, roles and their policies, and goes along as resources come and go: one that comes
 * adds what it declares, and only what refers to that, or is referred to, is worked out again. Resources that say nothing about identity
 * cost a look into the table of types. What a template holds stands beside what the program makes itself.
 *
 * INVARIANT: the graph of the same resources is the same, in whatever order they came, and whatever came and went in between.
 */
export class GrowingGraph {
  private readonly changes = new Changes();
  private readonly tables = new Tables(this.changes);
  private readonly resources = new Map<string, Resource>();
  private readonly joined: Graph = this.tables.graph(this.resources);
  private readonly takenIn = new Map<ReadResource, readonly Undo[]>();
  private fresh: { readonly read: ReadResource; readonly shown: number }[] = [];
  private count = 0;

  show(read: ReadResource): void {
    const { resource } = read;
    this.resources.set(resource.urn, resource);
    this.count += 1;
    if (!read.declaresNothing) this.fresh.push({ read, shown: this.count });
  }

  withdraw(read: ReadResource): void {
    const { resource } = read;
    if (this.resources.get(resource.urn) === resource) this.resources.delete(resource.urn);
    this.fresh = this.fresh.filter((each) => each.read !== read);
    for (const undo of this.takenIn.get(read) ?? []) undo();
    this.takenIn.delete(read);
  }

  /** The graph of what is shown: always the same object, which goes along. Throws where a resource cannot even be read, as long as it is shown. */
  get graph(): Graph {
    this.workOff();
    return this.joined;
  }

  /** Who is touched by what was shown and withdrawn since this was last asked. Throws as `graph` does. */
  takeTouched(): Touched {
    this.workOff();
    const { users, groups, roles, permissionSets } = this.tables;
    const touched = this.changes.takeTouched();
    return {
      users: users.among(touched),
      groups: groups.among(touched),
      roles: roles.among(touched),
      permissionSets: permissionSets.among(touched),
    };
  }

  /** Binds all who are there by service control policies. */
  bind(scps: readonly (readonly Policy[])[]): void {
    this.tables.bind(scps);
  }

  /** How many declarations have been joined, and identities put together, so far. */
  get operations(): number {
    return this.changes.operations;
  }

  private workOff(): void {
    if (this.fresh.length > 0) this.takeInFresh();
    this.changes.workOff();
    this.tables.shareAccountPolicies(this.changes.allTouched);
  }

  private takeInFresh(): void {
    const units = this.fresh.flatMap(({ read, shown }) =>
      read.withMembers.map((held, member) => {
        const unit: Unit = { urn: held.resource.urn, shown, member };
        return { unit, read, held, declarations: held.declared.declarations };
      }),
    );
    // Reading may have thrown; then nothing is taken in.
    this.fresh = [];
    units.sort((one, other) => compareUnits(one.unit, other.unit));
    const joins: Join[] = [];
    for (const { unit, read, held, declarations } of units) {
      const undos: Undo[] = [];
      declarations.forEach((declaration, index) => {
        undos.push(...this.tables.takeIn(held, declaration, { pass: 0, unit, index, item: 0 }));
        const pass = passOf(declaration);
        if (pass === undefined) return;
        const join = new Join({ pass, unit, index, item: 0 }, held, declaration, this.tables, this.changes);
        joins.push(join);
        undos.unshift(() => join.end());
      });
      this.takenIn.set(read, [...undos, ...(this.takenIn.get(read) ?? [])]);
    }
    for (const join of joins.sort((one, other) => one.place.pass - other.place.pass)) this.changes.lookAgain(join);
  }
}

/**
 * The graph of resources that are all there.
 *
 * @param scps service control policies that bind every identity in it, a list for each level from the organization's root down
 */
export function buildGraph(
  resources: readonly (Resource | ReadResource)[],
  scps?: readonly (readonly Policy[])[],
): Graph {
  const growing = new GrowingGraph();
  for (const each of resources) growing.show(each instanceof ReadResource ? each : new ReadResource(each));
  const { graph } = growing;
  if (scps !== undefined) growing.bind(scps);
  return graph;
}
