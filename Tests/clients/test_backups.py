"""boto3 and the AWS CLI: backups and point-in-time recovery."""

import datetime
import time
import uuid

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def client(shared_home):
    return shared_home.dynamodb()


@pytest.fixture
def table(client):
    name = f"backed-up-{uuid.uuid4().hex[:12]}"
    client.create_table(
        TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    yield name
    client.delete_table(TableName=name)


def put(client, table, *ids):
    for id in ids:
        client.put_item(TableName=table, Item={"id": {"S": id}})


def ids(client, table):
    return {item["id"]["S"] for item in client.scan(TableName=table)["Items"]}


def available(client, arn):
    while client.describe_backup(BackupArn=arn)["BackupDescription"]["BackupDetails"]["BackupStatus"] != "AVAILABLE":
        time.sleep(0.01)


def test_a_table_is_restored_from_a_backup(client, table):
    put(client, table, "a", "b")
    details = client.create_backup(TableName=table, BackupName="nightly")["BackupDetails"]
    assert details["BackupStatus"] == "CREATING" and details["BackupType"] == "USER"
    available(client, details["BackupArn"])
    put(client, table, "c")
    listed = client.list_backups(TableName=table)["BackupSummaries"]
    assert [backup["BackupName"] for backup in listed] == ["nightly"]
    target = f"{table}-restored"
    created = client.restore_table_from_backup(TargetTableName=target, BackupArn=details["BackupArn"])
    assert created["TableDescription"]["TableStatus"] == "CREATING"
    client.get_waiter("table_exists").wait(TableName=target, WaiterConfig={"Delay": 1})
    assert ids(client, target) == {"a", "b"}
    client.delete_table(TableName=target)
    client.delete_backup(BackupArn=details["BackupArn"])
    with pytest.raises(client.exceptions.BackupNotFoundException):
        client.describe_backup(BackupArn=details["BackupArn"])


def test_a_table_is_restored_to_a_point_in_time(client, table):
    with pytest.raises(client.exceptions.PointInTimeRecoveryUnavailableException):
        client.restore_table_to_point_in_time(
            SourceTableName=table, TargetTableName=f"{table}-past", UseLatestRestorableTime=True)
    state = client.update_continuous_backups(
        TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 7}
    )["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert state["PointInTimeRecoveryStatus"] == "ENABLED" and state["RecoveryPeriodInDays"] == 7
    put(client, table, "a")
    # boto3 sends whole seconds.
    time.sleep(1.1 - time.time() % 1)
    moment = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    time.sleep(1)
    put(client, table, "b")
    client.delete_item(TableName=table, Key={"id": {"S": "a"}})
    target = f"{table}-past"
    client.restore_table_to_point_in_time(SourceTableName=table, TargetTableName=target, RestoreDateTime=moment)
    client.get_waiter("table_exists").wait(TableName=target, WaiterConfig={"Delay": 1})
    assert ids(client, target) == {"a"}
    assert ids(client, table) == {"b"}
    client.delete_table(TableName=target)


def test_the_cli_backs_up(shared_home, client, table):
    details = shared_home.aws("create-backup", "--table-name", table, "--backup-name", "by-hand")["BackupDetails"]
    available(client, details["BackupArn"])
    names = [backup["BackupName"] for backup in shared_home.aws("list-backups", "--table-name", table)["BackupSummaries"]]
    assert names == ["by-hand"]
    shared_home.aws("delete-backup", "--backup-arn", details["BackupArn"])


def test_a_deleted_table_leaves_a_backup(client):
    name = f"deleted-{uuid.uuid4().hex[:12]}"
    client.create_table(
        TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    client.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    put(client, name, "a", "b")
    assert client.delete_table(TableName=name)["TableDescription"]["TableStatus"] == "DELETING"
    client.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    [backup] = client.list_backups(TableName=name, BackupType="SYSTEM")["BackupSummaries"]
    assert backup["BackupName"] == f"{name}$DeletedTableBackup" and backup["BackupStatus"] == "AVAILABLE"
    client.restore_table_from_backup(TargetTableName=name, BackupArn=backup["BackupArn"])
    with pytest.raises((client.exceptions.TableInUseException, client.exceptions.TableAlreadyExistsException)):
        client.restore_table_from_backup(TargetTableName=name, BackupArn=backup["BackupArn"])
    client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    assert ids(client, name) == {"a", "b"}
    client.delete_table(TableName=name)
    client.delete_backup(BackupArn=backup["BackupArn"])
