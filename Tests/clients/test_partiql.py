"""PartiQL through boto3."""

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


@pytest.fixture(scope="module")
def table(client):
    name = f"music-{uuid.uuid4().hex[:12]}"
    client.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "Artist", "KeyType": "HASH"}, {"AttributeName": "SongTitle", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": "Artist", "AttributeType": "S"},
                              {"AttributeName": "SongTitle", "AttributeType": "S"}])
    client.get_waiter("table_exists").wait(TableName=name)
    yield name
    client.delete_table(TableName=name)


def refused(code, call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    assert error.value.response["Error"]["Code"] == code, error.value
    return error.value.response["Error"]["Message"]


def test_the_life_of_an_item(client, table):
    run = lambda statement, *parameters: client.execute_statement(
        Statement=statement.replace("Music", f'"{table}"'), **({"Parameters": list(parameters)} if parameters else {}))
    insert = """INSERT INTO Music VALUE {'Artist': 'Acme Band', 'SongTitle': 'PartiQL Rocks', 'Awards': 1,
                'Detail': {'Grammys': [2020, 2018]}, 'Members': <<'one', 'two'>>, 'Raw': ?}"""
    assert run(insert, {"B": b"\0\1"})["Items"] == []
    assert refused("DuplicateItemException", run, statement=insert.replace("?", "1")) \
        == "Duplicate primary key exists in table"

    key = "Artist = 'Acme Band' AND SongTitle = 'PartiQL Rocks'"
    found = run(f"SELECT Awards, Detail.Grammys[1], Raw FROM Music WHERE {key}")["Items"]
    assert found == [{"Awards": {"N": "1"}, "Grammys[1]": {"N": "2018"}, "Raw": {"B": b"\0\1"}}]

    updated = run(f"""UPDATE Music SET Awards = Awards + 1 SET Detail.Grammys = list_append(Detail.Grammys, [2016])
                      SET Members = set_delete(Members, <<'one'>>) REMOVE Raw WHERE {key} AND Awards = ?
                      RETURNING ALL NEW *""", {"N": "1"})["Items"]
    assert updated == [{"Artist": {"S": "Acme Band"}, "SongTitle": {"S": "PartiQL Rocks"}, "Awards": {"N": "2"},
                        "Detail": {"M": {"Grammys": {"L": [{"N": "2020"}, {"N": "2018"}, {"N": "2016"}]}}},
                        "Members": {"SS": ["two"]}}]
    refused("ConditionalCheckFailedException", run, statement=f"UPDATE Music SET Awards = 0 WHERE {key} AND Awards = 7")
    assert run(f"DELETE FROM Music WHERE {key} RETURNING ALL OLD *")["Items"] == updated
    assert run(f"SELECT * FROM Music WHERE {key}")["Items"] == []


def test_pages_and_capacity(client, table):
    for song in range(7):
        client.put_item(TableName=table, Item={"Artist": {"S": "pages"}, "SongTitle": {"S": f"song {song}"}})
    statement = f"SELECT SongTitle FROM \"{table}\" WHERE Artist = 'pages' ORDER BY SongTitle DESC"
    titles, arguments = [], {}
    while True:
        page = client.execute_statement(
            Statement=statement, Limit=3, ConsistentRead=True, ReturnConsumedCapacity="TOTAL", **arguments)
        assert page["ConsumedCapacity"]["CapacityUnits"] == 1
        titles += [item["SongTitle"]["S"] for item in page["Items"]]
        if "NextToken" not in page:
            break
        assert page["LastEvaluatedKey"]["Artist"] == {"S": "pages"}
        arguments = {"NextToken": page["NextToken"]}
    assert titles == [f"song {song}" for song in reversed(range(7))]
    refused("ValidationException", client.execute_statement, Statement=statement, NextToken="AAAA")


def test_batches(client, table):
    insert = lambda title: {"Statement": f"INSERT INTO \"{table}\" VALUE {{'Artist': ?, 'SongTitle': ?}}",
                            "Parameters": [{"S": "batch"}, {"S": title}]}
    done = client.batch_execute_statement(Statements=[insert("one"), insert("two"), insert("one" * 400)])["Responses"]
    assert [response.get("Error", {}).get("Code") for response in done] == [None, None, "ValidationError"]
    again = client.batch_execute_statement(Statements=[insert("one")])["Responses"]
    assert again == [{"TableName": table, "Error": {"Code": "DuplicateItem",
                                                    "Message": "Duplicate primary key exists in table"}}]
    read = lambda title: {"Statement": f"SELECT SongTitle FROM \"{table}\" WHERE Artist = 'batch' AND SongTitle = ?",
                          "Parameters": [{"S": title}]}
    found = client.batch_execute_statement(Statements=[read("two"), read("none")])["Responses"]
    assert found == [{"TableName": table, "Item": {"SongTitle": {"S": "two"}}}, {"TableName": table}]


def test_transactions(client, table):
    key = "Artist = 'transaction' AND SongTitle"
    run = lambda *statements: client.execute_transaction(
        TransactStatements=[{"Statement": statement.replace("Music", f'"{table}"')} for statement in statements])
    insert = "INSERT INTO Music VALUE {'Artist': 'transaction', 'SongTitle': 'one', 'n': 1}"
    assert run(insert, insert.replace("one", "two"))["Responses"] == []
    with pytest.raises(client.exceptions.TransactionCanceledException) as error:
        run(f"UPDATE Music SET n = 2 WHERE {key} = 'one'", insert.replace("one", "two"))
    assert [reason["Code"] for reason in error.value.response["CancellationReasons"]] == ["None", "DuplicateItem"]
    assert run(f"SELECT n FROM Music WHERE {key} = 'one'", f"SELECT n FROM Music WHERE {key} = 'none'")["Responses"] \
        == [{"Item": {"n": {"N": "1"}}}, {}]
    run(f"EXISTS(SELECT * FROM Music WHERE {key} = 'one' AND n = 1)", f"DELETE FROM Music WHERE {key} = 'two'")
    assert run(f"SELECT * FROM Music WHERE {key} = 'two'")["Responses"] == [{}]


def test_a_bad_parameter_fails_its_statement_alone(client, table):
    insert = f"INSERT INTO \"{table}\" VALUE {{'Artist': 'one', 'SongTitle': ?, 'n': ?}}"
    responses = client.batch_execute_statement(Statements=[
        {"Statement": insert, "Parameters": [{"S": "bad"}, {"N": "abc"}]},
        {"Statement": insert, "Parameters": [{"S": "good"}, {"N": "1"}]}])["Responses"]
    assert responses[0]["Error"]["Code"] == "ValidationError"
    assert "numeric value: abc" in responses[0]["Error"]["Message"]
    assert "Error" not in responses[1]
