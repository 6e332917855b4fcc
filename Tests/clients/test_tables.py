"""Tables as boto3 sees them: UpdateTable, indexes that are added and deleted, tags, policies, limits, throttling."""

import json
import time
import uuid

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from serving import serving


def settings(url):
    return dict(endpoint_url=url, region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any",
                config=Config(retries={"max_attempts": 1}))


@pytest.fixture(scope="module")
def client(shared_home):
    return boto3.client("dynamodb", **settings(shared_home.connection["DYNAMODB_ENDPOINT"]) | shared_home.keys())


@pytest.fixture
def table(client):
    name = f"tables-{uuid.uuid4().hex[:12]}"
    create(client, name)
    yield name
    client.update_table(TableName=name, DeletionProtectionEnabled=False)
    client.delete_table(TableName=name)


def create(client, name, **more):
    billing = {} if "ProvisionedThroughput" in more else {"BillingMode": "PAY_PER_REQUEST"}
    return client.create_table(
        TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], **billing, **more)["TableDescription"]


def refused(code, call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    assert error.value.response["Error"]["Code"] == code, error.value
    return error.value.response["Error"]["Message"]


def wait_for_index(client, name, index):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        table = client.describe_table(TableName=name)["Table"]
        found = {one["IndexName"]: one for one in table.get("GlobalSecondaryIndexes", [])}
        if found[index]["IndexStatus"] == "ACTIVE" and table["TableStatus"] == "ACTIVE":
            return found[index]
        time.sleep(0.02)
    raise AssertionError("the index does not become active")


def test_an_index_is_added_filled_and_deleted(client, table):
    for number in range(60):
        client.put_item(TableName=table, Item={
            "id": {"S": str(number)}, "group": {"S": f"g{number % 3}"}, "rank": {"N": str(number)}})
    client.put_item(TableName=table, Item={"id": {"S": "wrong"}, "group": {"N": "1"}, "rank": {"N": "1"}})
    client.put_item(TableName=table, Item={"id": {"S": "sparse"}, "group": {"S": "g0"}})
    create = {"IndexName": "by-group", "Projection": {"ProjectionType": "KEYS_ONLY"}, "KeySchema": [
        {"AttributeName": "group", "KeyType": "HASH"}, {"AttributeName": "rank", "KeyType": "RANGE"}]}
    changed = client.update_table(
        TableName=table, GlobalSecondaryIndexUpdates=[{"Create": create}], AttributeDefinitions=[
            {"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "group", "AttributeType": "S"},
            {"AttributeName": "rank", "AttributeType": "N"}])["TableDescription"]
    assert changed["TableStatus"] == "UPDATING"
    assert changed["GlobalSecondaryIndexes"][0]["IndexStatus"] == "CREATING"
    index = wait_for_index(client, table, "by-group")
    assert index["ItemCount"] == 60 and "Backfilling" not in index
    found = client.query(
        TableName=table, IndexName="by-group", KeyConditionExpression="#g = :g AND #r > :r",
        ExpressionAttributeNames={"#g": "group", "#r": "rank"},
        ExpressionAttributeValues={":g": {"S": "g1"}, ":r": {"N": "50"}})["Items"]
    assert [item["id"]["S"] for item in found] == ["52", "55", "58"]

    message = refused("ValidationException", client.update_table, TableName=table, GlobalSecondaryIndexUpdates=[
        {"Create": create}], AttributeDefinitions=[{"AttributeName": "group", "AttributeType": "S"}])
    assert message == "Attempting to create an index which already exists"
    message = refused("LimitExceededException", client.update_table, TableName=table, GlobalSecondaryIndexUpdates=[
        {"Delete": {"IndexName": "by-group"}}, {"Delete": {"IndexName": "other"}}])
    assert message == (
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table")

    deleted = client.update_table(
        TableName=table, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-group"}}])["TableDescription"]
    assert deleted["GlobalSecondaryIndexes"][0]["IndexStatus"] == "DELETING"
    described = client.describe_table(TableName=table)["Table"]
    assert "GlobalSecondaryIndexes" not in described
    assert described["AttributeDefinitions"] == [{"AttributeName": "id", "AttributeType": "S"}]


def test_a_fresh_table_is_described_as_on_aws(client, table):
    described = client.describe_table(TableName=table)["Table"]
    assert described["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert described["ProvisionedThroughput"] == {
        "NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    assert described["WarmThroughput"] == {
        "ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000, "Status": "ACTIVE"}
    assert described["DeletionProtectionEnabled"] is False
    assert described["TableArn"].endswith(f":table/{table}")
    assert set(described) == {
        "AttributeDefinitions", "TableName", "KeySchema", "TableStatus", "CreationDateTime", "ProvisionedThroughput",
        "TableSizeBytes", "ItemCount", "TableArn", "TableId", "BillingModeSummary", "WarmThroughput",
        "DeletionProtectionEnabled"}
    name = f"tables-{uuid.uuid4().hex[:12]}"
    create(client, name, ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 6})
    described = client.describe_table(TableName=name)["Table"]
    assert "BillingModeSummary" not in described
    assert described["ProvisionedThroughput"] == {
        "NumberOfDecreasesToday": 0, "ReadCapacityUnits": 5, "WriteCapacityUnits": 6}
    client.delete_table(TableName=name)


def test_settings_are_changed(client, table):
    client.update_table(TableName=table, BillingMode="PROVISIONED", ProvisionedThroughput={
        "ReadCapacityUnits": 10, "WriteCapacityUnits": 10})
    client.update_table(TableName=table, ProvisionedThroughput={"ReadCapacityUnits": 4, "WriteCapacityUnits": 20})
    settings = {"DeletionProtectionEnabled": True, "TableClass": "STANDARD_INFREQUENT_ACCESS",
                "SSESpecification": {"Enabled": True, "SSEType": "KMS"}}
    # AWS takes one at a time.
    message = refused("ValidationException", client.update_table, TableName=table, **settings)
    assert message == ("One or more parameter values were invalid: Server-Side Encryption modification must be the "
                       "only operation in the request")
    for name, value in settings.items():
        client.update_table(TableName=table, **{name: value})
    described = client.describe_table(TableName=table)["Table"]
    throughput = described["ProvisionedThroughput"]
    assert throughput["NumberOfDecreasesToday"] == 1
    assert throughput["LastDecreaseDateTime"] and throughput["LastIncreaseDateTime"]
    assert described["BillingModeSummary"]["BillingMode"] == "PROVISIONED"
    assert described["TableClassSummary"]["TableClass"] == "STANDARD_INFREQUENT_ACCESS"
    assert described["SSEDescription"]["Status"] == "ENABLED"
    refused("ValidationException", client.delete_table, TableName=table)
    refused("ValidationException", client.update_table, TableName=table)


def test_tags_policies_and_limits(client, table):
    arn = client.describe_table(TableName=table)["Table"]["TableArn"]
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "data"}, {"Key": "cost", "Value": "1"}])
    client.untag_resource(ResourceArn=arn, TagKeys=["cost"])
    assert client.list_tags_of_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "data"}]

    refused("PolicyNotFoundException", client.get_resource_policy, ResourceArn=arn)
    policy = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "dynamodb:GetItem", "Resource": arn}]})
    revision = client.put_resource_policy(ResourceArn=arn, Policy=policy)["RevisionId"]
    assert client.get_resource_policy(ResourceArn=arn)["Policy"] == policy
    assert client.delete_resource_policy(ResourceArn=arn, ExpectedRevisionId=revision)["RevisionId"] == revision

    assert client.describe_limits()["AccountMaxReadCapacityUnits"] == 80000
    assert client.describe_endpoints()["Endpoints"][0]["CachePeriodInMinutes"] == 1440
    client.put_item(TableName=arn, Item={"id": {"S": "by ARN"}})
    assert client.get_item(TableName=table, Key={"id": {"S": "by ARN"}})["Item"]


def test_throughput_is_enforced_when_asked_to(home):
    with serving(home, "--data", home.path / "alone", "--enforce-throughput") as url:
        client = boto3.client("dynamodb", **settings(url))
        create(client, "narrow", ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1})
        # One write takes 300 units: for as long as this test can last there is nothing left.
        client.put_item(TableName="narrow", Item={"id": {"S": "1"}, "data": {"S": "x" * 300_000}})
        message = refused("ProvisionedThroughputExceededException", client.put_item, TableName="narrow",
                          Item={"id": {"S": "2"}})
        assert message == (
            "The level of configured provisioned throughput for the table was exceeded. Consider increasing your "
            "provisioning level with the UpdateTable API.")
        client.update_table(TableName="narrow", ProvisionedThroughput={
            "ReadCapacityUnits": 1, "WriteCapacityUnits": 40_000})
        retrying = boto3.client("dynamodb", **settings(url) | {"config": Config(retries={"max_attempts": 10})})
        retrying.put_item(TableName="narrow", Item={"id": {"S": "2"}})
