"""Items through boto3: updates, batches and legacy parameters."""

import uuid
from decimal import Decimal

import boto3
import pytest
from boto3.dynamodb.conditions import Attr
from botocore.exceptions import ClientError


@pytest.fixture(scope="module")
def resource(shared_home):
    return shared_home.dynamodb("resource")


@pytest.fixture(scope="module")
def table(resource):
    key = [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}]
    table = resource.create_table(
        TableName=f"items-{uuid.uuid4().hex[:12]}", KeySchema=key, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("PK", "SK")])
    table.wait_until_exists()
    yield table
    table.delete()


@pytest.fixture
def key():
    return {"PK": uuid.uuid4().hex, "SK": "s"}


def code_of(error):
    return error.value.response["Error"]["Code"]


def test_update_changes_a_document(table, key):
    table.put_item(Item=key | {"n": 1, "tags": {"a", "b"}, "doc": {"list": [1, 2, 3], "x": "y"}})
    changed = table.update_item(
        Key=key, ReturnValues="ALL_NEW",
        UpdateExpression="SET n = n + :n, doc.#l[5] = :n, made = if_not_exists(made, :m) "
                         "REMOVE doc.x, doc.#l[0] ADD amount :n DELETE tags :t",
        ExpressionAttributeNames={"#l": "list"},
        ExpressionAttributeValues={":n": Decimal("1.5"), ":m": "now", ":t": {"a"}})["Attributes"]
    assert changed == key | {
        "n": Decimal("2.5"), "tags": {"b"}, "doc": {"list": [2, 3, Decimal("1.5")]}, "made": "now",
        "amount": Decimal("1.5")}
    assert table.get_item(Key=key)["Item"] == changed


def test_return_values(table, key):
    table.put_item(Item=key | {"a": 1, "b": {"c": 1, "d": 2}})

    def update(kind):
        return table.update_item(
            Key=key, ReturnValues=kind, UpdateExpression="SET a = a + :one, b.c = b.c + :one",
            ExpressionAttributeValues={":one": 1}).get("Attributes")

    assert update("NONE") is None
    assert update("ALL_OLD") == key | {"a": 2, "b": {"c": 2, "d": 2}}
    assert update("UPDATED_OLD") == {"a": 3, "b": {"c": 3}}
    assert update("UPDATED_NEW") == {"a": 5, "b": {"c": 5}}
    assert update("ALL_NEW") == key | {"a": 6, "b": {"c": 6, "d": 2}}


def test_update_creates_and_conditions_guard(table, key):
    lock = dict(
        Key=key, UpdateExpression="SET #o = :me", ConditionExpression=Attr("owner").not_exists(),
        ExpressionAttributeNames={"#o": "owner"}, ExpressionAttributeValues={":me": "me"})
    table.update_item(**lock)
    with pytest.raises(ClientError) as error:
        table.update_item(**lock, ReturnValuesOnConditionCheckFailure="ALL_OLD")
    assert code_of(error) == "ConditionalCheckFailedException"
    assert error.value.response["Item"]["owner"] == {"S": "me"}


@pytest.mark.parametrize("expression, message", [
    ("SET PK = :v", "Cannot update attribute PK. This attribute is part of the key"),
    ("SET a.b = :v", "The document path provided in the update expression is invalid for update"),
    ("SET a = b + :v", "The provided expression refers to an attribute that does not exist in the item"),
    ("SET a = :v, a = :v", "Two document paths overlap with each other"),
    ("SET a = :v SET b = :v", 'The "SET" section can only be used once in an update expression'),
])
def test_update_messages(table, key, expression, message):
    with pytest.raises(ClientError, match="ValidationException") as error:
        table.update_item(Key=key, UpdateExpression=expression, ExpressionAttributeValues={":v": 1})
    assert message in error.value.response["Error"]["Message"]


def test_batch_get(resource, table):
    partition = uuid.uuid4().hex
    with table.batch_writer() as batch:
        for number in range(40):
            batch.put_item(Item={"PK": partition, "SK": f"{number:02}", "v": number})
    found = resource.batch_get_item(
        RequestItems={table.name: {
            "Keys": [{"PK": partition, "SK": f"{n:02}"} for n in range(30, 50)], "ProjectionExpression": "v"}},
        ReturnConsumedCapacity="TOTAL")
    assert sorted(item["v"] for item in found["Responses"][table.name]) == list(range(30, 40))
    assert found["UnprocessedKeys"] == {}
    assert found["ConsumedCapacity"] == [{"TableName": table.name, "CapacityUnits": 10.0}]


def test_legacy_parameters(resource, table, key):
    client = resource.meta.client
    table.put_item(Item=key | {"n": 1}, Expected={"PK": {"Exists": False}})
    with pytest.raises(ClientError) as error:
        table.put_item(Item=key, Expected={"n": {"ComparisonOperator": "GT", "AttributeValueList": [5]}})
    assert code_of(error) == "ConditionalCheckFailedException"
    changed = table.update_item(
        Key=key, AttributeUpdates={"n": {"Action": "ADD", "Value": 2}, "tags": {"Action": "ADD", "Value": {"a"}}},
        ReturnValues="ALL_NEW")["Attributes"]
    assert changed == key | {"n": 3, "tags": {"a"}}
    found = client.query(
        TableName=table.name, AttributesToGet=["n"],
        KeyConditions={"PK": {"ComparisonOperator": "EQ", "AttributeValueList": [key["PK"]]}},
        QueryFilter={"n": {"ComparisonOperator": "GE", "AttributeValueList": [3]}})
    assert found["Items"] == [{"n": 3}]
    with pytest.raises(ClientError, match="Can not use both expression and non-expression parameters"):
        client.query(
            TableName=table.name, KeyConditionExpression="PK = :p", ExpressionAttributeValues={":p": "x"},
            QueryFilter={"n": {"ComparisonOperator": "NULL"}})
