"""Keys with rights: what a policy forbids is refused, in AWS's words, and what it allows works. The control is the same request
with a key that has no policy."""

import json
import os
import subprocess

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from conftest import make_home, parse_environment, remove_home
from serving import serving

REGION = "eu-west-1"
ACCOUNT = "000000000000"


class Server:
    def __init__(self, home, url, verify=True):
        self.home, self.url, self.data, self.verify = home, url, home.path / "data", verify
        self.admin = self.client("admin")

    def keys(self, *arguments, **options):
        command, *rest = arguments
        return self.home.run("dynamodb", "keys", command, "--data", self.data, *rest, **options)

    def credentials(self, name, *policies):
        """A key's credentials, with policies that are names or statements."""
        options = []
        for index, policy in enumerate(policies):
            if not isinstance(policy, str):
                path = self.home.path / f"{name}-{index}.json"
                path.write_text(json.dumps({"Version": "2012-10-17", "Statement": policy}))
                policy = path
            options += ["--policy", policy]
        return parse_environment(self.keys("add", name, *options).stdout)

    def client(self, name, *policies, service="dynamodb"):
        key = self.credentials(name, *policies)
        return boto3.client(
            service, endpoint_url=self.url, region_name=REGION, aws_access_key_id=key["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=key["AWS_SECRET_ACCESS_KEY"], verify=self.verify, config=Config(retries={"max_attempts": 0}))


@pytest.fixture(scope="module")
def server():
    home = make_home()
    with serving(home, "--data", home.path / "data") as url:
        server = Server(home, url)
        for name in ["Notes", "Other"]:
            server.admin.create_table(
                TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[
                    {"AttributeName": "owner", "KeyType": "HASH"}, {"AttributeName": "id", "KeyType": "RANGE"}],
                AttributeDefinitions=[{"AttributeName": a, "AttributeType": "S"} for a in ["owner", "id", "tag"]],
                GlobalSecondaryIndexes=[{"IndexName": "ByTag", "Projection": {"ProjectionType": "ALL"},
                                         "KeySchema": [{"AttributeName": "tag", "KeyType": "HASH"}]}],
                StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
            for owner in ["ann", "bob"]:
                server.admin.put_item(TableName=name, Item=note(owner, "1", secret=f"{owner}'s"))
        yield server
    remove_home(home)


def note(owner, id, **others):
    return {name: {"S": value} for name, value in ({"owner": owner, "id": id, "tag": "t"} | others).items()}


def key(owner="ann", id="1"):
    return {"owner": {"S": owner}, "id": {"S": id}}


def arn(table, path=""):
    return f"arn:aws:dynamodb:*:*:table/{table}{path}"


def allow(actions, resource="*", effect="Allow", **condition):
    statement = {"Effect": effect, "Action": [f"dynamodb:{action}" for action in actions.split()], "Resource": resource}
    return statement | ({"Condition": condition} if condition else {})


def denied(call, *arguments, **options):
    with pytest.raises(ClientError) as error:
        call(*arguments, **options)
    assert error.value.response["Error"]["Code"] == "AccessDeniedException", error.value
    return error.value.response["Error"]["Message"]


def test_awss_words(server):
    client = server.client("words", [allow("GetItem", arn("Notes")), allow("Query", effect="Deny")])
    user = f"User: arn:aws:iam::{ACCOUNT}:user/words is not authorized to perform: dynamodb:"
    notes = f"on resource: arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/Notes"
    assert client.get_item(TableName="Notes", Key=key())["Item"]["secret"] == {"S": "ann's"}
    assert denied(client.put_item, TableName="Notes", Item=note("ann", "2")) == (
        f"{user}PutItem {notes} because no identity-based policy allows the dynamodb:PutItem action")
    query = dict(TableName="Notes", IndexName="ByTag", KeyConditionExpression="tag = :t",
                 ExpressionAttributeValues={":t": {"S": "t"}})
    assert denied(client.query, **query) == (
        f"{user}Query {notes}/index/ByTag with an explicit deny in an identity-based policy")
    assert "dynamodb:ListTables on resource: arn:aws:dynamodb" in denied(client.list_tables)
    # A table that there is not is not told of, either.
    denied(client.get_item, TableName="Absent", Key=key())
    # The control.
    assert server.admin.query(**query)["Count"] == 2 and "Notes" in server.admin.list_tables()["TableNames"]
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        server.admin.get_item(TableName="Absent", Key=key())


def test_what_came_in_clear_is_told_from_what_came_by_tls(server, home):
    by_tls = [allow("ListTables"), allow("ListTables", effect="Deny", Bool={"aws:SecureTransport": "false"})]
    in_clear = [allow("ListTables"), allow("ListTables", effect="Deny", Bool={"aws:SecureTransport": "true"})]
    denied(server.client("by-tls", by_tls).list_tables)
    assert server.client("in-clear", in_clear).list_tables()["TableNames"]
    data = home.path / "data"
    home.run("dynamodb", "keys", "add", "--data", data)
    with serving(home, "--data", data, "--tls") as url:
        own = Server(home, url, verify=str(data / "tls/authority.pem"))
        assert own.client("by-tls", by_tls).list_tables()["TableNames"] == []
        denied(own.client("in-clear", in_clear).list_tables)


def test_no_way_around_a_table(server):
    """Every way to read or write a table that is not allowed, by names and by ARNs of whatever region and account."""
    client = server.client("around", [allow("*"), allow("*", [arn("Other"), arn("Other", "/*")], effect="Deny")])
    elsewhere = "arn:aws:dynamodb:us-west-2:999999999999:table/Other"
    before = server.admin.scan(TableName="Other")["Items"]
    ways = [
        ("get_item", dict(TableName="Other", Key=key())), ("get_item", dict(TableName=elsewhere, Key=key())),
        ("put_item", dict(TableName="Other", Item=note("eve", "1"))), ("delete_item", dict(TableName="Other", Key=key())),
        ("update_item", dict(TableName=elsewhere, Key=key(), UpdateExpression="REMOVE secret")),
        ("scan", dict(TableName="Other")), ("scan", dict(TableName="Other", IndexName="ByTag")),
        ("batch_get_item", dict(RequestItems={"Notes": {"Keys": [key()]}, "Other": {"Keys": [key()]}})),
        ("batch_get_item", dict(RequestItems={elsewhere: {"Keys": [key()]}})),
        ("batch_write_item", dict(RequestItems={
            "Notes": [{"PutRequest": {"Item": note("eve", "1")}}], "Other": [{"DeleteRequest": {"Key": key()}}]})),
        ("transact_get_items", dict(TransactItems=[{"Get": {"TableName": "Other", "Key": key()}}])),
        ("transact_write_items", dict(TransactItems=[
            {"Put": {"TableName": "Notes", "Item": note("eve", "1")}}, {"Delete": {"TableName": "Other", "Key": key()}}])),
        ("transact_write_items", dict(TransactItems=[{"ConditionCheck": {
            "TableName": "Other", "Key": key(), "ConditionExpression": "attribute_exists(secret)"}}])),
        ("execute_statement", dict(Statement="SELECT * FROM Other")),
        ("execute_statement", dict(Statement='SELECT * FROM "Other"."ByTag"')),
        ("execute_statement", dict(Statement="DELETE FROM Other WHERE owner='ann' AND id='1'")),
        ("execute_transaction", dict(TransactStatements=[{"Statement": "UPDATE Other SET secret='' WHERE owner='ann' AND id='1'"}])),
        ("batch_execute_statement", dict(Statements=[{"Statement": "INSERT INTO Other VALUE {'owner':'eve','id':'1'}"}])),
        ("describe_table", dict(TableName="Other")), ("delete_table", dict(TableName="Other")),
        ("update_time_to_live", dict(TableName="Other", TimeToLiveSpecification={"AttributeName": "ttl", "Enabled": True})),
        ("update_continuous_backups", dict(
            TableName="Other", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})),
        ("create_backup", dict(TableName="Other", BackupName="stolen")),
        ("restore_table_to_point_in_time", dict(
            SourceTableName="Other", TargetTableName="Stolen", UseLatestRestorableTime=True)),
        ("tag_resource", dict(ResourceArn=elsewhere, Tags=[{"Key": "a", "Value": "b"}])),
        ("put_resource_policy", dict(ResourceArn=elsewhere, Policy="{}")),
    ]
    for name, request in ways:
        denied(getattr(client, name), **request)
    assert server.admin.scan(TableName="Other")["Items"] == before
    assert "Item" not in server.admin.get_item(TableName="Notes", Key=key("eve"))
    # Its stream and its backups, under whatever name.
    stream = server.admin.describe_table(TableName="Other")["Table"]["LatestStreamArn"]
    streams = server.client("around-streams", [allow("*"), allow("*", arn("Other", "/stream/*"), effect="Deny")],
                            service="dynamodbstreams")
    denied(streams.describe_stream, StreamArn=stream)
    denied(streams.describe_stream, StreamArn=stream.replace(REGION, "us-west-2") + "000")
    backup = server.admin.create_backup(TableName="Other", BackupName="own")["BackupDetails"]["BackupArn"]
    denied(client.describe_backup, BackupArn=backup.replace(REGION, "us-west-2"))
    denied(client.restore_table_from_backup, BackupArn=backup, TargetTableName="Stolen")
    # The controls: the admin may, and the client may with the other table.
    for name, request in ways[:7] + ways[10:12]:
        if name == "transact_write_items":
            continue
        getattr(server.admin, name)(**request)
    assert client.describe_table(TableName="Notes")["Table"]["TableStatus"] == "ACTIVE"
    assert client.execute_statement(Statement="SELECT * FROM Notes")["Items"]
    assert server.admin.describe_backup(BackupArn=backup)["BackupDescription"]


def test_own_partitions_only(server):
    own = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]}}
    actions = ("GetItem BatchGetItem Query PutItem UpdateItem DeleteItem BatchWriteItem ConditionCheckItem PartiQLSelect "
               "PartiQLUpdate")
    ann = server.client("ann", [allow(actions, arn("Notes"), **own)])
    assert ann.get_item(TableName="Notes", Key=key())["Item"]
    ann.put_item(TableName="Notes", Item=note("ann", "3"))
    owner = dict(TableName="Notes", KeyConditionExpression="#o = :o", ExpressionAttributeNames={"#o": "owner"})
    assert ann.query(**owner, ExpressionAttributeValues={":o": {"S": "ann"}})["Count"] >= 2
    assert ann.execute_statement(Statement="SELECT * FROM Notes WHERE owner='ann'")["Items"]
    ann.transact_write_items(TransactItems=[{"Delete": {"TableName": "Notes", "Key": key("ann", "3")}}])
    for name, request in [
            ("get_item", dict(TableName="Notes", Key=key("bob"))), ("put_item", dict(TableName="Notes", Item=note("bob", "9"))),
            ("query", owner | dict(ExpressionAttributeValues={":o": {"S": "bob"}})),
            ("batch_get_item", dict(RequestItems={"Notes": {"Keys": [key("ann"), key("bob")]}})),
            ("batch_write_item", dict(RequestItems={"Notes": [{"DeleteRequest": {"Key": key("bob")}}]})),
            ("transact_write_items", dict(TransactItems=[
                {"Put": {"TableName": "Notes", "Item": note("ann", "8")}}, {"Delete": {"TableName": "Notes", "Key": key("bob")}}])),
            ("execute_statement", dict(Statement="SELECT * FROM Notes WHERE owner='bob'")),
            ("execute_statement", dict(Statement="SELECT * FROM Notes WHERE owner IN ['ann','bob']")),
            ("execute_statement", dict(Statement="SELECT * FROM Notes")),
            ("execute_statement", dict(Statement="UPDATE Notes SET secret='' WHERE owner='bob' AND id='1'"))]:
        denied(getattr(ann, name), **request)
    assert "Item" not in server.admin.get_item(TableName="Notes", Key=key("ann", "8"))
    assert server.admin.get_item(TableName="Notes", Key=key("bob"))["Item"]["secret"] == {"S": "bob's"}


def test_named_attributes_only(server):
    named = {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["owner", "id", "tag"]},
             "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES",
                                      "dynamodb:ReturnValues": ["NONE", "UPDATED_OLD", "UPDATED_NEW"]}}
    client = server.client("named", [allow("GetItem Query Scan PutItem UpdateItem DeleteItem PartiQLSelect", **named)])
    tag = dict(ProjectionExpression="tag")
    assert client.get_item(TableName="Notes", Key=key(), **tag)["Item"] == {"tag": {"S": "t"}}
    assert client.scan(TableName="Notes", **tag)["Count"] >= 2
    assert client.execute_statement(Statement="SELECT tag FROM Notes WHERE owner='ann'")["Items"]
    client.update_item(TableName="Notes", Key=key("ann", "5"), UpdateExpression="SET tag = :t",
                       ExpressionAttributeValues={":t": {"S": "t"}})
    hidden = dict(ExpressionAttributeNames={"#s": "secret"})
    for name, request in [
            ("get_item", dict(TableName="Notes", Key=key())),
            ("get_item", dict(TableName="Notes", Key=key(), ProjectionExpression="#s.a", **hidden)),
            ("scan", dict(TableName="Notes")),
            ("scan", dict(TableName="Notes", FilterExpression="begins_with(#s, :s)", ExpressionAttributeValues={
                ":s": {"S": "a"}}, **hidden, **tag)),
            ("execute_statement", dict(Statement="SELECT * FROM Notes WHERE owner='ann'")),
            ("execute_statement", dict(Statement="SELECT tag FROM Notes WHERE owner='ann' AND secret='x'")),
            ("put_item", dict(TableName="Notes", Item=note("ann", "6", secret="x"))),
            ("update_item", dict(TableName="Notes", Key=key(), UpdateExpression="SET tag = #s", **hidden)),
            ("delete_item", dict(TableName="Notes", Key=key(), ReturnValues="ALL_OLD")),
            ("delete_item", dict(TableName="Notes", Key=key(), ConditionExpression="attribute_not_exists(tag)",
                                 ReturnValuesOnConditionCheckFailure="ALL_OLD"))]:
        denied(getattr(client, name), **request)
    assert server.admin.get_item(TableName="Notes", Key=key())["Item"]["secret"] == {"S": "ann's"}


def test_policies_of_tables_count(server):
    table = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/Notes"
    guest = server.client("guest", [allow("ListTables")])
    user = f"arn:aws:iam::{ACCOUNT}:user/guest"
    denied(guest.get_item, TableName="Notes", Key=key())

    def put(*statements):
        server.admin.put_resource_policy(ResourceArn=table, Policy=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Principal": {"AWS": user}} | s for s in statements]}))
    try:
        # The table allows what the key does not.
        put(allow("GetItem Query", [table, f"{table}/index/*"]))
        assert guest.get_item(TableName="Notes", Key=key())["Item"]
        denied(guest.put_item, TableName="Notes", Item=note("ann", "1"))
        denied(guest.get_item, TableName="Other", Key=key())
        # To allow the account leaves it to the keys' policies.
        put(allow("GetItem") | {"Principal": {"AWS": ACCOUNT}})
        denied(guest.get_item, TableName="Notes", Key=key())
        # A denial counts for everybody, also for a key that may do everything; that one can mend it.
        put(allow("GetItem", effect="Deny") | {"Principal": "*"})
        assert denied(server.admin.get_item, TableName="Notes", Key=key()).endswith(
            "with an explicit deny in a resource-based policy")
        assert server.admin.get_item(TableName="Other", Key=key("bob"))["Item"]
        for refused in ["{}", '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', "no JSON", json.dumps(
                {"Statement": allow("GetItem") | {"Principal": {"Service": "s3.amazonaws.com"}}})]:
            with pytest.raises(ClientError, match="ValidationException"):
                server.admin.put_resource_policy(ResourceArn=table, Policy=refused)
    finally:
        server.admin.delete_resource_policy(ResourceArn=table)
    assert server.admin.get_item(TableName="Notes", Key=key())["Item"]


def test_conditions_of_requests(server):
    for name, condition, allowed in [
            ("near", {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, True),
            ("far", {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, False),
            ("secure", {"Bool": {"aws:SecureTransport": "true"}}, False),
            ("past", {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}, False),
            ("here", {"StringEquals": {"aws:RequestedRegion": REGION}}, True),
            ("capacity", {"StringEquals": {"dynamodb:ReturnConsumedCapacity": "NONE"}}, True),
            ("together", {"StringEquals": {"dynamodb:EnclosingOperation": "TransactGetItems"}}, False)]:
        client = server.client(name, [allow("GetItem", **condition)])
        if allowed:
            assert client.get_item(TableName="Notes", Key=key())["Item"]
        else:
            denied(client.get_item, TableName="Notes", Key=key())
    reads = [{"Get": {"TableName": "Notes", "Key": key()}}]
    assert client.transact_get_items(TransactItems=reads)["Responses"]


def test_the_aws_cli(server):
    def aws(key, *arguments):
        done = subprocess.run(
            ["aws", "dynamodb", *arguments, "--endpoint-url", server.url, "--region", REGION],
            env=server.home.environment | key | {"AWS_PAGER": "", "PATH": os.environ["PATH"]}, capture_output=True,
            text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr
    limited, whole = server.credentials("cli", [allow("ListTables")]), server.credentials("cli-admin")
    scan = ["scan", "--table-name", "Notes"]
    assert aws(limited, "list-tables")[0] == 0 and aws(whole, *scan)[0] == 0
    code, text = aws(limited, *scan)
    assert code != 0 and "(AccessDeniedException)" in text and "user/cli is not authorized to perform: dynamodb:Scan" in text


def test_keys_and_their_policies_are_shown_and_replaced(server):
    client = server.client("changing", [allow("GetItem")])
    listed = server.home.lines("dynamodb", "keys", "list", "--data", server.data)
    row = next(row for row in listed if row.get("name") == "changing")
    assert row["limited"] and row["policies"] == ["changing-0"]
    assert "secret" not in server.keys("list").stdout and "may do everything" in server.keys("list").stdout
    assert json.loads(server.keys("policy", "changing").stdout)["Statement"] == [allow("GetItem")]
    denied(client.scan, TableName="Notes")
    server.keys("policy", "changing", "--set", "read-only", "--set", server.home.path / "changing-0.json")
    denied(client.scan, TableName="Notes")
    path = server.home.path / "scan.json"
    path.write_text(json.dumps({"Version": "2012-10-17", "Statement": allow("Scan")}, indent=2))
    server.keys("policy", row["id"], "--set", path)
    assert client.scan(TableName="Notes")["Count"] and denied(client.get_item, TableName="Notes", Key=key())
    assert "--yes" in server.keys("policy", "changing", "--unlimited", code=64).stderr
    server.keys("policy", "changing", "--unlimited", "--yes")
    assert client.list_tables()["TableNames"]
    # What is wrong is refused before there is a key.
    path.write_text('{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Allow","Action":"dynamodb:GetItm","Resource":"*"}]}')
    error = server.keys("add", "wrong", "--policy", path, code=64).stderr
    assert "statement 1 (One)" in error and "GetItm" in error
    assert "named changing" in server.keys("add", "changing", code=1).stderr
    assert "none of application" in server.keys("add", "wrong", "--policy", "absent", code=64).stderr
    assert not any(row.get("name") == "wrong" for row in server.home.lines("dynamodb", "keys", "list", "--data", server.data))
    server.keys("remove", "--yes", "changing")
    with pytest.raises(ClientError, match="UnrecognizedClientException"):
        client.list_tables()


def test_the_file_of_keys_cannot_say_what_is_not_understood(server):
    """Whoever adds a word to the file, or runs an older version beside a newer one, gives no key more than it has."""
    file = server.data / "keys"
    before = file.read_text()
    try:
        for words in ["limited policy=x:{}", "policy=x:{}", "unlimited", "limited policy=x"]:
            file.write_text(before + f"AKIAEXAMPLEEXAMPLE00 secret {words}\n")
            with pytest.raises(ClientError, match="InternalServerError"):
                server.admin.list_tables()
    finally:
        file.write_text(before)
    assert server.admin.list_tables()["TableNames"]


# MARK: What the product ships

SHIPPED = ["application", "relay", "operator", "read-only"]


@pytest.fixture(scope="module")
def product(server):
    """Miyabi's tables, made by the operator's key."""
    operator = server.credentials("operator", "operator")
    environment = operator | {"DYNAMODB_ENDPOINT": server.url, "AWS_REGION": REGION}
    server.home.up("--prepare", **environment)
    yield server
    server.home.down()


def product_environment(server, name, *policies):
    return server.credentials(name, *policies) | {"DYNAMODB_ENDPOINT": server.url, "AWS_REGION": REGION}


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_policies_are_for_aws_too(server, name):
    document = json.loads(server.home.run(
        "dynamodb", "policy", name, "--region", "ap-northeast-1", "--account", "123456789012").stdout)
    assert document["Version"] == "2012-10-17"
    for statement in document["Statement"]:
        assert all(r == "*" or r.startswith("arn:aws:dynamodb:ap-northeast-1:123456789012:") for r in statement["Resource"])
        assert not any("*" in action for action in statement["Action"])
    # IAM's limit of a managed policy.
    assert len("".join(json.dumps(document, separators=(",", ":")).split())) <= 6144
    server.credentials(f"shipped-{name}", name)


def test_the_operator_makes_the_tables(product):
    tables = product.admin.list_tables()["TableNames"]
    assert {"MiyabiEvents", "MiyabiAgentState", "MiyabiWebSocketMessages"} <= set(tables)
    ttl = product.admin.describe_time_to_live(TableName="MiyabiEvents")["TimeToLiveDescription"]
    assert ttl["TimeToLiveStatus"] in ["ENABLED", "ENABLING"]


def test_what_shipped_policies_forbid(product):
    item = {"PK": {"S": "x"}, "SK": {"S": "x"}}
    product.admin.put_item(TableName="MiyabiEvents", Item=item)
    clients = {name: product.client(f"forbidden-{name}", name) for name in SHIPPED}
    get = ("get_item", dict(TableName="MiyabiAgentState", Key=item))
    put = ("put_item", dict(TableName="MiyabiEvents", Item=item))
    scan = ("scan", dict(TableName="MiyabiEvents"))
    delete = ("delete_item", dict(TableName="MiyabiEvents", Key=item))
    forget = ("delete_item", dict(TableName="MiyabiAgentState", Key=item))
    drop = ("delete_table", dict(TableName="MiyabiEvents"))
    make = ("create_table", dict(TableName="Mine", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=[
        {"AttributeName": "a", "AttributeType": "S"}], KeySchema=[{"AttributeName": "a", "KeyType": "HASH"}]))
    other = ("get_item", dict(TableName="Notes", Key=key()))
    backup = ("create_backup", dict(TableName="MiyabiEvents", BackupName="own"))
    policy = ("put_resource_policy", dict(
        ResourceArn=f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/MiyabiEvents", Policy=json.dumps(
            {"Statement": allow("*") | {"Principal": "*"}})))
    for name, forbidden, permitted in [
            ("application", [scan, delete, drop, make, other, backup, policy], [get, put, forget]),
            ("relay", [scan, delete, forget, drop, make, other, backup, policy], [get, put]),
            ("operator", [get, put, scan, delete, drop, make, other, policy], [backup]),
            ("read-only", [put, delete, forget, drop, make, other, backup, policy], [get, scan])]:
        for method, request in forbidden:
            denied(getattr(clients[name], method), **request)
        for method, request in permitted:
            getattr(clients[name], method)(**request)
    # The control: without a policy the same are carried out.
    for method, request in [get, put, scan, delete, forget, backup, policy, other, make]:
        getattr(product.admin, method)(**request)
    product.admin.delete_resource_policy(ResourceArn=policy[1]["ResourceArn"])
    # What a subscription remembers, and nothing else.
    clients["relay"].delete_item(TableName="MiyabiAgentState", Key=item | {"PK": {"S": "SUBSCRIPTION#s"}})


def test_the_program_works_with_the_policy_that_it_needs(product):
    home = product.home
    events = ["events", "--type", "agent_execution"]
    reader = product_environment(product, "reader", "read-only")
    assert set(home.json("status", **reader)["dynamodb"]["tables"].values()) == {"ACTIVE"}
    home.run(*events, **reader)
    # The control: with another policy the program says what it may not, and is not taken for one that works.
    nothing = product_environment(product, "nothing", [allow("ListTables")])
    assert "not authorized to perform: dynamodb:DescribeTable" in home.run("status", "--json", code=3, **nothing).stdout
    assert "not authorized to perform: dynamodb:Query" in home.run(*events, code=1, **nothing).stderr
