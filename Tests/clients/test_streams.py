"""Streams as boto3 reads them."""

import time
import uuid

import boto3
import pytest
from botocore.exceptions import ClientError


def streams_client(home):
    return boto3.client(
        "dynamodbstreams", endpoint_url=home.connection["DYNAMODB_ENDPOINT"], region_name="ap-northeast-1",
        **home.keys())


@pytest.fixture
def streams(shared_home):
    return streams_client(shared_home)


@pytest.fixture
def table(shared_home):
    dynamodb = shared_home.dynamodb("resource")
    table = dynamodb.create_table(
        TableName=f"streamed-{uuid.uuid4()}", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
    table.wait_until_exists()
    yield table
    table.delete()


def shards(streams, arn):
    found, start = [], {}
    while True:
        page = streams.describe_stream(StreamArn=arn, Limit=3, **start)["StreamDescription"]
        found += page["Shards"]
        if "LastEvaluatedShardId" not in page:
            return found
        start = {"ExclusiveStartShardId": page["LastEvaluatedShardId"]}


def iterators(streams, arn, kind="TRIM_HORIZON"):
    return [
        streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType=kind)["ShardIterator"]
        for shard in shards(streams, arn)]


def records(streams, arn):
    found = []
    for iterator in iterators(streams, arn):
        while iterator:
            page = streams.get_records(ShardIterator=iterator)
            found += page["Records"]
            iterator = page.get("NextShardIterator") if page["Records"] else None
    return found


def test_changes_are_read(streams, table):
    arn = table.latest_stream_arn
    assert arn == f"{table.table_arn}/stream/{table.latest_stream_label}"
    assert table.stream_specification == {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    table.put_item(Item={"id": "a", "n": 1})
    table.put_item(Item={"id": "a", "n": 1})
    table.update_item(Key={"id": "a"}, UpdateExpression="ADD n :one", ExpressionAttributeValues={":one": 1})
    table.delete_item(Key={"id": "a"})

    found = records(streams, arn)
    assert [record["eventName"] for record in found] == ["INSERT", "MODIFY", "REMOVE"]
    one, two = {"id": {"S": "a"}, "n": {"N": "1"}}, {"id": {"S": "a"}, "n": {"N": "2"}}
    images = [(r["dynamodb"].get("OldImage"), r["dynamodb"].get("NewImage")) for r in found]
    assert images == [(None, one), (one, two), (two, None)]
    for record in found:
        assert record["eventVersion"] == "1.1" and record["eventSource"] == "aws:dynamodb"
        assert record["dynamodb"]["Keys"] == {"id": {"S": "a"}}
        assert 21 <= len(record["dynamodb"]["SequenceNumber"]) <= 40
        assert record["dynamodb"]["SizeBytes"] > 0
        assert abs(record["dynamodb"]["ApproximateCreationDateTime"].timestamp() - time.time()) < 60


def test_a_record_is_there_once_its_write_is_acknowledged(streams, table):
    latest = iterators(streams, table.latest_stream_arn, "LATEST")
    table.put_item(Item={"id": "b"})
    found = [record for iterator in latest for record in streams.get_records(ShardIterator=iterator)["Records"]]
    assert [record["dynamodb"]["Keys"] for record in found] == [{"id": {"S": "b"}}]


def test_a_stream_is_disabled_and_enabled_again(shared_home, streams, table):
    client = shared_home.dynamodb()
    first = table.latest_stream_arn
    table.put_item(Item={"id": "a"})
    client.update_table(TableName=table.name, StreamSpecification={"StreamEnabled": False})
    table.put_item(Item={"id": "b"})
    description = streams.describe_stream(StreamArn=first)["StreamDescription"]
    assert description["StreamStatus"] == "DISABLED"
    assert all("EndingSequenceNumber" in shard["SequenceNumberRange"] for shard in description["Shards"])
    assert [record["dynamodb"]["Keys"]["id"]["S"] for record in records(streams, first)] == ["a"]
    assert all(
        "NextShardIterator" not in streams.get_records(ShardIterator=iterator) for iterator in iterators(streams, first))

    client.update_table(
        TableName=table.name, StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})
    listed = [stream["StreamArn"] for stream in streams.list_streams(TableName=table.name)["Streams"]]
    table.load()
    assert listed == [first, table.latest_stream_arn] and first != table.latest_stream_arn
    assert records(streams, table.latest_stream_arn) == []


def test_errors(streams, table):
    with pytest.raises(streams.exceptions.ResourceNotFoundException):
        streams.describe_stream(StreamArn=table.table_arn + "/stream/2020-01-01T00:00:00.000")
    with pytest.raises(ClientError) as error:
        streams.get_records(ShardIterator="nonsense")
    assert error.value.response["Error"]["Code"] == "ValidationException"
