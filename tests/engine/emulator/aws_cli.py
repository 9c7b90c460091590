"""As much of the AWS CLI as one call is: SERVICE OPERATION [--OPTION VALUE]... to JSON, errors in the CLI's words."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

service, operation, *options = sys.argv[1:]
given = {name.removeprefix("--"): value for name, value in zip(options[::2], options[1::2])}
given.pop("output", None)
client = boto3.client(service, region_name=given.pop("region", "us-east-1"))
arguments = {"".join(part.capitalize() for part in name.split("-")): value for name, value in given.items()}
try:
    answer = getattr(client, operation.replace("-", "_"))(**arguments)
except ClientError as error:
    print(f"\n{error}", file=sys.stderr)
    sys.exit(254)
answer.pop("ResponseMetadata", None)
print(json.dumps(answer, default=str))
