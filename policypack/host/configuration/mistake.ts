/** Something wrong with the pack's configuration. */
export interface Mistake {
  /** Policy and option, such as `settings.waivers[0]` or `no-overbroad-group.onUnknown`. */
  readonly place: string;
  readonly message: string;
  readonly fix: string;
  /** Worth saying, but nobody wrote it wrong: a waiver that has expired. */
  readonly harmless?: boolean;
}

/** A mistake in one line. */
export function mistakeInWords({ place, message, fix }: Mistake): string {
  return `${place}: ${message} ${fix}`;
}
