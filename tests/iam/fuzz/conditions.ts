import fc from "fast-check";
import { hoursFromNow } from "./facts";

/** A condition operator with one key and its values, as it stands in a Condition element. */
export type ConditionAtom = readonly [operator: string, key: string, values: Json];
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

const TAG_VALUES = [
  "a",
  "b",
  "ab",
  "A",
  "a*",
  "*b",
  "?",
  "a?b",
  "*",
  "x",
  "",
  `\${*}`,
  `\${aws:username}`,
  `\${aws:PrincipalTag/team}`,
  `\${aws:PrincipalTag/dept, 'ab'}`,
  `a\${aws:PrincipalTag/dept}`,
];
const NAMES = ["alice", "al*", "?lice", "ALICE", "bob", "*", `\${aws:username}`];
const ARNS = [
  "arn:aws:iam::111122223333:user/alice",
  "arn:aws:iam::111122223333:user/*",
  "arn:aws:iam::*:user/al?ce",
  "arn:aws:iam::444455556666:user/alice",
  "arn:*:iam::*:role/*",
  "arn:aws:iam::*:root",
  `arn:aws:iam::*:user/\${aws:username}`,
];
const POLICY_ARNS = [
  "arn:aws:iam::aws:policy/AdministratorAccess",
  "arn:aws:iam::aws:policy/*",
  "arn:aws:iam::aws:policy/ReadOnlyAccess",
  "arn:aws:iam::*:policy/team-*",
];

const STRING_KEYS: Readonly<Record<string, readonly string[]>> = {
  "aws:PrincipalTag/team": TAG_VALUES,
  "AWS:principaltag/Dept": TAG_VALUES,
  "aws:RequestTag/team": TAG_VALUES,
  "aws:ResourceTag/team": TAG_VALUES,
  "iam:ResourceTag/team": TAG_VALUES,
  "aws:RequestedRegion": ["us-east-1", "us-*", "eu-west-1", "*-1"],
  "aws:username": NAMES,
  "aws:SourceVpce": ["vpce-1", "vpce-*", "vpce-2"],
  "iam:PassedToService": ["lambda.amazonaws.com", "ec2.amazonaws.com", "*.amazonaws.com", "ec2*"],
  "aws:PrincipalArn": ARNS,
};
const SET_KEYS: Readonly<Record<string, readonly string[]>> = {
  "aws:TagKeys": ["a", "b", "a*", "*b", "team", "?"],
  "aws:PrincipalOrgPaths": ["o-1/r-1/", "o-1/*", "o-2/r-1/", "*"],
};
const ARN_KEYS: Readonly<Record<string, readonly string[]>> = {
  "aws:PrincipalArn": ARNS,
  "iam:PolicyARN": POLICY_ARNS,
};
const NUMBER_KEYS: Readonly<Record<string, readonly Json[]>> = {
  "aws:MultiFactorAuthAge": ["3600", 3600, "0", "300", 86400, 129600],
  "s3:max-keys": ["10", 10, "5", "100"],
};
const BOOL_KEYS = ["aws:MultiFactorAuthPresent", "aws:SecureTransport", "aws:ViaAWSService"];
const DATE_KEYS: Readonly<Record<string, readonly Json[]>> = {
  "aws:CurrentTime": ["2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", "2030-01-01T00:00:00Z"],
  "aws:TokenIssueTime": [
    "2026-01-01T00:00:00Z",
    hoursFromNow(-1),
    hoursFromNow(-24),
    hoursFromNow(-48),
    hoursFromNow(24),
  ],
};
const IP_KEYS: Readonly<Record<string, readonly Json[]>> = {
  "aws:SourceIp": ["203.0.113.0/24", "203.0.113.7/32", "203.0.113.7", "198.51.100.0/25", "0.0.0.0/0", "2001:db8::/32"],
};

const STRING_OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
];
const ARN_OPERATORS = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"];
const ORDERS = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
const NUMBER_OPERATORS = ORDERS.map((order) => `Numeric${order}`);
const DATE_OPERATORS = ORDERS.map((order) => `Date${order}`);

function compiledCondition(
  operators: readonly string[],
  keys: Readonly<Record<string, readonly Json[]>>,
): fc.Arbitrary<ConditionAtom> {
  return fc
    .constantFrom(...Object.entries(keys))
    .chain(([key, values]) =>
      fc.tuple(
        fc.constantFrom(...operators),
        fc.constant(key),
        fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(...values) },
          { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }) },
        ),
      ),
    );
}

function withSuffix(arbitrary: fc.Arbitrary<ConditionAtom>): fc.Arbitrary<ConditionAtom> {
  const suffix = fc.constantFrom("", "", "", "IfExists", "ifexists");
  // What IfExists adds to a set operator is not documented.
  return fc
    .tuple(arbitrary, suffix)
    .map(([[operator, key, values], end]) => [operator.includes(":") ? operator : operator + end, key, values]);
}

function withPrefix(arbitrary: fc.Arbitrary<ConditionAtom>): fc.Arbitrary<ConditionAtom> {
  const prefix = fc.constantFrom("ForAllValues:", "ForAnyValue:", "forallvalues:");
  return fc.tuple(prefix, arbitrary).map(([start, [operator, key, values]]) => [start + operator, key, values]);
}

const everyKey = [
  ...Object.keys({ ...STRING_KEYS, ...SET_KEYS, ...ARN_KEYS, ...NUMBER_KEYS, ...DATE_KEYS, ...IP_KEYS }),
  ...BOOL_KEYS,
];

const single = withSuffix(
  fc.oneof(
    { weight: 6, arbitrary: compiledCondition(STRING_OPERATORS, STRING_KEYS) },
    { weight: 2, arbitrary: compiledCondition(ARN_OPERATORS, ARN_KEYS) },
    { weight: 1, arbitrary: compiledCondition(NUMBER_OPERATORS, NUMBER_KEYS) },
    {
      weight: 3,
      arbitrary: compiledCondition(
        ["Bool"],
        Object.fromEntries(BOOL_KEYS.map((key) => [key, ["true", "false", true, false]])),
      ),
    },
    { weight: 1, arbitrary: compiledCondition(DATE_OPERATORS, DATE_KEYS) },
    { weight: 1, arbitrary: compiledCondition(["IpAddress", "NotIpAddress"], IP_KEYS) },
  ),
);

const sets = withPrefix(
  fc.oneof(
    { weight: 3, arbitrary: compiledCondition(STRING_OPERATORS, SET_KEYS) },
    { weight: 1, arbitrary: compiledCondition(STRING_OPERATORS, { "aws:PrincipalTag/team": TAG_VALUES }) },
    { weight: 1, arbitrary: compiledCondition(["Bool"], { "aws:MultiFactorAuthPresent": ["true", "false"] }) },
  ),
);

const presence: fc.Arbitrary<ConditionAtom> = fc.tuple(
  fc.constantFrom("Null", "null"),
  fc.constantFrom(...everyKey),
  fc.constantFrom<Json>("true", "false", true, false),
);

/** Conditions on one key that only several values can fulfil together, or that none can. */
const together: fc.Arbitrary<readonly ConditionAtom[]> = fc
  .constantFrom(...Object.entries(SET_KEYS))
  .chain(([key, values]) => {
    const expected = fc.constantFrom(...values);
    return fc
      .tuple(fc.constantFrom(...STRING_OPERATORS), expected, fc.constantFrom(...STRING_OPERATORS), expected, expected)
      .map(([every, allowed, some, wanted, other]) => [
        [`ForAllValues:${every}`, key, [allowed, other]] as const,
        [`ForAnyValue:${some}`, key, wanted] as const,
      ]);
  });

const several = fc.array(
  fc.oneof({ weight: 7, arbitrary: single }, { weight: 2, arbitrary: sets }, { weight: 2, arbitrary: presence }),
  { minLength: 1, maxLength: 3 },
);

/** Conditions that are all on one key, so that they meet each other. */
export const conditionsOnOneKey: fc.Arbitrary<fc.Arbitrary<Json>> = fc
  .constantFrom(
    compiledCondition(STRING_OPERATORS, { "aws:PrincipalTag/team": TAG_VALUES }),
    compiledCondition([...STRING_OPERATORS, ...ARN_OPERATORS], { "aws:PrincipalArn": ARNS }),
    compiledCondition(ARN_OPERATORS, { "iam:PolicyARN": POLICY_ARNS }),
    compiledCondition(NUMBER_OPERATORS, { "s3:max-keys": NUMBER_KEYS["s3:max-keys"] ?? [] }),
    compiledCondition(DATE_OPERATORS, { "aws:CurrentTime": DATE_KEYS["aws:CurrentTime"] ?? [] }),
    compiledCondition(["IpAddress", "NotIpAddress"], IP_KEYS),
    withPrefix(
      compiledCondition(STRING_OPERATORS, { "aws:PrincipalOrgPaths": ["o-1/r-1/", "o-1/*", "o-2/?*", "*r-1/"] }),
    ),
    withPrefix(compiledCondition(STRING_OPERATORS, { "aws:TagKeys": ["a", "b", "a*", "?"] })),
  )
  .map((compiledConditions) =>
    fc
      .array(
        fc.oneof(
          { weight: 6, arbitrary: withSuffix(compiledConditions) },
          { weight: 1, arbitrary: presenceLike(compiledConditions) },
        ),
        {
          minLength: 1,
          maxLength: 2,
        },
      )
      .map(merge),
  );

function presenceLike(compiledConditions: fc.Arbitrary<ConditionAtom>): fc.Arbitrary<ConditionAtom> {
  return fc.tuple(compiledConditions, fc.boolean()).map(([[, key], absent]) => ["Null", key, absent]);
}

/** A Condition element; often none, seldom empty, mostly of one or two operators. */
export const condition: fc.Arbitrary<Json | undefined> = fc.oneof(
  { weight: 10, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom<Json>({}, { StringEquals: {} }) },
  { weight: 11, arbitrary: several.map(merge) },
  { weight: 1, arbitrary: together.map(merge) },
);

/** Two compiledConditions with the same operator stand in one object; of two with the same key the later one stays. */
function merge(compiledConditions: readonly ConditionAtom[]): Json {
  const element: Record<string, Record<string, Json>> = {};
  for (const [operator, key, values] of compiledConditions) element[operator] = { ...element[operator], [key]: values };
  return element;
}
