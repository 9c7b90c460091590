import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { actionNames, actionResources } from "./generate/actions";
import { awsSdkModule } from "./generate/aws-sdk";
import { escalationPaths } from "./generate/escalation-paths";
import { managedPolicies } from "./generate/managed-policies";
import { tableModule } from "./generate/module";
import { repositoryRoot } from "./generate/packages";
import { powerfulPolicies } from "./generate/powerful-policies";

const core = join("policypack", "iam", "aws", "generated");
const modules: Readonly<Record<string, string>> = {
  [join(core, "action-names.ts")]: tableModule("actionNames", actionNames()),
  [join(core, "action-resources.ts")]: tableModule("actionResources", actionResources()),
  [join(core, "managed-policies.ts")]: tableModule("managedPolicies", managedPolicies()),
  [join(core, "powerful-policies.ts")]: tableModule("powerfulPolicies", powerfulPolicies()),
  [join(core, "escalation-paths.ts")]: tableModule("escalationPaths", escalationPaths()),
  [join("cli", "pulumi", "generated", "aws-sdk.ts")]: awsSdkModule(),
};

for (const [file, text] of Object.entries(modules)) {
  mkdirSync(join(repositoryRoot, dirname(file)), { recursive: true });
  writeFileSync(join(repositoryRoot, file), text);
  console.log(`${file}: ${Math.round(text.length / 1024)} KB`);
}
