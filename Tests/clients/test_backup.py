"""Backups of both halves: made under load, damaged, broken off, and restored where there was nothing."""

import gzip
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import threading
import time

import pytest
from conftest import Home
from sealed import plain
from test_migrate import write
from test_outbox import execution, opened, people, statuses, told


@pytest.fixture
def other(home):
    """A second home, in the same place for backups."""
    path = home.path / "other"
    path.mkdir(mode=0o755)
    os.chmod(path, 0o755)
    other = Home(path)
    other.environment["MIYABI_BACKUPS"] = home.environment["MIYABI_BACKUPS"] = str(home.path / "backups")
    other.environment["MIYABI_BACKUP_KEY"] = str(home.home / "secrets/master-key")
    yield other
    other.down()
    other.run("reset", "--yes", code=None)


def backup(home):
    return pathlib.Path(home.run("backup").stdout.strip())


def kept(directory):
    return sorted(name for name in os.listdir(directory) if name not in [".gitignore", "lock"])


def test_both_halves_come_back_as_they_were(home, other):
    home.up()
    people(home)
    home.run("license", "rotate")
    home.aws("create-table", "--table-name", "mine", "--billing-mode", "PAY_PER_REQUEST", "--key-schema",
             "AttributeName=id,KeyType=HASH", "--attribute-definitions", "AttributeName=id,AttributeType=S",
             "--tags", "Key=owner,Value=ann")
    home.aws("update-continuous-backups", "--table-name", "mine", "--point-in-time-recovery-specification",
             "PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=7")
    home.aws("update-table", "--table-name", "mine", "--deletion-protection-enabled")
    home.aws("put-item", "--table-name", "mine", "--item", '{"id": {"S": "it\'s"}, "n": {"N": "1"}}')
    made = backup(home)
    assert made.parent == home.path / "backups" and oct(made.stat().st_mode)[-3:] == "700"
    assert all(oct(file.stat().st_mode)[-3:] == "600" for file in made.rglob("*") if file.is_file())
    home.aws("put-item", "--table-name", "mine", "--item", '{"id": {"S": "later"}}')
    home.psql("DELETE FROM websocket_connections")
    assert home.aws("list-backups")["BackupSummaries"] == [], "the engine's own copies are gone"

    assert other.run("restore").stdout.strip() == str(other.home)
    other.up()
    assert other.psql("SELECT github_username, connection_id FROM web_users, websocket_connections") == "ann|connection-1"
    assert other.psql("SELECT count(*) FROM pg_replication_slots") == "0"
    assert other.aws("scan", "--table-name", "mine")["Items"] == [{"id": {"S": "it's"}, "n": {"N": "1"}}]
    first = home.aws("describe-table", "--table-name", "MiyabiEvents")["Table"]
    again = other.aws("describe-table", "--table-name", "MiyabiEvents")["Table"]
    for part in ["KeySchema", "StreamSpecification"]:
        assert again[part] == first[part]
    for name in ["MiyabiEvents", "MiyabiAgentState", "MiyabiWebSocketMessages"]:
        expiry = other.aws("describe-time-to-live", "--table-name", name)["TimeToLiveDescription"]
        assert expiry == {"TimeToLiveStatus": "ENABLED", "AttributeName": "ttl"}
    recovery = other.aws("describe-continuous-backups", "--table-name", "mine")["ContinuousBackupsDescription"]
    assert recovery["PointInTimeRecoveryDescription"]["RecoveryPeriodInDays"] == 7
    assert "protect" in other.aws("delete-table", "--table-name", "mine", code=255)
    arn = other.aws("describe-table", "--table-name", "mine")["Table"]["TableArn"]
    assert other.aws("list-tags-of-resource", "--resource-arn", arn)["Tags"] == [{"Key": "owner", "Value": "ann"}]
    assert other.run("license", "keys").stdout == home.run("license", "keys").stdout
    # And a backup of what was restored is as good as the first.
    assert {table["name"]: table["items"] for table in other.json("backup")["tables"]}["mine"] == 1
    assert [entry["name"] for entry in other.lines("backup", "list")] == kept(home.path / "backups")


def test_a_drill_proves_a_backup_and_leaves_nothing(home):
    home.up()
    people(home)
    directory = home.path / "miyabi-backups"
    first, second, third = [home.json("backup", "--keep", 2, "--yes")["name"] for _ in range(3)]
    assert kept(directory) == [second, third]
    report = home.json("backup", "drill")
    assert report["backup"] == third and report["tables"] == 3 and report["migrations"] >= 15
    drill = home.run("backup", "drill", second)
    assert f"{second} is good" in drill.stdout and drill.stderr == ""
    # Whole for us, and not for PostgreSQL: a page that was damaged before the backup.
    damage(home, directory / second)
    assert "pg_verifybackup" in home.run("backup", "drill", second, "--trust", code=1).stderr
    assert sorted(entry.name for entry in home.path.iterdir()) == ["miyabi", "miyabi-backups", "work"]
    assert home.psql("SELECT github_username FROM web_users") == "ann"


def test_own_migrations_are_drilled_and_restored(home, other):
    """MIYABI_MIGRATIONS is not in a backup: its rows and tables are, and the restored home goes on from there."""
    mine = home.path / "mine"
    write(mine, "001_tags", "CREATE TABLE tags (name text);\n", "DROP TABLE tags;\n")
    home.environment["MIYABI_MIGRATIONS"] = str(mine)
    home.up()
    home.psql("INSERT INTO tags VALUES ('kept')")
    home.run("backup")
    # Written after the backup: not part of it, whatever the directory says by now.
    write(mine, "002_more", "ALTER TABLE tags ADD weight int;\n", "ALTER TABLE tags DROP weight;\n")
    home.run("migrate", "run")
    home.psql("UPDATE tags SET weight = 1")

    report = home.json("backup", "drill")
    assert report["own_migrations"] == 1
    assert "migrations applied and 1 of your own" in home.run("backup", "drill").stdout

    other.run("restore")
    other.up()
    assert other.psql("SELECT name FROM tags") == "kept"
    assert other.json("status")["postgres"]["own_migrations"] == {"missing": 1}
    other.down()
    other.environment["MIYABI_MIGRATIONS"] = str(mine)
    other.up()
    assert other.json("status")["postgres"]["own_migrations"] == {"applied": 2}
    assert other.psql("SELECT name, weight FROM tags") == "kept|"
    assert home.psql("SELECT name, weight FROM tags") == "kept|1"


def test_drills_run_beside_each_other_and_clear_up(home):
    home.up()
    home.run("backup")
    killed = home.path / "miyabi-drill-killed"
    killed.mkdir()
    for name in "miyabi-home", "drill":
        (killed / name).touch()
    drills = [subprocess.Popen(home.command("backup", "drill"), cwd=home.work, env=home.environment,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for drill in drills:
        out, err = drill.communicate(timeout=120)
        assert drill.returncode == 0 and "is good" in out, err
    assert sorted(entry.name for entry in home.path.iterdir()) == ["miyabi", "miyabi-backups", "work"]


def damage(home, made):
    """Changes a page inside the archive, and gives the backup the right checksum for it."""
    archive = made / "postgres.tar.gz.sealed"
    with plain(home, archive) as inside:
        content = bytearray(gzip.decompress(inside.read_bytes()))
        place = content.find(b"base/1/1259")
        content[place - place % 512 + 512 + 4000] ^= 1
        inside.write_bytes(gzip.compress(bytes(content), 1))
    inside.unlink()
    description = json.loads((made / "backup.json").read_text())
    file, = [file for file in description["files"] if file["path"] == archive.name]
    file.update(bytes=archive.stat().st_size, sha256=hashlib.sha256(archive.read_bytes()).hexdigest())
    (made / "backup.json").write_text(json.dumps(description))


def test_what_postgresql_has_delivered_is_in_dynamodb(home, other):
    home.up()
    people(home)
    stopped = threading.Event()

    def work():
        number = 0
        while not stopped.is_set():
            number += 1
            home.psql(f"BEGIN; {opened(number)}; COMMIT")

    worker = threading.Thread(target=work)
    worker.start()
    try:
        while int(home.psql("SELECT count(*) FROM agent_executions")) < 20:
            time.sleep(0.01)
        before = int(home.psql("SELECT count(*) FROM agent_executions"))
        backup(home)
    finally:
        stopped.set()
        worker.join()
    other.run("restore")
    # At once: the relay of the restored home waits until the lease of the other, which was restored too, is over.
    other.up()
    restored = set(other.psql("SELECT id FROM agent_executions").split())
    waiting = set(other.psql("SELECT execution_id FROM outbox.changes").split())
    assert len(restored) >= before and execution(before) in restored
    events = statuses(told(other, "MiyabiEvents", lambda item: item["PK"]["S"].startswith("EVENT#agent_execution")),
                      lambda key: key["S"])
    missing = restored - waiting - set(events)
    assert not missing, f"PostgreSQL holds as delivered what DynamoDB lacks: {missing}"


def test_damage_is_found_before_anything_is_made(home, other):
    home.up()
    made = backup(home)
    assert "match their checksums" in home.run("backup", "verify").stdout
    file = made / "postgres.tar.gz.sealed"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    for command in [["backup", "verify", made.name], ["restore", made.name]]:
        refused = other.run(*command, code=1).stderr
        assert str(file) in refused and "damaged" in refused
    file.unlink()
    assert f"{file} is missing" in other.run("backup", "verify", made.name, code=1).stderr
    assert not other.home.exists()
    assert "no backup nonsense" in other.run("restore", "nonsense", code=1).stderr
    assert "no backup" in other.run("backup", "delete", "../miyabi", code=1).stderr
    home.run("backup", "delete", made.name, "--yes")
    assert home.run("backup", "list").stdout == ""
    assert "there is no backup" in other.run("restore", code=1).stderr


def test_names_are_only_names(home, other):
    """Backups are found by their time whatever they are called, beside files of others; descriptions are not trusted."""
    home.up()
    directory = home.path / "backups"
    directory.mkdir(mode=0o755)
    (directory / "film.partial").mkdir()
    first, second = backup(home), backup(home)
    first = first.rename(directory / "zzz before the upgrade")
    assert json.loads(home.run("backup", "verify", "--json").stdout)["name"] == second.name
    assert sorted(os.listdir(directory)) == sorted(["film.partial", "lock", first.name, second.name])
    assert oct(directory.stat().st_mode)[-3:] == "755"
    assert "removes" in home.run("backup", "--backups", home.home / "backups", code=1).stderr

    description = json.loads((first / "backup.json").read_text())
    for change, message in [
        ({"format": 3, "files": "new"}, "newer Miyabi"), ({"files": []}, "does not list"), ({"name": 1}, "damaged"),
        ({"files": description["files"] + [{"path": "../../etc/passwd", "bytes": 1, "sha256": ""}]}, "outside"),
        ({"files": description["files"] + [{"path": "/etc/passwd", "bytes": 1, "sha256": ""}]}, "outside"),
    ]:
        (first / "backup.json").write_text(json.dumps(description | change))
        assert message in other.run("restore", first.name, code=1).stderr
        listed = home.run("backup", "list", code=1)
        assert first.name in listed.stderr and second.name in listed.stdout
    home.run("backup", "delete", first.name, "--yes")
    assert kept(directory) == [second.name, "film.partial"]


def test_a_restore_replaces_nothing_and_can_be_begun_again(home, other):
    home.up()
    people(home)
    made = backup(home)
    assert "never overwrites" in home.run("restore", made.name, code=1).stderr
    home.down()
    assert "never overwrites" in home.run("restore", made.name, code=1).stderr
    assert "nothing is running" in home.run("backup", code=1).stderr
    restoring = subprocess.Popen(other.command("restore"), cwd=other.work, env=other.environment)
    while not (other.home / "restoring").exists():
        assert restoring.poll() is None
        time.sleep(0.001)
    restoring.send_signal(signal.SIGKILL)
    restoring.wait()
    assert "was interrupted" in other.run("up", "--detach", code=1).stderr
    other.run("restore")
    other.up()
    assert other.psql("SELECT github_username FROM web_users") == "ann"


def test_a_full_disk_and_a_kill_leave_no_backup(home):
    home.up()
    if os.geteuid() == 0:  # who may mount a small disk
        small = home.path / "small"
        small.mkdir()
        done = subprocess.run(
            ["unshare", "--mount", "--propagation", "private", "sh", "-c",
             'mount -t tmpfs -o size=2m none "$0" && "$@"; code=$?; ls -A "$0"; exit $code', small,
             *home.command("backup", "--backups", small)],
            cwd=home.work, env=home.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 1 and "No space left" in done.stderr, done.stderr
        assert done.stdout.split() == ["lock"], "a directory that was there gets nothing else"
    directory = home.path / "miyabi-backups"
    for step in ["postgres.tar.gz.sealed", "dynamodb"]:
        killed = subprocess.Popen(home.command("backup"), cwd=home.work, env=home.environment)
        while not list(directory.glob(f"*/{step}")):
            assert killed.poll() is None
            time.sleep(0.001)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert home.run("backup", "list").stdout == ""
    made = backup(home)
    assert kept(directory) == [made.name]
    assert home.aws("list-backups")["BackupSummaries"] == []
    while home.psql("SELECT count(*) FROM pg_replication_slots") != "0":
        time.sleep(0.1)
