/** From the lowest up; a floor's door, its `index.ts`, is all that the floors above see of it. */
export const floors: Readonly<Record<string, string>> = {
  iam: "policypack/iam",
  model: "policypack/model",
  rules: "policypack/rules",
  host: "policypack/host",
  cli: "cli",
};

/** Doors beside those of the floors. What speaks the protocol stands apart: to load it costs more than all the rest. */
export const furtherDoors: readonly string[] = ["policypack/host/protocol/index"];
