import { Failure } from "../../terminal/failure";
import type { FilePosition } from "../../terminal/json-file";
import type { AccountRecord, AccountRecords, RecordKind } from "../records/records";
import { decodedReport, kindOf, notAnAccount } from "./recognise";

const lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;

/** The files of one account, one after the other. */
export class AccountFiles {
  readonly #records = new Map<RecordKind, AccountRecord>();
  readonly #details: FilePosition[] = [];
  readonly #contacts: Record<string, unknown> = {};
  readonly #sources = new Map<string, string>();
  #partition: string | undefined;
  #readAt: Date | undefined;

  constructor(private readonly now: Date) {}

  /** @throws Failure for a file that is none of an account, or of another account than the others */
  takeFile(place: FilePosition, name: string): void {
    if (place.member("auditOfAccount") !== undefined) this.#takeManifest(place);
    else {
      const kind = kindOf(place);
      if (kind === undefined) throw notAnAccount(place);
      this.#takeKind(kind, place, name);
    }
  }

  take(kind: RecordKind, value: unknown, file: string): void {
    if (this.#records.get(kind)?.state === "read") {
      throw new Failure(`${file}: there is another file with the same record, ${kind}`, "Name one of them.");
    }
    this.#records.set(kind, { state: "read", value, source: file });
  }

  /** @throws Failure where nothing says which account it is */
  records(): AccountRecords {
    if (this.#details.length > 0)
      this.take("authorization-details", this.#joinedDetails(), this.#details[0]?.file.name ?? "");
    if (Object.keys(this.#contacts).length > 0) this.take("alternate-contacts", this.#contacts, "alternate contacts");
    const [account] = this.#sources.keys();
    if (account === undefined) {
      throw new Failure(
        "the files do not say which account they are of",
        "Add one with ARNs: aws sts get-caller-identity > caller.json",
      );
    }
    return { account, partition: this.#partition ?? "aws", readAt: this.#readAt ?? this.now, records: this.#records };
  }

  #takeManifest(place: FilePosition): void {
    const version = place.required("version");
    if (version.value !== 1)
      version.fail(
        "this version of the saved audit is not known here",
        "Use the release that wrote it, or save again.",
      );
    const account = place.required("auditOfAccount");
    this.#isOf(account.text(), account);
    this.#partition = place.required("partition").text();
    const readAt = place.required("readAt");
    this.#readAt = new Date(readAt.text());
    if (Number.isNaN(this.#readAt.getTime())) readAt.fail("this is no moment", "Write it as 2026-01-31T12:00:00Z.");
    const notRead = place.required("notRead");
    notRead.record();
    for (const [kind, record] of Object.entries(notRead.value as Record<string, AccountRecord>)) {
      if (!this.#records.has(kind as RecordKind)) this.#records.set(kind as RecordKind, record);
    }
  }

  #takeKind(kind: RecordKind, place: FilePosition, name: string): void {
    switch (kind) {
      case "authorization-details":
        for (const list of lists) for (const item of place.itemsOf(list)) this.#noteAccount(item.member("Arn"));
        this.#details.push(place);
        return;
      case "credential-report": {
        const rows = Array.isArray(place.value) ? place.value : decodedReport(place);
        const generated = place.member("GeneratedTime");
        if (generated !== undefined) this.#readAt ??= new Date(generated.text());
        this.take(kind, rows, place.file.name);
        return;
      }
      case "alternate-contacts": {
        const contact = place.member("AlternateContact");
        if (contact === undefined) Object.assign(this.#contacts, place.value);
        else this.#contacts[contact.required("AlternateContactType").text()] = contact.value;
        return;
      }
      case "caller-identity":
        this.#noteAccount(place.member("Arn"));
        this.take(kind, place.value, name);
        return;
      default:
        this.take(kind, place.value, place.file.name);
    }
  }

  /** AWS's own policies are of no account. */
  #noteAccount(arn: FilePosition | undefined): void {
    const [, partition, account] =
      /^arn:([^:]+):(?:iam|sts)::([0-9]{12}):/.exec(arn === undefined ? "" : arn.text()) ?? [];
    if (arn === undefined || account === undefined) return;
    this.#partition ??= partition;
    this.#isOf(account, arn);
  }

  #isOf(account: string, place: FilePosition): void {
    const [known] = this.#sources;
    if (known !== undefined && known[0] !== account) {
      place.fail(
        `this is of account ${account}, and ${known[1]} is of account ${known[0]}`,
        "Name the files of one account, or put each account into a folder as audit --save does.",
      );
    }
    if (known === undefined) this.#sources.set(account, place.file.name);
  }

  /** Several pages are one; the last of them says that there is no other. */
  #joinedDetails(): Record<string, unknown> {
    const isOpen = (page: FilePosition) => page.member("IsTruncated")?.value === true;
    const [open] = this.#details.filter(isOpen);
    if (open !== undefined && this.#details.every(isOpen)) {
      throw new Failure(
        `${open.file.name} is one page of several, and the last one is not there`,
        "Let the AWS CLI print all pages: aws iam get-account-authorization-details, without --max-items and --no-paginate.",
      );
    }
    return Object.fromEntries(
      lists.map((list) => [list, this.#details.flatMap((page) => page.itemsOf(list).map(({ value }) => value))]),
    );
  }
}
