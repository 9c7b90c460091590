export { resourceInStack } from "./decode";
