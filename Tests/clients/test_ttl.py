"""Expiry of items, with boto3."""

import time
import uuid

import pytest
from boto3.dynamodb.conditions import Key
from botocore.exceptions import ClientError

from test_streams import records, streams_client


@pytest.fixture
def table(shared_home):
    dynamodb = shared_home.dynamodb("resource")
    table = dynamodb.create_table(
        TableName=f"expiring-{uuid.uuid4()}", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "owner", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        GlobalSecondaryIndexes=[{
            "IndexName": "by-owner", "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"}}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
    yield table
    table.delete()


def set_expiry(client, table, enabled, attribute="ttl"):
    return client.update_time_to_live(
        TableName=table.name, TimeToLiveSpecification={"AttributeName": attribute, "Enabled": enabled})


def test_expired_items_are_deleted(shared_home, table):
    client = shared_home.dynamodb()
    now = int(time.time())
    table.put_item(Item={"id": "before", "owner": "o", "ttl": now - 5})
    set_expiry(client, table, True)
    description = client.describe_time_to_live(TableName=table.name)["TimeToLiveDescription"]
    assert description == {"TimeToLiveStatus": "ENABLED", "AttributeName": "ttl"}
    table.put_item(Item={"id": "soon", "owner": "o", "ttl": now + 1})
    table.put_item(Item={"id": "late", "owner": "o", "ttl": now + 3600})
    table.put_item(Item={"id": "never", "owner": "o"})
    deadline = time.time() + 30
    while len(table.scan()["Items"]) > 2:
        assert time.time() < deadline
        time.sleep(0.1)
    assert {item["id"] for item in table.scan()["Items"]} == {"late", "never"}
    entries = table.query(IndexName="by-owner", KeyConditionExpression=Key("owner").eq("o"))["Items"]
    assert {item["id"] for item in entries} == {"late", "never"}
    removed = [r for r in records(streams_client(shared_home), table.latest_stream_arn) if r["eventName"] == "REMOVE"]
    assert {r["dynamodb"]["Keys"]["id"]["S"] for r in removed} == {"before", "soon"}
    for record in removed:
        assert record["userIdentity"] == {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}


def test_states_and_errors(shared_home, table):
    client = shared_home.dynamodb()
    status = client.describe_time_to_live(TableName=table.name)["TimeToLiveDescription"]
    assert status == {"TimeToLiveStatus": "DISABLED"}
    set_expiry(client, table, True)
    for enabled, attribute in [(True, "ttl"), (True, "other"), (False, "other")]:
        with pytest.raises(ClientError) as error:
            set_expiry(client, table, enabled, attribute)
        assert error.value.response["Error"]["Code"] == "ValidationException"
    set_expiry(client, table, False)
    assert client.describe_time_to_live(TableName=table.name)["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "DISABLED"}
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.describe_time_to_live(TableName="no-such-table")
