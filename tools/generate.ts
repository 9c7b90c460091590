import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { actionNames, actionResources } from "./generate/actions";
import { escalationPaths } from "./generate/escalation-paths";
import { managedPolicies } from "./generate/managed-policies";
import { tableModule } from "./generate/module";
import { repositoryRoot } from "./generate/packages";
import { powerfulPolicies } from "./generate/powerful-policies";

const folder = join(repositoryRoot, "policypack", "iam", "aws", "generated");
const modules = {
  "action-names.ts": tableModule("actionNames", actionNames()),
  "action-resources.ts": tableModule("actionResources", actionResources()),
  "managed-policies.ts": tableModule("managedPolicies", managedPolicies()),
  "powerful-policies.ts": tableModule("powerfulPolicies", powerfulPolicies()),
  "escalation-paths.ts": tableModule("escalationPaths", escalationPaths()),
};

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(modules)) {
  writeFileSync(join(folder, name), text);
  console.log(`policypack/iam/aws/generated/${name}: ${Math.round(text.length / 1024)} KB`);
}
