"""Regions and access keys as boto3 sees them: what ARNs say, and who has which tables."""

import boto3
import pytest
from botocore.exceptions import ClientError
from conftest import parse_environment
from serving import serving


def client(url, region="eu-west-1", key="KEY1", service="dynamodb", secret="secret"):
    return boto3.client(
        service, endpoint_url=url, region_name=region, aws_access_key_id=key, aws_secret_access_key=secret)


def create(client, name="things"):
    return client.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})["TableDescription"]


def arn(region, name="things"):
    return f"arn:aws:dynamodb:{region}:000000000000:table/{name}"


def test_arns_and_records_say_the_region_of_the_request(home):
    with serving(home, "--data", home.path / "data") as url:
        table = create(client(url))
        assert table["TableArn"] == arn("eu-west-1")
        assert table["LatestStreamArn"] == f"{arn('eu-west-1')}/stream/{table['LatestStreamLabel']}"
        client(url).put_item(TableName="things", Item={"id": {"S": "1"}})
        # One namespace: the same table, from another region and with another key.
        other = client(url, "ap-northeast-1", "KEY2")
        assert other.describe_table(TableName="things")["Table"]["TableArn"] == arn("ap-northeast-1")
        streams = client(url, "ap-northeast-1", service="dynamodbstreams")
        stream = streams.describe_stream(StreamArn=table["LatestStreamArn"])["StreamDescription"]
        assert stream["StreamArn"].startswith(arn("ap-northeast-1"))
        regions = []
        for shard in stream["Shards"]:
            iterator = streams.get_shard_iterator(
                StreamArn=stream["StreamArn"], ShardId=shard["ShardId"],
                ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
            regions += [record["awsRegion"] for record in streams.get_records(ShardIterator=iterator)["Records"]]
        assert regions == ["ap-northeast-1"]


@pytest.mark.parametrize("arguments, environment", [
    (["--region", "eu-central-1"], {"AWS_REGION": "us-west-2"}),
    ([], {"AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "us-west-2"}),
    ([], {"AWS_DEFAULT_REGION": "eu-central-1"})])
def test_a_region_that_is_set_is_told(home, arguments, environment):
    home.environment |= environment
    with serving(home, "--in-memory", *arguments) as url:
        assert create(client(url))["TableArn"] == arn("eu-central-1")


def test_a_text_that_is_no_region_is_refused(home):
    done = home.run("dynamodb", "serve", "--in-memory", "--region", "eu:west", code=64)
    assert "--region must be a region's name such as ap-northeast-1" in done.stderr
    done = home.run("dynamodb", "serve", "--in-memory", code=64, AWS_REGION="eu/west")
    assert "AWS_REGION must be a region's name" in done.stderr
    assert "--isolate" in home.run("dynamodb", "serve", "--in-memory", "--isolate", "region,table", code=64).stderr


@pytest.mark.parametrize("isolate, regions_apart, keys_apart", [
    ("region", True, False), ("key", False, True), ("region,key", True, True)])
def test_each_has_its_own_tables(home, isolate, regions_apart, keys_apart):
    data = home.path / "data"
    others = {"region": ("ap-northeast-1", "KEY1"), "key": ("eu-west-1", "KEY2")}
    for run in range(2):
        with serving(home, "--data", data, "--isolate", isolate) as url:
            first = client(url)
            if run == 0:
                create(first)
                first.put_item(TableName="things", Item={"id": {"S": "first"}})
            assert [item["id"]["S"] for item in first.scan(TableName="things")["Items"]] == ["first"]
            for name, is_apart in [("region", regions_apart), ("key", keys_apart)]:
                other = client(url, *others[name])
                names = other.list_tables()["TableNames"]
                if not is_apart:
                    assert names == ["things"]
                    continue
                if run == 0:
                    assert names == []
                    with pytest.raises(ClientError) as error:
                        other.scan(TableName="things")
                    assert error.value.response["Error"]["Code"] == "ResourceNotFoundException"
                    assert create(other)["TableArn"] == arn(others[name][0])
                    other.put_item(TableName="things", Item={"id": {"S": name}})
                assert [item["id"]["S"] for item in other.scan(TableName="things")["Items"]] == [name]
    # None of them are those that all share.
    with serving(home, "--data", data) as url:
        assert client(url).list_tables()["TableNames"] == []


def test_up_says_the_configured_region_and_keeps_its_own_tables(home):
    home.up("--isolate", "key", AWS_REGION="eu-north-1")
    url = home.connection["DYNAMODB_ENDPOINT"]
    assert home.connection["AWS_REGION"] == "eu-north-1"
    own = boto3.client("dynamodb", endpoint_url=url, region_name="eu-north-1", **home.keys())
    names = own.list_tables()["TableNames"]
    assert len(names) == 3
    table = own.describe_table(TableName=names[0])["Table"]
    assert table["TableArn"] == arn("eu-north-1", names[0])
    other = parse_environment(home.run("dynamodb", "keys", "add").stdout)
    other = client(url, "eu-north-1", other["AWS_ACCESS_KEY_ID"], secret=other["AWS_SECRET_ACCESS_KEY"])
    assert other.list_tables()["TableNames"] == []
