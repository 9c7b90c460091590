/**
 * Whether Pulumi takes a text for the name of a project or a stack (Pulumi CLI, "project names may only contain alphanumerics,
 * hyphens, underscores, and periods"; "a stack name cannot exceed 100 characters").
 */
export function isName(text: string): boolean {
  return /^[A-Za-z0-9_.-]{1,100}$/.test(text);
}

export const NAME_FORM = "Use at most 100 letters, digits, hyphens, underscores and periods.";
