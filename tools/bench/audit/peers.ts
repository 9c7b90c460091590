/** A tool that is measured on the same account: what pip installs, and a Python script that writes whom it names, given the account's file. */
export interface Peer {
  readonly name: string;
  readonly packages: readonly string[];
  readonly script: string;
}

/** Everything that both scripts need: the processor time and the most memory of this process and of those that it started. */
const told = `
import json, resource, sys
def tell(names, note=""):
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(each.ru_utime + each.ru_stime for each in used)
    told = {"names": sorted(set(names)), "seconds": seconds, "megabytes": max(each.ru_maxrss for each in used) / 1024, "note": note}
    json.dump(told, open(sys.argv[2], "w"))
`;

/** Its command, and of its report every holder of a policy with a finding of privilege escalation. */
const cloudsplaining = `${told}
import os, subprocess, tempfile
folder = tempfile.mkdtemp()
command = os.path.join(os.path.dirname(sys.executable), "cloudsplaining")
subprocess.run([command, "scan", "-i", sys.argv[1], "-o", folder, "-s"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
found = [name for name in os.listdir(folder) if "results" in name]
report = json.load(open(os.path.join(folder, found[0])))
kinds = ("inline_policies", "customer_managed_policies", "aws_managed_policies")
bad = {id for kind in kinds for id, policy in report[kind].items() if policy["PrivilegeEscalation"].get("findings")}
holders = [holder for kind in ("users", "groups", "roles") for holder in report[kind].values()]
tell([holder["name"] for holder in holders if any(id in bad for kind in kinds for id in holder[kind])])
`;

/**
 * The function behind its two checks, on every document that they would see; the checks themselves need a live account. Combinations of
 * services that its own library has dropped make it fail on every document, so they are left out.
 */
const prowler = `${told}
import contextlib, io
from prowler.providers.aws.services.iam.lib import privilege_escalation
from prowler.providers.aws.services.iam.lib.privilege_escalation import check_privilege_escalation
combinations = privilege_escalation.privilege_escalation_policies_combination
dropped = [name for name, actions in combinations.items() if any(action.startswith("codestar:") for action in actions)]
for name in dropped:
    del combinations[name]
details = json.load(open(sys.argv[1]))
errors = io.StringIO()
def is_bad(document):
    return bool(check_privilege_escalation(document))
names = []
with contextlib.redirect_stdout(errors), contextlib.redirect_stderr(errors):
    managed = {p["Arn"]: is_bad(p["PolicyVersionList"][0]["Document"]) for p in details["Policies"]}
    for kind in ("User", "Group", "Role"):
        for holder in details[kind + "DetailList"]:
            inline = any(is_bad(p["PolicyDocument"]) for p in holder[kind + "PolicyList"])
            attached = any(managed.get(p["PolicyArn"], False) for p in holder["AttachedManagedPolicies"])
            if inline or attached:
                names.append(holder[kind + "Name"])
lines = [line for line in errors.getvalue().splitlines() if "Error" in line]
note = f"without {len(dropped)} combination(s) that it fails on" if dropped else ""
tell(names, f"{len(lines)} documents ended in an error, the first: {lines[0][:160]}" if lines else note)
`;

export const peers: readonly Peer[] = [
  { name: "cloudsplaining", packages: ["cloudsplaining==0.9.1"], script: cloudsplaining },
  { name: "Prowler's escalation check, offline", packages: ["prowler==5.46.0"], script: prowler },
];
