"""Vector search as boto3 sees it."""

import uuid

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError


@pytest.fixture(scope="module")
def client(shared_home):
    return boto3.client(
        "dynamodb", endpoint_url=shared_home.connection["DYNAMODB_ENDPOINT"], region_name="us-east-1",
        config=Config(retries={"max_attempts": 1}), **shared_home.keys())


def numbers(*values):
    return [{"N": str(value)} for value in values]


def test_the_nearest_items_of_a_partition_are_found(client):
    table = f"vectors-{uuid.uuid4().hex[:12]}"
    client.create_table(
        TableName=table, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("id", "user")],
        VectorIndexes=[{
            "IndexName": "memories", "VectorAttribute": {"AttributeName": "embedding"}, "Dimensions": 3,
            "DistanceFunction": "COSINE", "Projection": {"ProjectionType": "ALL"},
            "SearchSchema": [{"AttributeName": "user", "SearchSchemaElementType": "HASH"}]}])
    index = client.describe_table(TableName=table)["Table"]["VectorIndexes"][0]
    assert (index["IndexStatus"], index["Dimensions"]) == ("ACTIVE", 3)
    for key, user, vector in [("a", "u1", (1, 0, 0)), ("b", "u1", (0.6, 0.8, 0)), ("c", "u2", (1, 0, 0))]:
        written = client.put_item(
            TableName=table, ReturnConsumedCapacity="INDEXES",
            Item={"id": {"S": key}, "user": {"S": user}, "embedding": {"L": numbers(*vector)}})
        assert written["ConsumedCapacity"]["VectorIndexes"]["memories"]["VectorWriteRequestBytes"] == 1024

    def search(**more):
        return client.search_vectors(
            TableName=table, IndexName="memories", SearchVector=numbers(1, 0, 0), TopK=5, **more)

    found = search(
        SearchConditionExpression="#u = :u", ExpressionAttributeNames={"#u": "user"},
        ExpressionAttributeValues={":u": {"S": "u1"}}, ReturnConsumedCapacity="TOTAL")
    assert [result["Item"] for result in found["SearchResults"]] == [
        {"id": {"S": "a"}, "user": {"S": "u1"}}, {"id": {"S": "b"}, "user": {"S": "u1"}}]
    assert [result["Score"] for result in found["SearchResults"]] == pytest.approx([0, 0.4], abs=1e-6)
    assert found["ConsumedCapacity"]["VectorSearchRequestBytes"] >= 1024
    with pytest.raises(ClientError) as error:
        search()
    assert error.value.response["Error"]["Message"] == (
        "SearchConditionExpression must be provided when SearchSchema has a HASH key")
    client.update_table(TableName=table, VectorIndexUpdates=[{"Delete": {"IndexName": "memories"}}])
    assert "VectorIndexes" not in client.describe_table(TableName=table)["Table"]
    client.delete_table(TableName=table)
