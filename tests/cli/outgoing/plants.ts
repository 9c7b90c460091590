/** Texts that nobody may read, each unlike any other text, by where they are planted. */
export const SECRETS = {
  "the stack's configuration": "Zq7/stack+config=1",
  "the stack's configuration, inside an object": 'Yk4"nested&config\\2',
  "the place of an encrypted value, by --config": "Xw9-given-instead-3",
  "the project's declared configuration": "Wv2-declared-secret-4",
  "an access key of the stack's configuration": "Vu8SecretKeyOfTheStackConfiguration1234/5",
  "a variable that --env passes": "Ut5-passed-variable-6",
  "a variable that is withheld": "Ts1-withheld-variable-7",
  "a secret of the program": "Sr3-made-by-program-8",
  "a secret trust policy": "Rq6-external-id-9",
  "a secret template": "Qp0-in-a-template-10",
  "the passphrase": "Po7-passphrase-11",
  "a value of the command line": "On6-on-the-command-line-12",
} as const;

export type Planted = keyof typeof SECRETS;

/** Put together here, so that no scanner takes the text of this file for a leak. */
export const KEY_ID = ["AKIA", "PLANTEDPLANTED12"].join("");

/** Words that no line of an output may begin with, and parts of names that something that shows them would act on. */
export const HOSTILE = {
  "a line feed": "x\nFORGED",
  "a carriage return": "x\rFORGED",
  "a line separator": "x\u2028FORGED",
  "a next line": "x\u0085FORGED",
  "a colour": "x\u001b[31mred",
  "a title of the terminal": "x\u001b]0;owned\u0007",
  "a mark of direction": "x\u202eabc\u2066",
  "an invisible character": "x\u200b\ufeff",
  "a command of GitHub": "x\n::error::owned",
  "the end of GitHub's commands": "x ::stop-commands::owned",
  "a command of Azure Pipelines": "x ##vso[task.setvariable]y",
  "a script": "x</script><script>alert(1)</script>",
  "512 characters": "L".repeat(512),
} as const;

/** All of them in one name. */
export const HOSTILE_NAME = Object.values(HOSTILE).join("");

/** The same without what no file's name may hold, and as short as a file's name has to be. */
export const HOSTILE_FILE_NAME = HOSTILE_NAME.replaceAll("/", "").slice(0, 180);

/** A name that a spreadsheet would take for a formula. */
export const FORMULA = "=cmd|' /C calc'!A0";
