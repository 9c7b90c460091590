import { buildGraph, nameForPeople, type Resource, toPrincipal } from "../../../policypack/model";
import { Failure } from "../../terminal/failure";
import type { FilePosition } from "../../terminal/json-file";
import type { Subject } from "./subject";

/** Whether a value is a CloudFormation template. */
export function isTemplate(place: FilePosition): boolean {
  return place.member("AWSTemplateFormatVersion") !== undefined || place.member("Resources") !== undefined;
}

/**
 * The users, groups and roles of a template, with what the template gives them. What it takes from parameters and other templates counts
 * as not known.
 *
 * @throws Failure for a template without any of them
 */
export function subjectsOfTemplate({ file, value }: FilePosition): readonly Subject[] {
  const stack: Resource = {
    urn: `urn:pulumi:template::explain::aws:cloudformation/stack:Stack::${file.name}`,
    type: "aws:cloudformation/stack:Stack",
    name: file.name,
    properties: { templateBody: JSON.stringify(value) },
    dependencies: [],
    propertyDependencies: {},
  };
  const { users, groups, roles } = buildGraph([stack]);
  const identities = [...users, ...groups, ...roles].filter(({ resource }) => resource !== undefined);
  if (identities.length === 0) {
    throw new Failure(`${file.name} is a template without users, groups and roles`, "Name one that makes some.");
  }
  return identities.map((identity) => ({
    as: identity.kind,
    name: `${nameForPeople(identity)} of ${file.name}`,
    principal: toPrincipal(identity),
    assumptions: [],
  }));
}
