import type { WireMap } from "../../rpc";
import type { Connection } from "./connection";

/**
 * How AWS makes, shows, changes and removes one kind of resource. Inputs have been checked. Errors are those of the AWS SDK;
 * that something is not there any more is no error of `delete`.
 */
export interface Kind {
  /** Makes it and returns the id that the resource's documentation page shows under "Import". */
  create(inputs: WireMap, aws: Connection): Promise<string>;

  /**
   * What AWS holds now, by the names of the resource's properties, null for what it holds nothing of; undefined where the
   * whole resource is gone. `state` is what was known of it.
   */
  read(id: string, aws: Connection, state: WireMap): Promise<WireMap | undefined>;

  /** Makes it like `inputs`. Left out where every change makes a new resource. */
  update?(id: string, inputs: WireMap, aws: Connection, olds: WireMap): Promise<void>;

  /**
   * The id after an update, where that may change it. What is shown then comes from there, but the engine goes on with the old
   * id ("Pulumi doesn't respect provider generated resource id when updating", pulumi/pulumi#3729).
   */
  idAfterUpdate?(inputs: WireMap): string;

  delete(id: string, aws: Connection, state: WireMap): Promise<void>;
}

export type Kinds = Readonly<Record<string, Kind>>;
