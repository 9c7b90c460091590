import { endWithEngine, isStartedByEngine, usage } from "./host/engine/launch";

if (isStartedByEngine(process.argv.slice(2))) {
  endWithEngine(process.stdin);
  // Not an import at the top: those run before anything else in the file.
  require("./pack");
} else {
  console.error(usage);
  process.exitCode = 2;
}
