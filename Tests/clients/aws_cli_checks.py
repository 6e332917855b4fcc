#!/usr/bin/env python3
"""The AWS CLI against a DynamoDB endpoint: aws_cli_checks.py ENDPOINT_URL

Needs awscli from PyPI. Prints a line for each check and, last, "N passed, N failed".
"""

import json
import os
import subprocess

from check import Checks, endpoint, table_name

URL = endpoint()
TABLE = table_name()
ENVIRONMENT = os.environ | {
    "AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": ""}


def aws(*arguments, fails=False):
    result = subprocess.run(
        ["aws", "dynamodb", *arguments, "--endpoint-url", URL, "--output", "json"], env=ENVIRONMENT,
        capture_output=True, text=True, timeout=60)
    assert (result.returncode != 0) == fails, result.stderr
    return result.stderr if fails else json.loads(result.stdout or "{}")


def a_table_is_created():
    described = aws(
        "create-table", "--table-name", TABLE, "--billing-mode", "PAY_PER_REQUEST", "--attribute-definitions",
        "AttributeName=PK,AttributeType=S", "AttributeName=SK,AttributeType=N", "--key-schema",
        "AttributeName=PK,KeyType=HASH", "AttributeName=SK,KeyType=RANGE")["TableDescription"]
    assert described["TableName"] == TABLE
    aws("wait", "table-exists", "--table-name", TABLE)


def items_are_put_and_got():
    for number in (10, -5, 2):
        aws("put-item", "--table-name", TABLE, "--item", json.dumps(
            {"PK": {"S": "p"}, "SK": {"N": str(number)}, "M": {"M": {"k": {"BOOL": True}}}}))
    got = aws("get-item", "--table-name", TABLE, "--key", '{"PK": {"S": "p"}, "SK": {"N": "1e1"}}', "--consistent-read")
    assert got["Item"] == {"PK": {"S": "p"}, "SK": {"N": "10"}, "M": {"M": {"k": {"BOOL": True}}}}


def queries_come_in_order():
    found = aws(
        "query", "--table-name", TABLE, "--key-condition-expression", "PK = :p", "--expression-attribute-values",
        '{":p": {"S": "p"}}', "--page-size", "1")
    assert [item["SK"]["N"] for item in found["Items"]] == ["-5", "2", "10"], found


def scans_are_paged():
    assert aws("scan", "--table-name", TABLE, "--page-size", "2")["Count"] == 3
    first = aws("scan", "--table-name", TABLE, "--max-items", "2")
    assert len(first["Items"]) == 2 and first["NextToken"]


def conditions_fail_with_their_name():
    error = aws(
        "delete-item", "--table-name", TABLE, "--key", '{"PK": {"S": "p"}, "SK": {"N": "2"}}', "--condition-expression",
        "attribute_not_exists(PK)", fails=True)
    assert "(ConditionalCheckFailedException)" in error and "The conditional request failed" in error, error


def the_table_is_deleted():
    aws("delete-table", "--table-name", TABLE)
    aws("wait", "table-not-exists", "--table-name", TABLE)
    assert TABLE not in aws("list-tables")["TableNames"]


checks = Checks("aws")
for check in [
        a_table_is_created, items_are_put_and_got, queries_come_in_order, scans_are_paged,
        conditions_fail_with_their_name, the_table_is_deleted]:
    checks.run(check)
checks.finish()
