"""Every operation of the API is known, and those around tables answer as on an AWS account that has none of it."""

import json
import urllib.error
import urllib.request

import boto3
import pytest
from botocore.exceptions import ClientError


@pytest.fixture(scope="module")
def client(shared_home):
    return boto3.client(
        "dynamodb", endpoint_url=shared_home.connection["DYNAMODB_ENDPOINT"], region_name="ap-northeast-1",
        **shared_home.keys())


@pytest.fixture
def table(client):
    name = "control-plane"
    client.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    yield name
    client.delete_table(TableName=name)


def refused(code, call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    assert error.value.response["Error"]["Code"] == code, error.value
    return error.value.response["Error"]["Message"]


@pytest.mark.parametrize("service, prefix", [("dynamodb", "DynamoDB"), ("dynamodbstreams", "DynamoDBStreams")])
def test_every_operation_of_the_model_is_known(shared_home, service, prefix):
    model = boto3.session.Session().client(service, region_name="ap-northeast-1").meta.service_model
    unknown = []
    for operation in model.operation_names:
        request = urllib.request.Request(
            shared_home.connection["DYNAMODB_ENDPOINT"], data=b'{"no such member": 1}', headers={
                "X-Amz-Target": f"{prefix}_20120810.{operation}", "Content-Type": "application/x-amz-json-1.0",
                "Authorization": "AWS4-HMAC-SHA256 Credential=any"})
        try:
            urllib.request.urlopen(request, timeout=30).read()
        except urllib.error.HTTPError as error:
            if "UnknownOperation" in json.loads(error.read())["__type"]:
                unknown.append(operation)
    assert len(model.operation_names) in (4, 62)
    # They read and write files of S3, which is not here.
    bulk = [name for name in model.operation_names if "Bulk" in name]
    assert unknown == bulk and len(bulk) in (0, 4)


def test_what_there_is_none_of(client, table):
    arn = client.describe_table(TableName=table)["Table"]["TableArn"]
    assert client.list_exports()["ExportSummaries"] == []
    assert client.list_imports()["ImportSummaryList"] == []
    assert client.list_global_tables()["GlobalTables"] == []
    assert client.describe_kinesis_streaming_destination(TableName=table)["KinesisDataStreamDestinations"] == []
    refused("ExportNotFoundException", client.describe_export, ExportArn=f"{arn}/export/01")
    refused("ImportNotFoundException", client.describe_import, ImportArn=f"{arn}/import/01")
    refused("GlobalTableNotFoundException", client.describe_global_table, GlobalTableName=table)
    refused("GlobalTableNotFoundException", client.describe_global_table_settings, GlobalTableName=table)
    refused("ResourceNotFoundException", client.describe_table_replica_auto_scaling, TableName=table)
    refused("ResourceNotFoundException", client.enable_kinesis_streaming_destination, TableName=table,
            StreamArn="arn:aws:kinesis:ap-northeast-1:000000000000:stream/records")
    message = refused("ValidationException", client.create_global_table, GlobalTableName=table,
                      ReplicationGroup=[{"RegionName": "eu-west-1"}])
    assert "version 2017.11.29 is not supported" in message
    refused("PointInTimeRecoveryUnavailableException", client.export_table_to_point_in_time, TableArn=arn,
            S3Bucket="bucket")
    message = refused("ValidationException", client.update_table, TableName=table,
                      ReplicaUpdates=[{"Create": {"RegionName": "eu-west-1"}}])
    assert message.endswith("This server has no replicas in other regions")


def test_contributor_insights_are_kept(client, table):
    assert client.describe_contributor_insights(TableName=table)["ContributorInsightsStatus"] == "DISABLED"
    updated = client.update_contributor_insights(TableName=table, ContributorInsightsAction="ENABLE")
    assert updated["ContributorInsightsStatus"] == "ENABLING"
    assert client.describe_contributor_insights(TableName=table)["ContributorInsightsStatus"] == "ENABLED"
    listed = client.list_contributor_insights(TableName=table)["ContributorInsightsSummaries"]
    assert listed == [{"TableName": table, "ContributorInsightsStatus": "ENABLED",
                       "ContributorInsightsMode": "ACCESSED_AND_THROTTLED_KEYS"}]
