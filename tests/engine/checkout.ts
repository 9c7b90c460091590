import { join } from "node:path";

/** The root of the repository under test. */
export const CHECKOUT = join(__dirname, "..", "..");

/** The folder that `--policy-pack` takes. */
export const PACK = join(CHECKOUT, "policypack");
