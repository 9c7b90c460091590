const { PolicyPack } = require("@pulumi/policy");

const USER = "aws:iam/user:User";

new PolicyPack("no-user-called-root", {
  policies: [
    {
      name: "no-root-name",
      description: "No user may be called root.",
      enforcementLevel: "mandatory",
      severity: "high",
      configSchema: { properties: { alsoForbidden: { type: "array", items: { type: "string" }, default: [] } } },
      validateResource: ({ type, props, getConfig }, report) => {
        const forbidden = ["root", ...getConfig().alsoForbidden];
        if (type === USER && forbidden.includes(props.name)) report(`A user is called ${props.name}.`);
      },
    },
    {
      name: "few-users",
      description: "One user is enough.",
      enforcementLevel: "advisory",
      validateStack: ({ resources }, report) => {
        const users = resources.filter(({ type }) => type === USER);
        if (users.length > 1) report(`There are ${users.length} users.`);
      },
    },
    {
      name: "tagged-users",
      description: "Every user has an owner.",
      enforcementLevel: "disabled",
      remediateResource: ({ type, props }) => (type === USER ? { ...props, tags: { owner: "somebody" } } : undefined),
      validateResource: ({ type, props }, report) => {
        if (type === USER && props.tags?.owner === undefined) report("A user has no owner.");
      },
    },
  ],
});
