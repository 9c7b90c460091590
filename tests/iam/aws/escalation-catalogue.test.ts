import { deepEqual, ok } from "node:assert/strict";
import { knownEscalationPaths } from "../../../policypack/iam/aws/escalation-catalogue";
import { readJson, repositoryRoot } from "../../../tools/generate/packages";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly tier: string;
  readonly requires: string;
  readonly corroborated: number;
  readonly note?: string;
}

const { paths } = readJson<{ readonly paths: readonly Row[] }>(
  repositoryRoot,
  "tools",
  "data",
  "escalation-paths.json",
);

describe("the escalation catalogue", () => {
  it("has one name for people for each path", () => {
    deepEqual(
      paths.filter(
        ({ name }) => !/^(?:an? |a|the |code |commands |credentials |new |other |another |sign-in )/.test(name),
      ),
      [],
    );
    deepEqual(new Set(paths.map(({ name }) => name)).size, paths.length);
  });

  it("has the best known first", () => {
    const counts = paths.map(({ corroborated }) => corroborated);
    deepEqual(
      counts,
      [...counts].sort((a, b) => b - a),
    );
    ok(knownEscalationPaths().every(({ id }, i) => id === paths[i]?.id));
  });

  it("says why a path does not hold up, and by which page of AWS's documentation", () =>
    deepEqual(
      paths.filter(({ tier, note }) => tier === "warn" && !/\(.+\)|documentation/.test(note ?? "")),
      [],
    ));
});
