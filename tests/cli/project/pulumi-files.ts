/** A project and a stack file, and what `pulumi config --json` says of them. */
export interface FileCase {
  readonly what: string;
  /** The content of the stack's file. */
  readonly stack?: string;
  /** The content of the project's file, where it is more than a name and a runtime. */
  readonly project?: string;
  /** How both files end, where it is not with `.yaml`. */
  readonly extension?: ".yml" | ".json";
  /** Each value as text, or `secret`; undefined where Pulumi refuses the files. */
  readonly pulumi?: Readonly<Record<string, string>>;
  /** Where the files are refused here: what the error says. What Pulumi refuses must be refused here too. */
  readonly refused?: RegExp;
}

export const PROJECT = "name: shop\nruntime: nodejs\n";
const JSON_PROJECT = '{ "name": "shop", "runtime": "nodejs" }';

// Put together here, so that no scanner takes the text of this file for a leak.
export const KEY = ["AKIA", "QWERTYUIOPASDF23"].join("");
const KEY_IN_BASE64 = Buffer.from(KEY).toString("base64");
const NAME_IN_BASE64 = "YXdzOmFjY2Vzc0tleQ==";

/** An access key in the stack's configuration, in every way in which Pulumi finds it there. */
export const KEYS: readonly FileCase[] = [
  {
    what: "an alias",
    stack: `key: &k ${KEY}\nconfig:\n  aws:accessKey: *k\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "an alias to the whole configuration",
    stack: `base: &c { aws:accessKey: ${KEY} }\nconfig: *c\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a merge key",
    stack: `base: &b\n  aws:accessKey: ${KEY}\nconfig:\n  <<: *b\n  shop:a: x\n`,
    pulumi: { "aws:accessKey": KEY, "shop:a": "x" },
  },
  {
    what: "a merge key with a list",
    stack: `config:\n  <<: [{ aws:accessKey: ${KEY} }, { aws:accessKey: harmless }]\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a merge key at the top of the file",
    stack: `base: &b { config: { aws:accessKey: ${KEY} } }\n<<: *b\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "an alias as a key",
    stack: `name: &n aws:accessKey\nconfig:\n  *n : ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "base64",
    stack: `config:\n  aws:accessKey: !!binary ${KEY_IN_BASE64}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a key in base64",
    stack: `config:\n  !!binary ${NAME_IN_BASE64}: ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a tag of one's own",
    stack: `config:\n  !note aws:accessKey: !note ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a comment that a carriage return ends",
    stack: `config:\n  # nothing to see\r  aws:accessKey: ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a comment that a next-line character ends",
    stack: `config:\n  # nothing to see\u0085  aws:accessKey: ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "an empty first line, which Pulumi drops",
    stack: `config:\n  aws:accessKey: "\\n${KEY}"\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "the old form of a key",
    stack: `config:\n  aws:config:accessKey: ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a key with a question mark",
    stack: `config:\n  ? aws:accessKey\n  : ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a text over two lines",
    stack: `config:\n  aws:accessKey: "${KEY.slice(0, 8)}\\\n    ${KEY.slice(8)}"\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "the first of two documents",
    stack: `config:\n  aws:accessKey: ${KEY}\n---\nconfig: {}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a file that ends with .yml",
    extension: ".yml",
    stack: `config:\n  aws:accessKey: ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a file in JSON",
    extension: ".json",
    project: JSON_PROJECT,
    stack: `{ "config": { "aws:accessKey": "${KEY}" } }`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a value of the project",
    project: `${PROJECT}config:\n  aws:accessKey: ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a value of the project under an alias",
    project: `${PROJECT}author: &k ${KEY}\nconfig:\n  aws:accessKey: { value: *k }\n`,
    pulumi: { "aws:accessKey": KEY },
  },
  {
    what: "a path in the project",
    project: `${PROJECT}config:\n  'aws:["accessKey"]': { value: ${KEY} }\n`,
    pulumi: { "aws:accessKey": KEY },
  },
];

/** Everything else that is read, or refused, as Pulumi does. */
export const READ: readonly FileCase[] = [
  {
    what: "numbers",
    stack:
      "config:\n  a: 0x10\n  b: 1e3\n  c: 010\n  d: 08\n  e: 1.10\n  f: 1_000\n  g: 0o17\n  h: 1e21\n  i: -0\n  j: .5\n",
    pulumi: {
      ...{ "shop:a": "16", "shop:b": "1000", "shop:c": "8", "shop:d": "8", "shop:e": "1.1", "shop:f": "1000" },
      ...{ "shop:g": "15", "shop:h": "1e+21", "shop:i": "0", "shop:j": "0.5" },
    },
  },
  {
    what: "large numbers, which lists round",
    stack:
      "config:\n  a: 18446744073709551615\n  b: 18446744073709551616\n  c: [9223372036854775807, 18446744073709551615]\n",
    pulumi: {
      "shop:a": "18446744073709551615",
      "shop:b": "18446744073709552000",
      "shop:c": "[9223372036854775807,18446744073709552000]",
    },
  },
  {
    what: "an account with a leading zero, with and without quotes",
    stack: 'config:\n  a: 012345678901\n  b: "012345678901"\n',
    pulumi: { "shop:a": "12345678901", "shop:b": "012345678901" },
  },
  {
    what: "words",
    stack: "config:\n  a: yes\n  b: no\n  c: TRUE\n  d: null\n  e: ~\n  f:\n  g: on\n  h: False\n",
    pulumi: {
      ...{ "shop:a": "yes", "shop:b": "no", "shop:c": "true", "shop:d": "", "shop:e": "", "shop:f": "" },
      ...{ "shop:g": "on", "shop:h": "false" },
    },
  },
  {
    what: "dates",
    stack: "config:\n  a: 2024-01-02\n  b: 2024-1-2 3:4:5.50\n  c: [2024-01-02]\n  d: 2024-02-30\n",
    pulumi: {
      "shop:a": "2024-01-02 00:00:00 +0000 UTC",
      "shop:b": "2024-01-02 03:04:05.5 +0000 UTC",
      "shop:c": '["2024-01-02 00:00:00 +0000 UTC"]',
      "shop:d": "2024-02-30",
    },
  },
  {
    what: "tags",
    stack: 'config:\n  a: !!str 010\n  b: !!int "0x10"\n  c: ! 010\n  d: !note 010\n  e: !!float 1\n',
    pulumi: { "shop:a": "010", "shop:b": "16", "shop:c": "8", "shop:d": "010", "shop:e": "1" },
  },
  {
    what: "texts",
    stack: "config:\n  a: |\n    x\n     y\n  b: >-\n    x\n    y\n  c: 'it''s'\n  d: \"\\u00e9\\t\"\n  e: x\n    y\n",
    pulumi: { "shop:a": "x\n y\n", "shop:b": "x y", "shop:c": "it's", "shop:d": "é\t", "shop:e": "x y" },
  },
  {
    what: "structured values",
    stack: "config:\n  a: { z: 1, Z: [two, ~], '<b>': { c: d } }\n  b: [a: b]\n",
    pulumi: { "shop:a": '{"\\u003cb\\u003e":{"c":"d"},"Z":["two",null],"z":1}', "shop:b": '[{"a":"b"}]' },
  },
  {
    what: "keys that are no text",
    stack: "config:\n  a: { 1: a, true: b, ~: c, 1e6: d, 0x10: e }\n",
    pulumi: { "shop:a": '{"1":"a","16":"e","1e+06":"d","\\u003cnil\\u003e":"c","true":"b"}' },
  },
  {
    what: "merge keys inside values",
    stack: "config:\n  a: { <<: [{ x: 1, y: 1 }, { y: 2, z: 2 }], z: 3 }\n  b: { <<: { <<: { x: 1 }, y: 2 }, x: 3 }\n",
    pulumi: { "shop:a": '{"x":1,"y":1,"z":3}', "shop:b": '{"x":3,"y":2}' },
  },
  {
    what: "an anchor that is given anew",
    stack: "x: &a one\ny: &a two\nconfig:\n  a: *a\n",
    pulumi: { "shop:a": "two" },
  },
  {
    what: "secrets, whole and in part",
    stack:
      "config:\n  a: { secure: v1:x:y }\n  b: [{ secure: v1:x:y }]\n  c: { secure: 1 }\n  d: { secure: x, b: 1 }\n",
    pulumi: { "shop:a": "secret", "shop:b": "secret", "shop:c": '{"secure":1}', "shop:d": '{"b":1,"secure":"x"}' },
  },
  { what: "line ends of Windows", stack: "config:\r\n  a: x\r\n  b: y\r\n", pulumi: { "shop:a": "x", "shop:b": "y" } },
  { what: "a byte order mark", stack: "\ufeffconfig:\n  a: x\n", pulumi: { "shop:a": "x" } },
  { what: "an empty file", stack: "", pulumi: {} },
  { what: "a file of comments", stack: "# nothing\n", pulumi: {} },
  { what: "no configuration", stack: "config: ~\n", pulumi: {} },
  { what: "an empty first document", stack: "---\n...\n---\nconfig:\n  a: x\n", pulumi: {} },
  {
    what: "JSON, where null is a text and numbers are rounded",
    extension: ".json",
    project: JSON_PROJECT,
    stack: '{ "config": { "a": null, "b": 9007199254740993, "c": 1.0, "d": [null, "<"], "e": 1, "e": 2 } }',
    pulumi: {
      "shop:a": "null",
      "shop:b": "9007199254740992",
      "shop:c": "1",
      "shop:d": '[null,"\\u003c"]',
      "shop:e": "2",
    },
  },
  {
    what: "defaults and values of the project",
    project: `${PROJECT}config:\n  a: 0x10\n  b: { default: 1.50 }\n  c: { type: string, default: x }\n  d: [1, ~]\n  aws:region: eu-west-1\n`,
    stack: "config:\n  c: y\n",
    pulumi: {
      ...{ "shop:a": "16", "shop:b": "1.5", "shop:c": "y", "shop:d": "[1,null]" },
      "aws:region": "eu-west-1",
    },
  },
  {
    what: "paths of the project into values of the stack",
    project: `${PROJECT}config:\n  a.b: "true"\n  a.c: x\n  'd[1]': z\n  e.f: 1\n`,
    stack: "config:\n  a: { c: own }\n  d: [y]\n  e: text\n",
    pulumi: { "shop:a": '{"b":true,"c":"own"}', "shop:d": '["y","z"]', "shop:e": '{"f":1}' },
  },
];

/** What is an error, with its place. */
export const REFUSED: readonly FileCase[] = [
  {
    what: "a key that is given twice",
    stack: 'config:\n  a: 1\n  "a": 2\n',
    refused: /Pulumi\.dev\.yaml:3:3: the key "a" is given twice/,
  },
  {
    what: "an alias to nothing",
    stack: "config:\n  a: *k\nk: &k x\n",
    refused: /:2:6: no anchor named k stands before/,
  },
  {
    what: "an anchor that contains itself",
    stack: "config:\n  a: &k [*k]\n",
    refused: /:2:10: the anchor k contains itself/,
  },
  { what: "a tag that does not fit", stack: "config:\n  a: !!bool yes\n", refused: /:2:13: the value is no !!bool/ },
  { what: "broken base64", stack: "config:\n  a: !!binary QUtJQ\n", refused: /:2:15: the value is no base64/ },
  {
    what: "a merge key with a text",
    stack: "config:\n  a: { <<: x }\n",
    refused: /:2:12: a merge key \(<<\) takes a map/,
  },
  { what: "infinity", stack: "config:\n  a: .inf\n", refused: /:2:3: shop:a: infinity and NaN are no values/ },
  { what: "a list as a key", stack: "config:\n  a: { [x]: 1 }\n", refused: /:2:8: a map or a list cannot be a key/ },
  { what: "configuration that is no map", stack: "config: x\n", refused: /:1:1: "config" is no map/ },
  { what: "a file that is no map", stack: "x\n", refused: /:1:1: it is no map/ },
  { what: "a key of three parts", stack: "config:\n  a:b:c: 1\n", refused: /:2:3: "a:b:c" is no configuration key/ },
  { what: "a number as a key", stack: "config:\n  1: x\n", refused: /:2:3: "1" is no configuration key/ },
  { what: "a tab as indentation", stack: "config:\n\ta: x\n", refused: /:2:1: not valid YAML: / },
  {
    what: "a control character",
    stack: "config:\n  a: x\u0007\n",
    refused: /:2:7: the character U\+0007 cannot stand/,
  },
  {
    what: "another version of YAML",
    stack: "%YAML 1.2\n---\nconfig:\n  a: x\n",
    refused: /Pulumi reads no YAML of version 1\.2/,
  },
  {
    what: "aliases that expand to too much",
    stack: `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nconfig:\n  a: *g\n`,
    refused: /: aliases expand to too much/,
  },
  {
    what: "a project's key with a default and a value",
    project: `${PROJECT}config:\n  a: { default: 1, value: 2 }\n`,
    refused: /Pulumi\.yaml:4:3: configuration key "a" has both "default" and "value"/,
  },
  {
    what: "a default in another namespace",
    project: `${PROJECT}config:\n  aws:region: { default: eu-west-1 }\n`,
    refused: /:4:3: configuration key "aws:region" needs a "value"/,
  },
  {
    what: "a project's value with a key that is no text",
    project: `${PROJECT}config:\n  a: { default: { 1: x } }\n`,
    refused: /:4:3: configuration key "a" has a value with a key that is no text/,
  },
  {
    what: "an attribute that does not exist",
    project: `${PROJECT}config:\n  a: { defualt: x }\n`,
    refused: /:4:3: configuration key "a" has the attribute "defualt"/,
  },
  {
    what: "two folders for stacks",
    project: `${PROJECT}config: a\nstackConfigDir: b\n`,
    refused: /:3:1: "config" names a folder beside "stackConfigDir"/,
  },
  { what: "broken JSON", extension: ".json", project: JSON_PROJECT, stack: "{", refused: /Pulumi\.dev\.json:1:2: / },
];

/** What Pulumi reads in a way that no reviewer of the file would see: refused here, so that nothing hides in it. */
export const STRICTER: readonly FileCase[] = [
  {
    what: "a comment that a line separator ends",
    stack: `config:\n  # nothing to see\u2028  aws:accessKey: ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
    refused: /:2:19: the character U\+2028 cannot stand/,
  },
  {
    what: "two byte order marks",
    stack: `\ufeff\ufeffconfig:\n  aws:accessKey: ${KEY}\n`,
    pulumi: { "aws:accessKey": KEY },
    refused: /:1:1: the character U\+FEFF cannot stand/,
  },
  {
    what: "a merge key in quotes",
    stack: `a: x\n"<<": { config: { aws:accessKey: ${KEY} } }\n`,
    pulumi: { "aws:accessKey": KEY },
    refused: /:2:1: a key << in quotes/,
  },
  {
    what: "a question mark that makes a key",
    stack: "config:\n  a: [?x]\n",
    pulumi: { "shop:a": '[{"x":null}]' },
    refused: /:2:7: a text that starts with \? stands without quotes/,
  },
  {
    what: "a colon that belongs to the key",
    stack: "config:\n  a: { x:, y: 1 }\n",
    pulumi: { "shop:a": '{"x:":null,"y":1}' },
    refused: /:2:9: a blank is missing behind the colon/,
  },
  {
    what: "an anchor that a colon ends",
    stack: "config:\n  a: {&x: y}\n",
    pulumi: { "shop:a": '{"\\u003cnil\\u003e":"y"}' },
    refused: /:2:7: the name of an anchor has letters/,
  },
  {
    what: "a tag that swallows a comma",
    stack: "config:\n  a: [!x, y]\n",
    pulumi: { "shop:a": '["y"]' },
    refused: /:2:7: a tag of letters and digits/,
  },
  {
    what: "a field of a JSON file in other letters",
    extension: ".json",
    project: JSON_PROJECT,
    stack: `{ "CONFIG": { "aws:accessKey": "${KEY}" } }`,
    pulumi: { "aws:accessKey": KEY },
    refused: /Pulumi\.dev\.json:1:1: at \$: the key is "CONFIG"/,
  },
];
