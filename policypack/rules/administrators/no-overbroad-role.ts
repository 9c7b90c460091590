import { nameForPeople, type Role } from "../../model";
import { isRestricted, levels, powerOf, provenPower, undecidedAbout } from "../analysis/admin-power";
import { unknownFrom } from "../authoring/example";
import {
  administratorAccess,
  everything,
  lambdaService,
  policy,
  reading,
  role,
  trust,
} from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";
import { provisoOf, qualifiersInWords, statementsInWords } from "../authoring/wording";

export const noOverbroadRole = defineRule({
  id: "no-overbroad-role",
  title: "Roles hold no more power than they need",
  severity: "medium",
  level: "advisory",
  rationale:
    "A role of administrator power is one stolen session away from the whole account. Some have to be: the one that administrators assume, the one that deploys. " +
    "They should be few and known.",
  remediation: "Grant what the workload needs; limit what must be wide by a permissions boundary.",
  controls: [
    { framework: "NIST 800-53", version: "5", id: "AC-6" },
    { framework: "AWS Config", version: "2024", id: "iam-policy-no-statements-with-admin-access" },
  ],
  options: {},
  on: "role",

  *check(role: Role, context): Iterable<Outcome> {
    const subject = nameForPeople(role);
    const power = powerOf(role, context);
    if (power.answer === "yes") {
      const grant = power.because;
      yield {
        kind: "finding",
        urn: role.urn,
        subject,
        ...(isRestricted(grant) ? { ceiling: "advisory" } : {}),
        what: `The ${subject} ${levels[grant.level]}${qualifiersInWords(grant)}, by ${statementsInWords(grant.statements)}${provisoOf(grant)}.`,
        ...provenPower(grant),
        fix: "Allow the actions that the workload needs, on the resources that it needs, or set a permissions boundary.",
        statements: grant.statements,
      };
    } else if (power.answer === "unknown") {
      yield undecidedAbout(role, subject, power.because);
    }
  },

  examples: {
    fail: [
      {
        title: "a function that may do everything",
        resources: [role("worker", trust(lambdaService), { managedPolicyArns: [administratorAccess] })],
      },
      {
        title: "everything, written inline",
        resources: [
          role("worker", trust(lambdaService), { inlinePolicies: [{ name: "all", policy: policy(everything) }] }),
        ],
      },
    ],
    pass: [
      {
        title: "a function that reads one bucket",
        resources: [
          role("worker", trust(lambdaService), { inlinePolicies: [{ name: "read", policy: policy(reading) }] }),
        ],
      },
      {
        title: "everything, within a boundary",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "limit",
            properties: { name: "limit", path: "/", policy: policy(reading) },
          },
          role("worker", trust(lambdaService), {
            managedPolicyArns: [administratorAccess],
            permissionsBoundary: unknownFrom("limit"),
          }),
        ],
      },
    ],
    undecided: [
      {
        title: "a policy that is not known yet",
        resources: [
          role("worker", trust(lambdaService)),
          {
            type: "aws:iam/rolePolicy:RolePolicy",
            name: "work",
            properties: { name: "work", role: "worker", policy: unknownFrom("bucket") },
          },
        ],
      },
    ],
  },
});
