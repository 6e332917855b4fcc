"""PynamoDB, an object mapper, against the DynamoDB half: models, indexes, batches, transactions, versions, expiry."""

import datetime
import time
import uuid

import pytest
from pynamodb.attributes import (
    BinaryAttribute, BooleanAttribute, JSONAttribute, ListAttribute, MapAttribute, NumberAttribute, NumberSetAttribute,
    TTLAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute, VersionAttribute)
from pynamodb.connection import Connection
from pynamodb.exceptions import DeleteError, DoesNotExist, PutError, TransactWriteError, UpdateError
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection, LocalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactGet, TransactWrite


class ByUser(GlobalSecondaryIndex):
    class Meta:
        index_name = "by-user"
        projection = AllProjection()

    user = UnicodeAttribute(hash_key=True)
    at = NumberAttribute(range_key=True)


class ByTitle(LocalSecondaryIndex):
    class Meta:
        index_name = "by-title"
        projection = IncludeProjection(["at"])

    repository = UnicodeAttribute(hash_key=True)
    title = UnicodeAttribute(range_key=True)


class Label(MapAttribute):
    name = UnicodeAttribute()
    weight = NumberAttribute(null=True)


@pytest.fixture(scope="module")
def meta(shared_home):
    return dict(host=shared_home.connection["DYNAMODB_ENDPOINT"], region="ap-northeast-1", max_retry_attempts=0,
                billing_mode="PAY_PER_REQUEST", **shared_home.keys())


@pytest.fixture
def issues(meta):
    class Issue(Model):
        Meta = type("Meta", (), meta | {"table_name": f"issues-{uuid.uuid4().hex[:12]}"})

        repository = UnicodeAttribute(hash_key=True)
        number = NumberAttribute(range_key=True)
        user = UnicodeAttribute(null=True)
        at = NumberAttribute(default=0)
        title = UnicodeAttribute(null=True)
        open = BooleanAttribute(default=True)
        created = UTCDateTimeAttribute(null=True)
        patch = BinaryAttribute(null=True, legacy_encoding=False)
        watchers = UnicodeSetAttribute(null=True)
        lines = NumberSetAttribute(null=True)
        extra = JSONAttribute(null=True)
        labels = ListAttribute(of=Label, default=list)
        by_user = ByUser()
        by_title = ByTitle()

    Issue.create_table(wait=True)
    yield Issue
    Issue.delete_table()


@pytest.fixture
def sessions(meta):
    class Session(Model):
        Meta = type("Meta", (), meta | {"table_name": f"sessions-{uuid.uuid4().hex[:12]}"})

        id = UnicodeAttribute(hash_key=True)
        text = UnicodeAttribute(null=True)
        expires = TTLAttribute(null=True)
        version = VersionAttribute()

    Session.create_table(wait=True)
    yield Session
    Session.delete_table()


def test_models_come_back_as_they_were(issues):
    assert issues.exists() and issues.describe_table()["TableStatus"] == "ACTIVE"
    created = datetime.datetime(2026, 11, 30, 12, 30, 15, 123456, tzinfo=datetime.timezone.utc)
    issues("miyabi", 1, user="é", at=12.5, title="first", created=created, patch=b"\0\xff", watchers={"a", "b"},
           lines={1, 2.5}, extra={"deep": [1, None, {"x": True}]},
           labels=[Label(name="bug", weight=3), Label(name="rust")]).save()
    issue = issues.get("miyabi", 1, consistent_read=True)
    assert (issue.user, issue.at, issue.title, issue.open, issue.created) == ("é", 12.5, "first", True, created)
    assert (issue.patch, issue.watchers, issue.lines) == (b"\0\xff", {"a", "b"}, {1, 2.5})
    assert issue.extra == {"deep": [1, None, {"x": True}]}
    assert [(label.name, label.weight) for label in issue.labels] == [("bug", 3), ("rust", None)]
    issue.refresh()
    issue.delete()
    with pytest.raises(DoesNotExist):
        issues.get("miyabi", 1)


def test_updates_and_conditions(issues):
    issue = issues("miyabi", 1, title="first", watchers={"a"}, labels=[Label(name="bug")])
    issue.save(condition=issues.repository.does_not_exist())
    with pytest.raises(PutError) as refused:
        issue.save(condition=issues.repository.does_not_exist())
    assert refused.value.cause_response_code == "ConditionalCheckFailedException"
    issue.update(
        actions=[issues.at.set(issues.at + 5), issues.title.set("second"), issues.watchers.add({"b"}),
                 issues.labels.set(issues.labels.append([Label(name="new", weight=1)])),
                 issues.user.set(issues.user | "nobody")],
        condition=(issues.at == 0) & issues.title.startswith("fi") & (issues.watchers.contains("a")))
    assert (issue.at, issue.title, issue.watchers, issue.user) == (5, "second", {"a", "b"}, "nobody")
    issue.update(actions=[issues.user.remove(), issues.watchers.delete({"a", "b"}), issues.labels[0].remove()])
    assert (issue.user, issue.watchers, [label.name for label in issue.labels]) == (None, None, ["new"])
    with pytest.raises(UpdateError) as refused:
        issue.update(actions=[issues.at.set(9)], condition=issues.at.between(6, 8) | issues.title.is_in("x", "y"))
    assert refused.value.cause_response_code == "ConditionalCheckFailedException"
    with pytest.raises(DeleteError):
        issue.delete(condition=issues.title != "second")
    assert issues.get("miyabi", 1).at == 5


def test_queries_and_scans_go_page_by_page(issues):
    with issues.batch_write() as batch:
        for number in range(60):
            batch.save(issues("miyabi", number, user=f"user{number % 3}", at=-number, title=f"title {number:02}"))
        for number in range(5):
            batch.save(issues("other", number))
    assert [issue.number for issue in issues.query("miyabi", page_size=7)] == list(range(60))
    assert [issue.number for issue in issues.query("miyabi", issues.number > 50, scan_index_forward=False)] == list(
        range(59, 50, -1))
    assert issues.count("miyabi", issues.number.between(10, 19), filter_condition=issues.user == "user1") == 4
    assert issues.count() == 65
    assert sum(1 for _ in issues.scan(issues.user.does_not_exist(), page_size=10)) == 5
    # One page, then on from where it ended.
    page = issues.query("miyabi", limit=10)
    assert len(list(page)) == 10
    rest = issues.query("miyabi", last_evaluated_key=page.last_evaluated_key)
    assert [issue.number for issue in rest] == list(range(10, 60))
    # A global index, and a local one that lacks most attributes.
    assert [issue.number for issue in issues.by_user.query("user2", ByUser.at < -50, page_size=2)] == [59, 56, 53]
    found = list(issues.by_title.query("miyabi", ByTitle.title.startswith("title 0"), consistent_read=True))
    assert [(issue.number, issue.at, issue.user) for issue in found] == [(n, -n, None) for n in range(10)]
    # More keys than one request takes; those that are not there are left out.
    keys = [("miyabi", number) for number in range(59, -1, -1)] + [("absent", n) for n in range(60)]
    assert {issue.number for issue in issues.batch_get(keys)} == set(range(60))
    with issues.batch_write() as batch:
        for issue in issues.query("miyabi"):
            batch.delete(issue)
    assert issues.count() == 5


def test_transactions(issues, sessions, meta):
    connection = Connection(region=meta["region"], host=meta["host"], max_retry_attempts=0)
    connection.session.set_credentials(meta["aws_access_key_id"], meta["aws_secret_access_key"])
    issues("miyabi", 1, at=1).save()
    session = sessions("a", text="new")
    with TransactWrite(connection=connection, client_request_token=uuid.uuid4().hex) as transaction:
        transaction.save(session, condition=sessions.id.does_not_exist())
        transaction.update(issues("miyabi", 1), actions=[issues.at.add(1)], condition=issues.at == 1)
    with TransactGet(connection=connection) as transaction:
        issue, found = transaction.get(issues, "miyabi", 1), transaction.get(sessions, "a")
    assert issue.get().at == 2 and found.get().text == "new" and found.get().version == 1
    with pytest.raises(TransactWriteError) as refused:
        with TransactWrite(connection=connection) as transaction:
            transaction.delete(issues("miyabi", 1))
            transaction.condition_check(sessions, "a", condition=sessions.text == "old")
    # PynamoDB sends conditions first.
    assert [reason and reason.code for reason in refused.value.cancellation_reasons] == [
        "ConditionalCheckFailed", None]
    assert issues.get("miyabi", 1).at == 2


def test_versions_refuse_who_comes_second(sessions):
    sessions("a", text="one").save()
    first, second = sessions.get("a"), sessions.get("a")
    first.text = "first"
    first.save()
    assert first.version == 2
    second.text = "second"
    with pytest.raises(PutError) as refused:
        second.save()
    assert refused.value.cause_response_code == "ConditionalCheckFailedException"
    with pytest.raises(UpdateError):
        second.update(actions=[sessions.text.set("second")])
    with pytest.raises(DeleteError):
        second.delete()
    second.refresh()
    second.update(actions=[sessions.text.set("second")])
    assert (sessions.get("a").text, sessions.get("a").version) == ("second", 3)


def test_expiry(sessions, shared_home):
    # PynamoDB turns it on with the table.
    described = shared_home.dynamodb().describe_time_to_live(TableName=sessions.Meta.table_name)
    assert described["TimeToLiveDescription"] == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}
    sessions("gone", expires=datetime.timedelta(seconds=-60)).save()
    sessions("kept", expires=datetime.timedelta(days=1)).save()
    while sessions.count("gone", consistent_read=True):
        time.sleep(0.05)
    assert sessions.get("kept").expires > datetime.datetime.now(datetime.timezone.utc)
