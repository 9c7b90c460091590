/** What one mocha process tells the process that started it: a suite that starts, a line when it ends, a text for each failure, an end. */
export type TestMessage =
  | { readonly kind: "start"; readonly name: string }
  | { readonly kind: "suite"; readonly name: string; readonly milliseconds: number; readonly counts: Counts }
  | { readonly kind: "failure"; readonly title: string; readonly text: string }
  | { readonly kind: "end"; readonly counts: Counts };

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
