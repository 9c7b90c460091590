import { replay, savedNames } from "./fuzz/found";

describe("saved cases that tell a wrong core from a right one", () => {
  for (const name of savedNames()) it(name, () => replay(name));
});
