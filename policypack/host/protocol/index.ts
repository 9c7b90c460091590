export type { PackIdentity } from "./analyzer-info";
export { resourceOf } from "./decode";
export { readAnalyzeStackRequest } from "./requests";
export { analyzer } from "./service";
export { Session } from "./session";
