import { deepEqual, equal, throws } from "node:assert/strict";
import { Bitset } from "../../../policypack/iam/aws/bitset";

const low = Bitset.of(70, [0, 31, 32]);
const high = Bitset.of(70, [32, 63, 69]);

describe("a bitset", () => {
  it("lists its members in ascending order", () => deepEqual([...Bitset.of(70, [69, 0, 32, 31])], [0, 31, 32, 69]));
  it("has its members", () => equal(low.has(31), true));
  it("has no others", () => equal(low.has(30), false));
  it("has nothing outside its size", () => equal(Bitset.full(70).has(70), false));

  it("and", () => deepEqual([...low.and(high)], [32]));
  it("or", () => deepEqual([...low.or(high)], [0, 31, 32, 63, 69]));
  it("unites many, in whichever words they are", () =>
    deepEqual([...Bitset.union(70, [low, Bitset.empty(70), high, Bitset.of(70, [1])])], [0, 1, 31, 32, 63, 69]));
  it("unites none to the empty set", () => deepEqual([...Bitset.union(70, [])], []));
  it("and not", () => deepEqual([...low.andNot(high)], [0, 31]));
  it("not", () => deepEqual([...Bitset.full(70).andNot(low).not()], [0, 31, 32]));
  it("leaves its operands alone", () =>
    deepEqual(
      [[...low], [...high]],
      [
        [0, 31, 32],
        [32, 63, 69],
      ],
    ));

  it("is empty", () => equal(Bitset.empty(70).isEmpty(), true));
  it("is not empty", () => equal(Bitset.of(70, [69]).isEmpty(), false));
  it("is full when its size is no multiple of a word", () => equal(Bitset.full(70).isFull(), true));
  it("is full when its size is a multiple of a word", () => equal(Bitset.full(64).isFull(), true));
  it("is not full with one missing", () =>
    equal(
      Bitset.full(70)
        .andNot(Bitset.of(70, [69]))
        .isFull(),
      false,
    ));

  it("shares a member", () => equal(low.intersects(high), true));
  it("shares none", () => equal(low.intersects(Bitset.of(70, [1, 63])), false));
  it("is a subset", () => equal(Bitset.of(70, [32]).isSubsetOf(low), true));
  it("is no subset", () => equal(low.isSubsetOf(high), false));
  it("equals", () => equal(low.equals(Bitset.of(70, [32, 31, 0])), true));
  it("differs", () => equal(low.equals(high), false));

  it("counts", () => equal(low.count(), 3));
  it("has a first member", () => equal(high.first(), 32));
  it("has none when empty", () => equal(Bitset.empty(70).first(), undefined));
  it("has a member that satisfies", () =>
    equal(
      high.some((member) => member > 63),
      true,
    ));
  it("has none that satisfies", () =>
    equal(
      low.some((member) => member > 63),
      false,
    ));

  it("refuses a member outside its size", () => throws(() => Bitset.of(70, [70]), /70 is not in \[0, 70\)/));
  it("refuses another universe", () => {
    throws(() => low.and(Bitset.of(71, [])), /70 and 71/);
    throws(() => Bitset.union(70, [low, Bitset.of(71, [])]), /70 and 71/);
  });
});
