/** Events as CloudTrail records them, in the form of the examples in the AWS CloudTrail and IAM User Guides. */
export type Event = Readonly<Record<string, unknown>>;

/** A person's session of a role, as the caller. */
const CALLER = {
  type: "AssumedRole",
  principalId: "AROAIDPPEZS35WEXAMPLE:dana",
  arn: "arn:aws:sts::111122223333:assumed-role/platform/dana",
  accountId: "111122223333",
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  sessionContext: {
    sessionIssuer: {
      type: "Role",
      principalId: "AROAIDPPEZS35WEXAMPLE",
      arn: "arn:aws:iam::111122223333:role/platform",
      accountId: "111122223333",
      userName: "platform",
    },
    attributes: { creationDate: "2026-10-25T20:45:28Z", mfaAuthenticated: "true" },
  },
};

/** "CloudTrail record contents for management, data, and network activity events". */
const RECORD = {
  eventVersion: "1.11",
  userIdentity: CALLER,
  eventTime: "2026-10-25T20:52:11Z",
  awsRegion: "us-east-1",
  sourceIPAddress: "192.0.2.1",
  userAgent: "aws-cli/2.31.0",
  responseElements: null,
  requestID: "01234567-89ab-cdef-0123-456789abcdef",
  eventID: "fedcba98-7654-3210-fedc-ba9876543210",
  eventType: "AwsApiCall",
  managementEvent: true,
  recipientAccountId: "111122223333",
  eventCategory: "Management",
};

/** A call that changes something; `different` are the record's fields that are otherwise. */
export function call(source: string, name: string, requestParameters: object | null, different: object = {}): Event {
  return {
    ...RECORD,
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    requestParameters,
    readOnly: false,
    ...different,
  };
}

/** "Example events for IAM users" of "AWS Management Console sign-in events". */
export function signIn(userIdentity: object, mfaUsed: "Yes" | "No", outcome: "Success" | "Failure" = "Success"): Event {
  return {
    ...RECORD,
    userIdentity,
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    eventType: "AwsConsoleSignIn",
    requestParameters: null,
    responseElements: { ConsoleLogin: outcome },
    additionalEventData: {
      LoginTo: "https://console.aws.amazon.com/console/home",
      MobileVersion: "No",
      MFAUsed: mfaUsed,
    },
    readOnly: false,
  };
}

export const USER = {
  type: "IAMUser",
  principalId: "AIDACKCEVSQ6C2EXAMPLE",
  arn: "arn:aws:iam::111122223333:user/anaya",
  accountId: "111122223333",
  userName: "anaya",
};

export const ROOT = {
  type: "Root",
  principalId: "111122223333",
  arn: "arn:aws:iam::111122223333:root",
  accountId: "111122223333",
  accessKeyId: "",
};

/** The root user of a member account in a session of sts:AssumeRoot ("Track privileged tasks in AWS CloudTrail"). */
export const ROOT_SESSION = {
  ...ROOT,
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  sessionContext: {
    attributes: { creationDate: "2026-10-25T20:52:11Z", mfaAuthenticated: "false" },
    assumedRoot: "true",
    credentialIssuanceTimestamp: "2026-10-25T20:52:11Z",
  },
};

/** How such a session is opened, for one of the tasks of AWS. */
export function assumeRoot(task: string): Event {
  return call("sts", "AssumeRoot", {
    targetPrincipal: "222222222222",
    taskPolicyArn: { arn: `arn:aws:iam::aws:policy/root-task/${task}` },
  });
}
