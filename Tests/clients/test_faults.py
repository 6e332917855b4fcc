"""`miyabi dynamodb serve --faults`: what the SDK's retries make of it."""

import boto3
import pytest
from botocore.config import Config
from serving import serving


def client(url, attempts=10):
    return boto3.client("dynamodb", endpoint_url=url, region_name="us-east-1", aws_access_key_id="any",
                        aws_secret_access_key="any", config=Config(retries={"max_attempts": attempts}))


def create(client):
    client.create_table(
        TableName="faulty", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])


def put(client, number):
    return client.put_item(TableName="faulty", Item={"id": {"S": str(number)}})


def test_retries_get_every_write_through(home):
    with serving(home, "--in-memory", "--faults", "throttle=0.3,internal=0.1,seed=7") as url:
        dynamodb = client(url)
        create(dynamodb)
        answers = [put(dynamodb, number) for number in range(80)]
        assert sum(answer["ResponseMetadata"]["RetryAttempts"] for answer in answers) > 10
        assert dynamodb.scan(TableName="faulty")["Count"] == 80
    assert "fail on purpose" in home.server_log and "seed: 7" in home.server_log
    assert home.server_log.count("Injected a fault") > 10
    assert "operation: PutItem" in home.server_log and "fault: throttle" in home.server_log


def test_conflicts_are_told_as_on_aws(home):
    with serving(home, "--in-memory", "--faults", "conflict=1,latency=1ms") as url:
        dynamodb = client(url)
        create(dynamodb)
        with pytest.raises(dynamodb.exceptions.TransactionConflictException):
            put(dynamodb, 1)
        writes = [{"Put": {"TableName": "faulty", "Item": {"id": {"S": name}}}} for name in "abc"]
        with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as cancelled:
            dynamodb.transact_write_items(TransactItems=writes)
        codes = [reason["Code"] for reason in cancelled.value.response["CancellationReasons"]]
        assert sorted(codes) == ["None", "None", "TransactionConflict"]
        assert dynamodb.scan(TableName="faulty")["Count"] == 0


def test_an_internal_error_may_hide_a_write(home):
    data = ["--data", home.path / "data"]
    with serving(home, *data) as url:
        create(client(url))
    with serving(home, *data, "--faults", "internal=1,seed=1") as url:
        dynamodb = client(url, attempts=0)
        for number in range(20):
            with pytest.raises(dynamodb.exceptions.InternalServerError):
                put(dynamodb, number)
    with serving(home, *data) as url:
        assert 0 < client(url).scan(TableName="faulty")["Count"] < 20


@pytest.mark.parametrize("rates, words", [
    ("throttle=2", "from 0 to 1"), ("thorttle=1", "throttle, conflict, internal, latency, seed"), ("latency=5", "20ms")])
def test_bad_rates_are_named(home, rates, words):
    error = home.run("dynamodb", "serve", "--in-memory", "--faults", rates, code=64).stderr
    assert words in error and rates.split("=")[0] in error
