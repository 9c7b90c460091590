export type { PackIdentity } from "./analyzer-info";
export { resourceInStack } from "./decode";
export { deepSafeAnalyzer } from "./deep-messages";
export { Session } from "./session";
