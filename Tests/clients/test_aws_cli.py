"""The AWS CLI against the DynamoDB half. The tests run in order, on one table."""

import json
import uuid

import pytest

TABLE = f"check-{uuid.uuid4().hex[:12]}"


@pytest.fixture(scope="module")
def aws(shared_home):
    return shared_home.aws


def test_a_table_is_created(aws):
    described = aws(
        "create-table", "--table-name", TABLE, "--billing-mode", "PAY_PER_REQUEST", "--attribute-definitions",
        "AttributeName=PK,AttributeType=S", "AttributeName=SK,AttributeType=N", "--key-schema",
        "AttributeName=PK,KeyType=HASH", "AttributeName=SK,KeyType=RANGE")["TableDescription"]
    assert described["TableName"] == TABLE
    aws("wait", "table-exists", "--table-name", TABLE)


def test_items_are_put_and_got(aws):
    for number in (10, -5, 2):
        aws("put-item", "--table-name", TABLE, "--item", json.dumps(
            {"PK": {"S": "p"}, "SK": {"N": str(number)}, "M": {"M": {"k": {"BOOL": True}}}}))
    got = aws("get-item", "--table-name", TABLE, "--key", '{"PK": {"S": "p"}, "SK": {"N": "1e1"}}', "--consistent-read")
    assert got["Item"] == {"PK": {"S": "p"}, "SK": {"N": "10"}, "M": {"M": {"k": {"BOOL": True}}}}


def test_queries_come_in_order(aws):
    found = aws(
        "query", "--table-name", TABLE, "--key-condition-expression", "PK = :p", "--expression-attribute-values",
        '{":p": {"S": "p"}}', "--page-size", "1")
    assert [item["SK"]["N"] for item in found["Items"]] == ["-5", "2", "10"], found


def test_scans_are_paged(aws):
    assert aws("scan", "--table-name", TABLE, "--page-size", "2")["Count"] == 3
    first = aws("scan", "--table-name", TABLE, "--max-items", "2")
    assert len(first["Items"]) == 2 and first["NextToken"]


def test_conditions_fail_with_their_name(aws):
    error = aws(
        "delete-item", "--table-name", TABLE, "--key", '{"PK": {"S": "p"}, "SK": {"N": "2"}}', "--condition-expression",
        "attribute_not_exists(PK)", code=255)
    assert "(ConditionalCheckFailedException)" in error and "The conditional request failed" in error, error


def test_the_table_is_deleted(aws):
    aws("delete-table", "--table-name", TABLE)
    aws("wait", "table-not-exists", "--table-name", TABLE)
    assert TABLE not in aws("list-tables")["TableNames"]
