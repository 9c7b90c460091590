const FORMAT =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[+-]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?))?$/;

/** A point in time as Pulumi's YAML reader knows it. It reaches a program as text, in one of two spellings. */
export class Timestamp {
  private constructor(
    private readonly day: string,
    private readonly time: string,
    private readonly fraction: string,
    private readonly zone: string,
  ) {}

  /** Reads `2024-1-2`, `2024-01-02 3:4:5` and `2024-01-02T03:04:05.5+01:00`; undefined for any other text. */
  static of(text: string): Timestamp | undefined {
    const [whole, year = "", month = "", day = "", ...rest] = FORMAT.exec(text) ?? [];
    if (whole === undefined) return undefined;
    const [hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] =
      rest[0] === undefined ? [rest[5], rest[6], rest[7], rest[8]] : rest;
    const days = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
    const isDay = between(1, month, 12) && between(1, day, days);
    const isTime = between(0, hour, 23) && between(0, minute, 59) && between(0, second, 59);
    const isZone = zone === "Z" || (between(0, zone.slice(1, 3), 24) && between(0, zone.slice(4), 59));
    if (!isDay || !isTime || !isZone) return undefined;
    return new Timestamp(
      [year, two(month), two(day)].join("-"),
      [hour, minute, second].map(two).join(":"),
      fraction.slice(0, 9).replace(/0+$/, ""),
      /^[+-]00:00$/.test(zone) ? "Z" : zone,
    );
  }

  /** As it stands in a stack's configuration. Where the zone is the machine's own, Pulumi adds its name there. */
  toString(): string {
    const zone = this.zone === "Z" ? "+0000 UTC" : `${this.offset} ${this.offset}`;
    return `${this.day} ${this.clock} ${zone}`;
  }

  /** As it stands in the defaults of a project. */
  toJSON(): string {
    return `${this.day}T${this.clock}${this.zone}`;
  }

  private get clock(): string {
    return this.fraction === "" ? this.time : `${this.time}.${this.fraction}`;
  }

  private get offset(): string {
    return this.zone.replace(":", "");
  }
}

function between(least: number, text: string, most: number): boolean {
  return Number(text) >= least && Number(text) <= most;
}

function two(digits: string): string {
  return digits.padStart(2, "0");
}
