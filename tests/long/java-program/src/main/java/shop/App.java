package shop;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.ResourceArgs;
import java.util.List;

/** A role for EC2, or for anybody. */
public class App {
    static class RoleArgs extends ResourceArgs {
        @Import(name = "assumeRolePolicy")
        private final Output<String> assumeRolePolicy;

        @Import(name = "managedPolicyArns")
        private final Output<List<String>> managedPolicyArns =
            Output.of(List.of("arn:aws:iam::aws:policy/AdministratorAccess"));

        RoleArgs(String principal) {
            assumeRolePolicy = Output.of("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Action\":\"sts:AssumeRole\",\"Principal\":" + principal + "}]}");
        }
    }

    public static void main(String[] args) {
        Pulumi.run((Context context) -> {
            String principal = context.config().get("principal").orElse("{\"Service\":\"ec2.amazonaws.com\"}");
            new CustomResource("aws:iam/role:Role", "deploy", new RoleArgs(principal), null);
        });
    }
}
