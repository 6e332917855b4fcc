"""Who gets into a running home, and who does not: every test here is an attack, with the tool that would be used for it."""

import json
import os
import pathlib
import pty
import pwd
import re
import stat
import subprocess
import urllib.error
import urllib.request

import boto3
import pytest
from botocore.exceptions import ClientError
from conftest import parse_environment
from serving import serving


def curl(url, *headers):
    done = subprocess.run(
        ["curl", "-sS", "--max-time", "20", url, "-d", "{}", "-H", "X-Amz-Target: DynamoDB_20120810.ListTables",
         "-H", "Content-Type: application/x-amz-json-1.0", *(word for header in headers for word in ("-H", header))],
        capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def client(url, **keys):
    return boto3.client("dynamodb", endpoint_url=url, region_name="ap-northeast-1", **keys)


def refused(code, call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    assert error.value.response["Error"]["Code"] == code, error.value


ANY = dict(aws_access_key_id="test", aws_secret_access_key="test")


def test_requests_without_the_homes_key_are_refused_from_the_first_second(shared_home):
    url = shared_home.connection["DYNAMODB_ENDPOINT"]
    assert "MissingAuthenticationToken" in curl(url)["__type"]
    assert "TableNames" not in curl(url, "Authorization: AWS4-HMAC-SHA256 Credential=any")
    for keys in [ANY, dict(aws_access_key_id="miyabi", aws_secret_access_key="miyabi")]:
        refused("UnrecognizedClientException", client(url, **keys).list_tables)
    own = shared_home.keys()
    refused("InvalidSignatureException", client(url, **own | {"aws_secret_access_key": "x" * 40}).list_tables)
    assert client(url, **own).list_tables()["TableNames"]


def test_the_printed_lines_hold_no_secret_and_are_enough(shared_home):
    printed = shared_home.run("up", "--detach").stdout
    assert shared_home.keys()["aws_secret_access_key"] not in printed and "ACCESS_KEY" not in printed
    assert len(shared_home.aws("list-tables")["TableNames"]) >= 3
    for path in [printed_path(printed), shared_home.home / "dynamodb/keys", shared_home.home / "env"]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(shared_home.home.stat().st_mode) & 0o007 == 0


def printed_path(printed):
    return pathlib.Path(parse_environment(printed)["AWS_SHARED_CREDENTIALS_FILE"])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_another_account_finds_no_key(shared_home):
    nobody = pwd.getpwnam("nobody")
    for path in [shared_home.connection["AWS_SHARED_CREDENTIALS_FILE"], shared_home.home / "dynamodb/keys"]:
        done = subprocess.run(["cat", path], user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[], capture_output=True)
        assert done.returncode != 0 and done.stdout == b""


def test_keys_of_a_home_are_added_and_removed_while_it_runs(home):
    home.up()
    url = home.connection["DYNAMODB_ENDPOINT"]
    added = parse_environment(home.run("dynamodb", "keys", "add").stdout)
    keys = dict(aws_access_key_id=added["AWS_ACCESS_KEY_ID"], aws_secret_access_key=added["AWS_SECRET_ACCESS_KEY"])
    assert len(client(url, **keys).list_tables()["TableNames"]) == 3
    listed = home.run("dynamodb", "keys", "list").stdout.split()
    assert listed == [home.keys()["aws_access_key_id"], keys["aws_access_key_id"]]
    home.run("dynamodb", "keys", "remove", "--yes", keys["aws_access_key_id"])
    refused("UnrecognizedClientException", client(url, **keys).list_tables)
    # The home's own key is the same after a restart; removed, it is not taken again.
    before = home.keys()
    home.down()
    home.up()
    assert home.keys() == before
    home.run("dynamodb", "keys", "remove", "--yes", before["aws_access_key_id"])
    home.down()
    home.up()
    assert home.keys() != before and len(home.aws("list-tables")["TableNames"]) == 3
    refused("UnrecognizedClientException", client(home.connection["DYNAMODB_ENDPOINT"], **before).list_tables)
    home.run("status")


def test_nobodys_own_keys_are_overwritten_and_they_are_told_of(home):
    own = {"AWS_ACCESS_KEY_ID": "AKIAOWN", "AWS_SECRET_ACCESS_KEY": "mine"}
    done = home.run("up", "--detach", "--postgres-port", 0, "--dynamodb-port", 0, **own)
    home.connection = parse_environment(done.stdout)
    assert "AWS_ACCESS_KEY_ID" in done.stderr and "--profile miyabi" in done.stderr
    assert not own.keys() & home.connection.keys()
    assert "UnrecognizedClient" in aws(home, own)
    assert "MiyabiEvents" in aws(home, own, "--profile", home.connection["AWS_PROFILE"])


def aws(home, environment, *arguments):
    done = subprocess.run(
        ["aws", *arguments, "dynamodb", "list-tables", "--endpoint-url", home.connection["DYNAMODB_ENDPOINT"]],
        env=home.environment | home.aws_environment() | environment, capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


def preflight(url, origin, host=None):
    request = urllib.request.Request(url, method="OPTIONS", headers={
        "Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-amz-target"})
    if host:
        request.add_header("Host", host)
    try:
        return dict(urllib.request.urlopen(request, timeout=20).headers)
    except urllib.error.HTTPError as error:
        return dict(error.headers)


def test_web_pages_reach_nothing_unless_they_are_named(home):
    page = "http://localhost:3000"
    signed = "Authorization: AWS4-HMAC-SHA256 Credential=any"
    with serving(home, "--in-memory") as url:
        assert not [name for name in preflight(url, page) if name.lower().startswith("access-control")]
        assert "AccessDenied" in curl(url, signed, f"Origin: {page}")["__type"]
        # A site whose own name leads to this machine now, which no browser takes for another origin.
        assert "AccessDenied" in curl(url, signed, "Host: rebound.example")["__type"]
        assert curl(url, signed) == {"TableNames": []}
    assert "every account of this machine" in home.server_log
    with serving(home, "--in-memory", "--cors", page) as url:
        assert preflight(url, page)["access-control-allow-origin"] == page
        assert curl(url, signed, f"Origin: {page}") == {"TableNames": []}
        assert "AccessDenied" in curl(url, signed, "Origin: http://evil.example")["__type"]
    # The attack works where the guards are off.
    with serving(home, "--in-memory", "--allow-unauthenticated", "--cors", "*") as url:
        assert curl(url, signed, "Host: rebound.example", "Origin: http://evil.example") == {"TableNames": []}
    assert "origin" in home.run("dynamodb", "serve", "--in-memory", "--cors", "localhost", code=64).stderr


@pytest.mark.parametrize("store", ["--in-memory", "--data"])
def test_a_server_makes_its_own_key_when_it_is_asked_to(home, store):
    arguments = [store] if store == "--in-memory" else [store, home.path / "it's data"]
    process = subprocess.Popen(
        home.command("dynamodb", "serve", "--port", 0, "--require-keys", *arguments), cwd=home.work, env=home.environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        lines = [process.stdout.readline() for _ in range(5)]
        home.connection = parse_environment("".join(lines))
        assert home.aws("list-tables") == {"TableNames": []}
        refused("UnrecognizedClientException", client(home.connection["DYNAMODB_ENDPOINT"], **ANY).list_tables)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_control_characters_do_not_reach_a_terminal(home):
    steering = "\x1b]0;owned\x07\x1b[2J\x9b31m"
    (home.path / "backups").mkdir()
    refused = home.run("backup", "verify", f"name{steering}", "--trust", "--backups", home.path / "backups", code=1).stderr
    assert "name·" in refused and not set(refused) & set("\x1b\x07\x9b")
    ours, theirs = pty.openpty()
    shown = subprocess.Popen(
        home.command("dynamodb", "keys", "list", "--data", keys_of(home, steering)), cwd=home.work, env=home.environment,
        stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    output = b""
    try:
        while part := os.read(ours, 4096):
            output += part
    except OSError:
        pass  # The end of a terminal's other side.
    assert shown.wait(timeout=30) == 0 and b"AKIA" in output and not set(output) & set(b"\x1b\x07")


def keys_of(home, steering):
    """A data directory whose file of keys somebody has written something else into."""
    data = home.path / "data"
    data.mkdir()
    (data / "keys").write_text(f"AKIA{steering.replace(' ', '')} secret\n")
    (data / "keys").chmod(0o600)
    return data


def test_the_owners_login_cannot_make_itself_more(home):
    home.up()
    for attack in ["GRANT pg_execute_server_program TO miyabi", "GRANT pg_read_server_files TO miyabi",
                   "CREATE ROLE accomplice SUPERUSER", "CREATE ROLE accomplice",
                   "ALTER ROLE miyabi CREATEROLE", "ALTER ROLE miyabi BYPASSRLS", "GRANT service_role TO anon",
                   "COPY (SELECT 1) TO PROGRAM 'id'", "COPY users FROM '/etc/passwd'",
                   "SELECT pg_read_file('/etc/passwd')", "SELECT lo_import('/etc/passwd')", "LOAD 'dblink'"]:
        error = home.psql(attack, code=1)
        assert re.search("permission denied|must be|must have admin option|not allowed", error), f"{attack}: {error}"
    # The control: what earlier versions gave was enough, and a start takes it away from a home that they made.
    home.superuser("ALTER ROLE miyabi CREATEROLE", "GRANT service_role TO miyabi WITH ADMIN OPTION")
    home.psql("GRANT pg_execute_server_program TO miyabi")
    assert "uid=" in home.psql("CREATE TEMP TABLE stolen (a text); COPY stolen FROM PROGRAM 'id'; TABLE stolen")
    home.down()
    home.up()
    assert "pg_execute_server_program" in home.psql("CREATE TEMP TABLE t (a text); COPY t FROM PROGRAM 'id'", code=1)
    assert "permission denied" in home.psql("CREATE ROLE accomplice", code=1)
    assert "must have admin option" in home.psql("GRANT service_role TO anon", code=1)
    # What the product needs is there.
    assert home.psql("BEGIN; SET LOCAL ROLE service_role; SELECT count(*) FROM users; ROLLBACK") == "0"
    assert home.json("status")["postgres"]["migrations"]["applied"] >= 24
