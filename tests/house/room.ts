/** One folder of sources: what it knows, and what its files may import beside each other. */
export interface Room {
  readonly folder: string;
  readonly knows: string;
  /** Rooms of the same floor by their names on it, and lower floors by theirs, of which only the door is meant. */
  readonly imports: readonly string[];
  /** Set where the build puts the packages that it imports into one file with it, so that nobody has to install them. */
  readonly isBundled?: true;
}
