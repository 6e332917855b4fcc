"""What lies on the disk: nobody who reads it without the key learns what is stored."""

import gzip
import pathlib
import stat
import subprocess
import time

import sealed
from serving import serving
from test_backup import backup, other  # noqa: F401: a fixture

# Words that stand nowhere else: in a table's name, in names and in values.
TABLE, KEY, NAME, VALUE = "Zq9tablename", "zq9-key-value", "zq9_attribute_name", "zq9 value of an attribute"
WORDS = [word.encode() for word in (TABLE, KEY, NAME, VALUE)]


def write(run):
    run("create-table", "--table-name", TABLE, "--billing-mode", "PAY_PER_REQUEST", "--key-schema",
        "AttributeName=id,KeyType=HASH", "--attribute-definitions", "AttributeName=id,AttributeType=S",
        "--sse-specification", "Enabled=true")
    for number in range(20):
        run("put-item", "--table-name", TABLE, "--item",
            f'{{"id": {{"S": "{KEY} {number}"}}, "{NAME}": {{"S": "{VALUE} {number}"}}}}')


def found(directory, words=WORDS):
    """The files below a directory in which one of the words stands, by the bytes on the disk."""
    paths = [path for path in pathlib.Path(directory).rglob("*") if path.is_file() and not path.is_symlink()]
    assert paths
    return sorted(str(path.relative_to(directory)) for path in paths
                  if any(word in path.read_bytes() for word in words))


def client(home, url):
    home.connection = {"DYNAMODB_ENDPOINT": url, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
                       "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
    return home.aws


def secret_of(file):
    """The secret parts of a key's file."""
    return [line.split()[-1] for line in pathlib.Path(file).read_text().splitlines() if line.startswith("miyabi-")]


def test_an_unencrypted_directory_shows_everything_and_an_encrypted_one_nothing(home):
    for name, options in [("plain", []), ("encrypted", ["--encrypt"])]:
        data = home.path / name
        with serving(home, "--data", data, *options) as url:
            aws = client(home, url)
            write(aws)
            aws("create-backup", "--table-name", TABLE, "--backup-name", "one")
            while aws("list-backups")["BackupSummaries"][0]["BackupStatus"] != "AVAILABLE":
                time.sleep(0.1)
            described = aws("describe-table", "--table-name", TABLE)["Table"]["SSEDescription"]
            while_open = found(data)
        if name == "plain":
            # The control: by these means it is found.
            assert described == {"Status": "DISABLED"} and while_open and found(data)
            assert "not encrypted" in home.run("dynamodb", "serve", "--data", data, "--encrypt", code=1).stderr
        else:
            assert described == {"Status": "ENABLED", "SSEType": "AES256"} and not while_open and not found(data)
            assert stat.S_IMODE((data / "master-key").stat().st_mode) == 0o600
        with serving(home, "--data", data) as url:
            assert client(home, url)("scan", "--table-name", TABLE)["Count"] == 20


def test_a_home_is_encrypted_from_the_start(shared_home):
    home = shared_home
    write(home.aws)
    engine = home.home / "dynamodb"
    assert not found(engine) and not found(home.home / "logs") and found(home.home / "postgres/data", [b"miyabi"])
    secrets = secret_of(home.home / "secrets/master-key")
    assert len(secrets) == 1 and stat.S_IMODE((home.home / "secrets/master-key").stat().st_mode) == 0o600
    words = [secret.encode() for secret in secrets]
    assert found(home.home, words) == ["secrets/master-key"]
    # Nor is it in the arguments or the environment of a process.
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        for part in "cmdline", "environ":
            try:
                text = (process / part).read_bytes()
            except OSError:
                continue
            assert not any(word in text for word in words)
    status = home.json("status")["encryption"]
    assert status["dynamodb"] == "AES-256" and status["postgres_volume"] in ["dm-crypt", "fscrypt", "none", "unknown"]
    assert "encryption" in home.run("status").stdout
    home.aws("delete-table", "--table-name", TABLE)


def test_a_backup_and_the_wal_beside_it_show_nothing(home, other):  # noqa: F811
    """The control is the home's own cluster, which PostgreSQL does not encrypt, and the same files opened with the key."""
    home.up()
    write(home.aws)
    home.psql(f"CREATE TABLE words (word text); INSERT INTO words VALUES ('{VALUE}')")
    told = home.run("recovery", "enable").stderr + home.run("backup").stderr
    assert "worthless without it" in told
    directory = home.path / "backups"
    [log] = directory.glob("wal-*")
    home.psql(f"INSERT INTO words SELECT '{VALUE}' FROM generate_series(1, 1000)")
    home.psql("SELECT count(pg_logical_emit_message(false, 'x', repeat('x', 100000))) FROM generate_series(1, 340)")
    while not list(log.glob("*.sealed")):
        time.sleep(0.1)
    made = backup(home)
    assert not found(directory) and found(home.home / "postgres/data")
    key = sealed.master(home)
    assert TABLE.encode() in sealed.unseal(made / "tables.sealed", key, "backup tables.sealed")
    archive = sealed.unseal(made / "postgres.tar.gz.sealed", key, "backup postgres.tar.gz.sealed")
    assert VALUE.encode() in gzip.decompress(archive)
    segments = [sealed.unseal(file, key, f"wal {file.name.removesuffix('.sealed')}") for file in log.glob("*.sealed")]
    assert any(VALUE.encode() in segment for segment in segments)
    assert secret_of(home.home / "secrets/master-key")[0] not in told
    assert "worthless" not in home.run("backup").stderr, "said once"
    assert not found(directory, [secret_of(home.home / "secrets/master-key")[0].encode()])
    # With the key everything is checked, and a change that only the key shows is found.
    assert "the key opens them" in home.run("backup", "verify").stdout
    other.environment.pop("MIYABI_BACKUP_KEY")
    other.run("restore", code=1)
    assert not other.home.exists()
    copy = home.path / "copy"
    home.run("key", "export", copy)
    other.run("restore", "--key", copy)
    other.up()
    assert other.aws("scan", "--table-name", TABLE)["Count"] == 20 and not found(other.home / "dynamodb")
    assert other.psql("SELECT count(*) FROM words") == "1001"


def test_keys_come_from_a_file_the_environment_or_a_command(home):
    data = home.path / "data"
    with serving(home, "--data", data, "--encrypt"):
        pass
    copy = home.path / "copy"
    home.run("key", "export", copy, "--data", data)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert home.run("key", "export", "-", "--data", data).stdout == copy.read_text()
    assert "exists already" in home.run("key", "export", copy, "--data", data, code=64).stderr
    assert "opens the data" in home.run("key", "check", copy, "--data", data).stdout
    (data / "master-key").rename(home.path / "moved")
    before = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    refused = home.run("dynamodb", "serve", "--data", data, code=1).stderr
    assert "encrypted" in refused and "MIYABI_MASTER_KEY_FILE" in refused
    other = home.path / "other"
    with serving(home, "--data", other, "--encrypt"):
        pass
    wrong = {"MIYABI_MASTER_KEY_FILE": str(other / "master-key")}
    assert "another master key" in home.run("dynamodb", "serve", "--data", data, code=1, **wrong).stderr
    assert "another master key" in home.run("key", "check", other / "master-key", "--data", data, code=1).stderr
    assert {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()} == before
    [secret] = secret_of(copy)
    for variable, value in [("FILE", copy), ("COMMAND", f"cat '{copy}'"), (None, copy.read_text())]:
        name = "MIYABI_MASTER_KEY" + (f"_{variable}" if variable else "")
        home.environment[name] = str(value)
        with serving(home, "--data", data):
            arguments = pathlib.Path(f"/proc/{home.server}/cmdline").read_bytes()
            assert secret.encode() not in arguments
        assert secret not in home.server_log
        del home.environment[name]
    refuse = lambda **settings: home.run("dynamodb", "serve", "--data", data, code=1, **settings).stderr  # noqa: E731
    for command, message in [("exit 3", "exit code 3"), ("echo no-key", "is no key"), (f"cat {copy} >&2; exit 1", "failed")]:
        said = refuse(MIYABI_MASTER_KEY_COMMAND=command)
        assert message in said and secret not in said
    assert "set one of them" in refuse(MIYABI_MASTER_KEY_COMMAND="true", MIYABI_MASTER_KEY_FILE=str(copy))
    copy.chmod(0o644)
    assert "let others use it" in refuse(MIYABI_MASTER_KEY_FILE=str(copy))
    # A .env file names neither a key nor a program.
    spoils = home.path / "ran"
    (home.work / ".env").write_text(f"MIYABI_MASTER_KEY_COMMAND='touch {spoils}'\n")
    assert "environment only" in home.run("status", code=1).stderr and not spoils.exists()


def test_keys_are_changed_while_a_server_writes(home):
    data = home.path / "data"
    with serving(home, "--data", data, "--encrypt") as url:
        aws = client(home, url)
        write(aws)
        copy = home.path / "copy"
        home.run("key", "export", copy, "--data", data)
        first = home.json("key", "status", "--data", data)
        home.run("key", "rotate", "--master", "--data", data)
        assert "the one in use is" in home.run("key", "check", copy, "--data", data, code=1).stderr
        home.run("key", "rotate", "--rewrite", "--data", data)
        while (data / "data-keys.rewrite").exists():
            time.sleep(0.1)
        now = home.json("key", "status", "--data", data)
        assert now["master_key"] != first["master_key"] and now["earlier_master_keys"] == [first["master_key"]]
        assert {key["master_key"] for key in now["data_keys"]} == {now["master_key"]}
        assert [key["files"] > 0 for key in now["data_keys"]] == [True, True]
        aws("put-item", "--table-name", TABLE, "--item", '{"id": {"S": "after"}}')
    for _ in range(2):
        with serving(home, "--data", data) as url:
            assert client(home, url)("scan", "--table-name", TABLE)["Count"] == 21
    assert len(home.json("key", "status", "--data", data)["data_keys"]) == 1 and not found(data)


def test_a_home_can_insist_on_an_encrypted_volume(home):
    home.up()
    volume = home.json("status")["encryption"]["postgres_volume"]
    home.down()
    if volume in ["none", "unknown"]:
        refused = home.run("up", "--detach", code=1, MIYABI_REQUIRE_ENCRYPTED_VOLUME="1").stderr
        assert "MIYABI_REQUIRE_ENCRYPTED_VOLUME" in refused and "dm-crypt" in refused
        assert home.json("status", code=None)["postgres"]["state"] == "stopped"
    else:
        home.up(MIYABI_REQUIRE_ENCRYPTED_VOLUME="1")
