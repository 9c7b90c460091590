export interface ReadFault {
  /** Property of the resource, with the JSON path inside it where there is one: `policy: $.Statement[0].Effect`. */
  readonly where: string;
  readonly message: string;
  readonly fix: string;
  /**
   * `hides`: something in it cannot be seen, so nothing may rest on it. `refused`: AWS will refuse it, but it was read. `unseen`: a
   * kind of resource, a URL or a macro that nobody can read from here.
   */
  readonly effect: "unreadable" | "hides" | "refused" | "unseen";
}
