"""Point-in-time recovery of both halves: what they were at a moment, whatever was killed meanwhile."""

import os
import signal
import time

import pytest
from test_backup import backup, other  # noqa: F401


def put(home, name):
    home.psql(f"INSERT INTO web_users (github_id, github_username) VALUES ({abs(hash(name)) % 10**9}, '{name}')")
    home.aws("put-item", "--table-name", "mine", "--item", f'{{"id": {{"S": "{name}"}}}}')


def delete_all(home):
    home.psql("DELETE FROM web_users")
    for item in home.aws("scan", "--table-name", "mine")["Items"]:
        home.aws("delete-item", "--table-name", "mine", "--key", f'{{"id": {{"S": "{item["id"]["S"]}"}}}}')


def names(home):
    """What both halves hold: they must agree."""
    relational = set(home.psql("SELECT github_username FROM web_users").split())
    assert {item["id"]["S"] for item in home.aws("scan", "--table-name", "mine")["Items"]} == relational
    return relational


def now(home):
    time.sleep(0.05)
    moment = home.psql("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")
    time.sleep(0.05)
    return moment


@pytest.fixture
def running(home):
    home.up()
    home.aws("create-table", "--table-name", "mine", "--billing-mode", "PAY_PER_REQUEST", "--key-schema",
             "AttributeName=id,KeyType=HASH", "--attribute-definitions", "AttributeName=id,AttributeType=S")
    return home


def supervisor(home):
    return home.json("status")["pid"]


def postgres(home):
    return home.json("status")["postgres"]["pid"]


def test_both_halves_go_back_to_a_moment(running, other):  # noqa: F811
    home = running
    assert "is off" in home.run("recovery").stdout
    put(home, "before")
    home.aws("create-table", "--table-name", "gone", "--billing-mode", "PAY_PER_REQUEST", "--key-schema",
             "AttributeName=id,KeyType=HASH", "--attribute-definitions", "AttributeName=id,AttributeType=S")
    home.run("recovery", "enable", "--history", "3d")
    put(home, "wanted")
    home.run("license", "rotate")
    moment = now(home)
    put(home, "unwanted")
    # What was received must be whole after the death of either.
    os.kill(postgres(home), signal.SIGKILL)
    while not home.json("status", code=None)["postgres"].get("version"):
        time.sleep(0.1)
    put(home, "after a crash")
    os.kill(supervisor(home), signal.SIGKILL)
    home.up()
    while home.run("recovery", "status", code=None).returncode:
        time.sleep(0.1)
    later = now(home)
    delete_all(home)
    home.aws("delete-table", "--table-name", "gone")
    home.aws("create-table", "--table-name", "miyabi-restore-in-progress-mine", "--billing-mode", "PAY_PER_REQUEST",
             "--key-schema", "AttributeName=id,KeyType=HASH", "--attribute-definitions",
             "AttributeName=id,AttributeType=S")

    refused = other.run("restore", "--to", "2020-01-01T00:00:00Z", "--home", other.home, code=1, MIYABI_HOME=str(home.home))
    assert "no backup" in refused.stderr
    refused = other.run("restore", "--to", "2099-01-01T00:00:00Z", "--home", other.home, code=1, MIYABI_HOME=str(home.home))
    assert "in the future" in refused.stderr
    assert "a time (" in other.run("restore", "--to", "yesterday", code=64).stderr
    assert "never overwrites" in home.run("restore", "--to", moment, code=1).stderr
    refused = other.run("restore", "--to", moment, "--home", other.home, code=1, MIYABI_HOME=str(home.home))
    assert "gone was deleted since" in refused.stderr and not other.home.exists()
    assert "no table mien" in other.run("restore", "--to", moment, "--home", other.home, "--without", "mien", code=1,
                                        MIYABI_HOME=str(home.home)).stderr
    assert "already exists" in other.run("restore", "--to", moment, "--home", other.home, "--without", "gone", code=1,
                                         MIYABI_HOME=str(home.home)).stderr
    home.aws("describe-table", "--table-name", "miyabi-restore-in-progress-mine")
    home.aws("delete-table", "--table-name", "miyabi-restore-in-progress-mine")
    for target, expected in [(moment, {"before", "wanted"}), (later, {"before", "wanted", "unwanted", "after a crash"})]:
        other.run("restore", "--to", target, "--home", other.home, "--without", "gone", MIYABI_HOME=str(home.home))
        other.up()
        assert {name.replace("|", " ") for name in relational(other)} == expected
        assert {item["id"]["S"] for item in other.aws("scan", "--table-name", "mine")["Items"]} == expected
        assert other.psql("SELECT pg_is_in_recovery(), current_setting('hot_standby')") == "f|on"
        assert other.run("recovery").stdout.startswith("point-in-time recovery is off")
        assert other.run("license", "keys").stdout == home.run("license", "keys").stdout
        other.down()
        other.run("reset", "--yes")
    assert home.aws("list-tables")["TableNames"] == ["MiyabiAgentState", "MiyabiEvents", "MiyabiWebSocketMessages", "mine"]
    status = home.json("recovery", "status")
    assert status["status"]["days"] == 3 and status["both"]["earliest"] < moment < status["both"]["latest"]


def relational(home):
    return set(home.psql("SELECT github_username FROM web_users").splitlines())


def test_old_log_goes_with_the_backups_and_all_of_it_can_be_turned_off(running, other):  # noqa: F811
    home = running
    home.run("recovery", "enable")
    log, = (home.path / "backups").glob("wal-*")
    fill_segment(home, log)
    first = segments(log)
    backup(home)
    home.run("backup", "--keep", 1, "--yes")
    assert not set(segments(log)) & set(first), "no backup begins with these any more"
    for _ in range(2):
        fill_segment(home, log)
    assert home.json("recovery", "status")["both"]
    # A hole in the log is told, and not restored over.
    (log / segments(log)[-2]).unlink()
    assert "no backup has all the WAL" in home.run("recovery", code=3).stderr
    refused = other.run("restore", "--to", now(home), "--home", other.home, code=1, MIYABI_HOME=str(home.home))
    assert "is incomplete" in refused.stderr and not other.home.exists()
    # A table that keeps no history is told, too.
    home.aws("update-continuous-backups", "--table-name", "mine", "--point-in-time-recovery-specification",
             "PointInTimeRecoveryEnabled=false")
    assert "mine keeps no history" in home.run("recovery", code=3).stderr
    # To begin anew is to begin another log; the old one goes when no backup needs it.
    home.run("recovery", "disable", "--yes")
    home.run("recovery", "enable")
    assert len(list((home.path / "backups").glob("wal-*"))) == 2
    home.run("backup", "--keep", 1, "--yes")
    assert [log] != list((home.path / "backups").glob("wal-*")) and not log.exists()
    assert home.json("recovery", "status")["both"]
    home.run("recovery", "disable", "--yes")
    assert home.psql("SELECT count(*) FROM pg_replication_slots") == "0"
    recovery = home.aws("describe-continuous-backups", "--table-name", "mine")["ContinuousBackupsDescription"]
    assert recovery["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "DISABLED"
    assert "is off" in home.run("recovery", "status").stdout


def segments(log):
    return sorted(file.name for file in log.iterdir() if file.name.endswith(".sealed"))


def fill_segment(home, log):
    """Writes as much as a segment of the WAL holds, and waits until one more is received whole."""
    before = len(segments(log))
    home.psql("SELECT count(pg_logical_emit_message(false, 'test', repeat('x', 100000))) FROM generate_series(1, 170)")
    while len(segments(log)) == before:
        time.sleep(0.05)
