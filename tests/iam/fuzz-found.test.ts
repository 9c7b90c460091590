import { replay, savedNames } from "./fuzz/found";

describe("cases on which the core and the reference once differed", () => {
  for (const name of savedNames()) it(name, () => replay(name));
});
