import { Message } from "./wire";

/** What an `AnalyzerProviderResource` shows. */
export interface ProviderMessage {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** A `Struct`, not read yet; undefined where there is none. */
  readonly properties: Buffer | undefined;
}

/** What an `AnalyzeRequest` shows, or an `AnalyzerResource` of an `AnalyzeStackRequest`: the properties are read by whoever wants them. */
export interface ResourceMessage extends ProviderMessage {
  readonly parent: string;
  readonly provider: ProviderMessage | undefined;
  readonly dependencies: readonly string[];
  /** Entries of the map `propertyDependencies`, not read yet. */
  readonly propertyDependencies: readonly Buffer[];
}

/** Reads the request to judge a resource before it is made (`analyzer.proto` of Pulumi). */
export function readAnalyzeRequest(bytes: Buffer): ResourceMessage {
  return resourceIn(new Message(bytes), "request");
}

/** Reads the request to judge a stack: its resources. */
export function readAnalyzeStackRequest(bytes: Buffer): readonly ResourceMessage[] {
  const resources: ResourceMessage[] = [];
  for (const message = new Message(bytes); message.next(); ) {
    if (message.field === 1) resources.push(resourceIn(message.inside(), "resource"));
  }
  return resources;
}

/** The two messages have their first fields in common; a request has the parent among the options, and no dependencies. */
function resourceIn(message: Message, as: "request" | "resource"): ResourceMessage {
  let parent = "";
  let provider: ProviderMessage | undefined;
  const dependencies: string[] = [];
  const propertyDependencies: Buffer[] = [];
  const shown = shownIn(message, () => {
    const { field } = message;
    if (field === 6) provider = shownIn(message.inside());
    else if (as === "request") {
      if (field === 5) parent = parentIn(message.inside());
    } else if (field === 7) parent = message.text();
    else if (field === 8) dependencies.push(message.text());
    else if (field === 9) propertyDependencies.push(message.content());
  });
  return { ...shown, parent, provider, dependencies, propertyDependencies };
}

/**
 * What resources and providers have in common, at the same fields.
 *
 * @param onOther is called where the message stands at a further field
 */
function shownIn(message: Message, onOther: () => void = () => undefined): ProviderMessage {
  let [type, urn, name] = ["", "", ""];
  let properties: Buffer | undefined;
  while (message.next()) {
    if (message.field === 1) type = message.text();
    else if (message.field === 2) properties = message.content();
    else if (message.field === 3) urn = message.text();
    else if (message.field === 4) name = message.text();
    else onOther();
  }
  return { type, urn, name, properties };
}

/** Of `AnalyzerResourceOptions`. */
function parentIn(options: Message): string {
  let parent = "";
  while (options.next()) if (options.field === 8) parent = options.text();
  return parent;
}

/** Reads the URNs of which a property was made: an entry of `propertyDependencies`. */
export function readPropertyDependencies(bytes: Buffer): readonly [property: string, urns: readonly string[]] {
  let property = "";
  const urns: string[] = [];
  for (const entry = new Message(bytes); entry.next(); ) {
    if (entry.field === 1) property = entry.text();
    else if (entry.field === 2)
      for (const list = entry.inside(); list.next(); ) if (list.field === 1) urns.push(list.text());
  }
  return [property, urns];
}
