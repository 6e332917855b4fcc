"""Transactions through boto3."""

import concurrent.futures
import random
import uuid

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError


@pytest.fixture(scope="module")
def client(shared_home):
    return shared_home.dynamodb()


@pytest.fixture(scope="module")
def table(client):
    name = f"transactions-{uuid.uuid4().hex[:12]}"
    client.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    client.get_waiter("table_exists").wait(TableName=name)
    yield name
    client.delete_table(TableName=name)


def wire(item):
    return {name: TypeSerializer().serialize(value) for name, value in item.items()}


def put(table, item, **more):
    return {"Put": {"TableName": table, "Item": wire(item)} | more}


def add(table, key, amount, least=0):
    return {"Update": {
        "TableName": table, "Key": wire({"id": key}), "UpdateExpression": "SET balance = balance + :a",
        "ConditionExpression": "balance >= :l", "ExpressionAttributeValues": wire({":a": amount, ":l": least})}}


def read(client, table, keys):
    found = client.transact_get_items(
        TransactItems=[{"Get": {"TableName": table, "Key": wire({"id": key})}} for key in keys])["Responses"]
    return [{k: TypeDeserializer().deserialize(v) for k, v in answer.get("Item", {}).items()} for answer in found]


def test_all_or_nothing(client, table):
    a, b, c = (uuid.uuid4().hex for _ in range(3))
    client.transact_write_items(TransactItems=[put(table, {"id": a, "n": 1}), put(table, {"id": b})])
    assert read(client, table, [a, b, c]) == [{"id": a, "n": 1}, {"id": b}, {}]
    with pytest.raises(client.exceptions.TransactionCanceledException) as error:
        client.transact_write_items(TransactItems=[
            put(table, {"id": c}),
            put(table, {"id": a}, ConditionExpression="attribute_not_exists(id)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD")])
    assert error.value.response["CancellationReasons"] == [
        {"Code": "None"},
        {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed",
         "Item": wire({"id": a, "n": 1})}]
    assert error.value.response["Message"].endswith("[None, ConditionalCheckFailed]")
    assert read(client, table, [c]) == [{}]


def test_a_token_is_spent_once(client, table):
    key, token = uuid.uuid4().hex, uuid.uuid4().hex[:36]
    client.transact_write_items(TransactItems=[put(table, {"id": key, "balance": 0})])
    for _ in range(3):
        client.transact_write_items(TransactItems=[add(table, key, 5)], ClientRequestToken=token)
    assert read(client, table, [key]) == [{"id": key, "balance": 5}]
    with pytest.raises(client.exceptions.IdempotentParameterMismatchException):
        client.transact_write_items(TransactItems=[add(table, key, 6)], ClientRequestToken=token)


def test_two_actions_on_one_item_are_refused(client, table):
    with pytest.raises(ClientError, match="cannot include multiple operations on one item"):
        client.transact_write_items(TransactItems=[put(table, {"id": "x"}), add(table, "x", 1)])


def test_transfers_keep_the_sum(client, table):
    accounts = [uuid.uuid4().hex for _ in range(6)]
    client.transact_write_items(TransactItems=[put(table, {"id": a, "balance": 50}) for a in accounts])

    def teller(seed):
        chance = random.Random(seed)
        for _ in range(25):
            one, other = chance.sample(accounts, 2)
            amount = chance.randint(1, 40)
            try:
                client.transact_write_items(
                    TransactItems=[add(table, one, -amount, least=amount), add(table, other, amount)])
            except client.exceptions.TransactionCanceledException:
                pass
            assert sum(account["balance"] for account in read(client, table, accounts)) == 300

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        list(pool.map(teller, range(6)))
    assert all(account["balance"] >= 0 for account in read(client, table, accounts))
