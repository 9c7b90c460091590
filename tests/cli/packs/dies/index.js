const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("dies", {
  policies: [
    {
      name: "dies",
      description: "Ends its own process.",
      enforcementLevel: "mandatory",
      validateResource: () => {
        console.error("the pack gave up");
        process.exit(7);
      },
    },
  ],
});
