"""boto3, client and resource, against the DynamoDB half. The tests of one table run in order."""

import http.client
import json
import socket
import threading
import urllib.parse
import uuid
from decimal import Decimal

import boto3
import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.config import Config
from botocore.exceptions import ClientError
from serving import serving


def settings(url):
    return dict(endpoint_url=url, region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any",
                config=Config(retries={"max_attempts": 1}))


@pytest.fixture(scope="module")
def url(shared_home):
    """A server that takes any key: some requests here are signed with none."""
    with serving(shared_home, "--in-memory") as url:
        yield url


@pytest.fixture(scope="module")
def client(url):
    return boto3.client("dynamodb", **settings(url))


@pytest.fixture(scope="module")
def resource(url):
    return boto3.resource("dynamodb", **settings(url))


@pytest.fixture(scope="module")
def table(resource):
    table = make_events(resource)
    yield table
    table.delete()


def make_events(resource):
    name = f"check-{uuid.uuid4().hex[:12]}"
    key = lambda partition, sort: [
        {"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]
    table = resource.create_table(
        TableName=name, KeySchema=key("PK", "SK"), BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "PK", "AttributeType": "S"}, {"AttributeName": "SK", "AttributeType": "S"},
            {"AttributeName": "user", "AttributeType": "S"}, {"AttributeName": "at", "AttributeType": "N"}],
        GlobalSecondaryIndexes=[
            {"IndexName": "by-user", "KeySchema": key("user", "at"), "Projection": {"ProjectionType": "ALL"}},
            {"IndexName": "keys", "KeySchema": key("user", "SK"), "Projection": {"ProjectionType": "KEYS_ONLY"}}])
    table.wait_until_exists()
    return table


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response
    raise AssertionError(f"expected {code}")


def test_tables_are_created_described_listed_and_deleted(client, resource):
    table = make_events(resource)
    described = client.describe_table(TableName=table.name)["Table"]
    assert described["TableStatus"] == "ACTIVE"
    assert [index["IndexName"] for index in described["GlobalSecondaryIndexes"]] == ["by-user", "keys"]
    assert described["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table.name in [name for page in client.get_paginator("list_tables").paginate() for name in page["TableNames"]]
    refused("ResourceInUseException", client.create_table, TableName=table.name, BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "a", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "a", "AttributeType": "S"}])
    assert client.delete_table(TableName=table.name)["TableDescription"]["TableStatus"] == "DELETING"
    table.wait_until_not_exists()
    response = refused("ResourceNotFoundException", client.describe_table, TableName=table.name)
    assert response["Error"]["Message"] == f"Requested resource not found: Table: {table.name} not found"


def test_items_of_every_type_come_back(table, client):
    item = {
        "PK": "types", "SK": "é\u0000日本😀", "n": Decimal("-12345678901234567890.123456789"), "small": Decimal("1E-130"),
        "b": b"\x00\xff", "true": True, "none": None, "list": [1, "x", [None]], "map": {"a": {"b": Decimal("0.5")}},
        "ss": {"a", "b"}, "ns": {Decimal(1), Decimal("2.5")}, "bs": {b"x", b"y"}, "empty": "", "empties": [[], {}]}
    table.put_item(Item=item)
    found = table.get_item(Key={"PK": "types", "SK": item["SK"]}, ConsistentRead=True)["Item"]
    found["b"] = found["b"].value
    found["bs"] = {value.value for value in found["bs"]}
    assert found == item, found
    raw = client.get_item(TableName=table.name, Key={"PK": {"S": "types"}, "SK": {"S": item["SK"]}})["Item"]
    assert raw["n"] == {"N": "-12345678901234567890.123456789"}
    assert "Item" not in table.get_item(Key={"PK": "types", "SK": "absent"})


def test_conditions_hold_and_fail(table, client):
    item = {"PK": "conditions", "SK": "1", "v": 1}
    table.put_item(Item=item, ConditionExpression=Attr("PK").not_exists())
    response = refused(
        "ConditionalCheckFailedException", client.put_item, TableName=table.name,
        Item={"PK": {"S": "conditions"}, "SK": {"S": "1"}}, ConditionExpression="attribute_not_exists(PK)",
        ReturnValuesOnConditionCheckFailure="ALL_OLD")
    assert response["Item"]["v"] == {"N": "1"}, response
    assert response["Error"]["Message"] == "The conditional request failed"
    old = table.put_item(Item=item | {"v": 2}, ConditionExpression=Attr("v").eq(1), ReturnValues="ALL_OLD")
    assert old["Attributes"]["v"] == 1
    assert table.delete_item(Key={"PK": "conditions", "SK": "1"}, ReturnValues="ALL_OLD")["Attributes"]["v"] == 2


def test_batches_are_written(table, client):
    with table.batch_writer() as batch:
        for number in range(120):
            batch.put_item(Item={
                "PK": "batch", "SK": f"{number:04}", "user": f"u{number % 3}", "at": number, "pad": "x" * 300})
    assert table.query(KeyConditionExpression=Key("PK").eq("batch"), Select="COUNT")["Count"] == 120
    refused("ValidationException", client.batch_write_item, RequestItems={table.name: [
        {"DeleteRequest": {"Key": {"PK": {"S": "a"}, "SK": {"S": "a"}}}},
        {"PutRequest": {"Item": {"PK": {"S": "a"}, "SK": {"S": "a"}}}}]})


def test_queries_page_and_turn(table, client):
    pages = list(client.get_paginator("query").paginate(
        TableName=table.name, KeyConditionExpression="PK = :p AND SK BETWEEN :a AND :b",
        ExpressionAttributeValues={":p": {"S": "batch"}, ":a": {"S": "0010"}, ":b": {"S": "0050"}},
        PaginationConfig={"PageSize": 7}))
    found = [item["SK"]["S"] for page in pages for item in page["Items"]]
    assert found == [f"{number:04}" for number in range(10, 51)], found
    backward = table.query(
        KeyConditionExpression=Key("PK").eq("batch") & Key("SK").begins_with("01"), ScanIndexForward=False, Limit=3)
    assert [item["SK"] for item in backward["Items"]] == ["0119", "0118", "0117"]
    assert backward["LastEvaluatedKey"] == {"PK": "batch", "SK": "0117"}


def test_indexes_are_queried(table):
    found = table.query(
        IndexName="by-user", KeyConditionExpression=Key("user").eq("u1") & Key("at").gte(100),
        FilterExpression=Attr("pad").begins_with("x"), ProjectionExpression="#at", ExpressionAttributeNames={"#at": "at"})
    assert [item["at"] for item in found["Items"]] == [number for number in range(100, 120) if number % 3 == 1]
    page = table.query(IndexName="by-user", KeyConditionExpression=Key("user").eq("u0"), Limit=1)
    assert page["LastEvaluatedKey"] == {"PK": "batch", "SK": "0000", "user": "u0", "at": 0}
    keys = table.query(IndexName="keys", KeyConditionExpression=Key("user").eq("u2"), Limit=1)["Items"]
    assert keys == [{"PK": "batch", "SK": "0002", "user": "u2"}], keys
    refused("ValidationException", table.query, IndexName="by-user", ConsistentRead=True,
            KeyConditionExpression=Key("user").eq("u0"))


def test_scans_run_in_parallel_segments(table, resource):
    whole = {(item["PK"], item["SK"]) for item in table.scan(ConsistentRead=True)["Items"]}
    parts = []
    for segment in range(4):
        for page in resource.meta.client.get_paginator("scan").paginate(
                TableName=table.name, Segment=segment, TotalSegments=4, PaginationConfig={"PageSize": 9}):
            parts += [(item["PK"], item["SK"]) for item in page["Items"]]
    assert len(parts) == len(whole) and set(parts) == whole
    filtered = table.scan(FilterExpression=Attr("at").lt(5) & Attr("user").is_in(["u1"]))
    assert filtered["Count"] == 2 and filtered["ScannedCount"] == len(whole)


def test_capacity_is_returned(table):
    response = table.put_item(
        Item={"PK": "c", "SK": "c", "pad": "x" * 1500, "user": "c", "at": 1}, ReturnConsumedCapacity="INDEXES")
    consumed = response["ConsumedCapacity"]
    assert consumed["Table"]["CapacityUnits"] == 2 and consumed["CapacityUnits"] == 5, consumed


def test_errors_are_those_of_aws(table, client, resource):
    message = lambda response: response["Error"]["Message"]
    response = refused("ValidationException", table.get_item, Key={"PK": "only"})
    assert message(response) == "The provided key element does not match the schema"
    response = refused(
        "ValidationException", table.query, KeyConditionExpression="PK = :p", ExpressionAttributeValues={":p": 1})
    assert message(response).endswith("Condition parameter type does not match schema type")
    response = refused("ValidationException", table.scan, FilterExpression="name = :x", ExpressionAttributeValues={":x": 1})
    assert message(response).endswith("Attribute name is a reserved keyword; reserved keyword: name")
    response = refused("ResourceNotFoundException", client.get_item, TableName="absent", Key={"a": {"S": "a"}})
    assert message(response) == "Requested resource not found"
    assert len(response["ResponseMetadata"]["RequestId"]) == 52


def test_time_to_live_is_kept(table, client):
    client.update_time_to_live(
        TableName=table.name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"})
    described = client.describe_time_to_live(TableName=table.name)["TimeToLiveDescription"]
    assert described == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}


def test_writers_at_once_lose_nothing(table, url):
    def write(writer):
        own = boto3.resource("dynamodb", **settings(url)).Table(table.name)
        for number in range(50):
            own.put_item(Item={"PK": f"writer{writer}", "SK": f"{number:03}"})
    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for writer in range(8):
        assert table.query(KeyConditionExpression=Key("PK").eq(f"writer{writer}"), Select="COUNT")["Count"] == 50


def test_raw_http_behaves(table, url):
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    connection.request("GET", "/")
    response = connection.getresponse()
    assert response.status == 200 and response.read().startswith(b"healthy: " + address.netloc.encode())
    headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "DynamoDB_20120810.ListTables"}
    signed = headers | {"Authorization": "AWS4-HMAC-SHA256 Credential=any"}
    for sent, body, kind in [
            (headers, "{}", "MissingAuthenticationTokenException"), (signed, "{", "SerializationException"),
            (signed | {"X-Amz-Target": "DynamoDB_20120810.Nothing"}, "{}", "UnknownOperationException")]:
        connection.request("POST", "/", body, sent)
        response = connection.getresponse()
        answer = json.loads(response.read())
        assert response.status == 400 and answer["__type"].endswith("#" + kind), (response.status, answer)
    connection.request("POST", "/", "{}", signed)
    response = connection.getresponse()
    assert response.status == 200 and table.name in json.loads(response.read())["TableNames"]
    assert response.getheader("content-type") == "application/x-amz-json-1.0"
    connection.request("POST", "/", b" " * (16 * 1024 * 1024 + 1), signed)
    assert connection.getresponse().status == 413


def test_requests_are_pipelined(table, url):
    address = urllib.parse.urlsplit(url)
    with socket.create_connection((address.hostname, address.port)) as connection:
        requests = b""
        for number in range(20):
            body = json.dumps({"TableName": table.name, "Item": {
                "PK": {"S": "pipeline"}, "SK": {"S": str(number)}}, "ReturnConsumedCapacity": "TOTAL"}).encode()
            requests += (
                b"POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: any\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\n"
                b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body)
        connection.sendall(requests)
        connection.settimeout(10)
        received = b""
        while received.count(b"CapacityUnits") < 20:
            part = connection.recv(65536)
            assert part, "the connection was closed early"
            received += part
    assert received.count(b"HTTP/1.1 200 OK") == 20
