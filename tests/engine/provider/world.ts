import type { WireMap } from "../rpc";
import type { Created } from "./outputs";

/** Where the resources of a provider come to exist: nowhere, or at an AWS emulator. */
export interface World {
  create(resource: Created): Promise<{ id: string; outputs: WireMap }>;
  update(id: string, resource: Created, olds: WireMap): Promise<WireMap>;
  delete(id: string, resource: Created): Promise<void>;

  /**
   * What is there; undefined where nothing is. `outputs` are those known so far; there are none for something that was not made
   * by a program but is imported or looked up.
   */
  read(
    id: string,
    resource: Created,
    outputs: WireMap | undefined,
  ): Promise<{ inputs: WireMap; outputs: WireMap } | undefined>;

  /** Answers a function of the SDK, or undefined for one that is not known here. */
  invoke(token: string, args: WireMap): Promise<WireMap | undefined>;
}
