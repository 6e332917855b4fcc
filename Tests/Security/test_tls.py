"""What others see of the traffic, and of servers that are not the ones they say they are."""

import configparser
import json
import os
import pathlib
import pwd
import re
import shutil
import socket
import ssl
import subprocess
import threading
import urllib.parse

import boto3
import pytest
from botocore.exceptions import SSLError
from conftest import MIYABI, make_home, parse_environment, remove_home
from serving import serving

SECRET = "nobody-on-the-way-may-read-this"


@pytest.fixture(scope="module")
def tls_home():
    """A home that other machines can reach, by TLS."""
    home = make_home()
    home.up("--tls", "--listen", "0.0.0.0")
    yield home
    remove_home(home)


def postgres(home):
    url = urllib.parse.urlsplit(home.connection["DATABASE_URL"])
    return url.hostname, url.port


def dynamodb(home):
    url = urllib.parse.urlsplit(home.connection["DYNAMODB_ENDPOINT"])
    return url.hostname, url.port


def own_address():
    """An address of this machine that is not loopback."""
    for address in subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split():
        if ":" not in address:
            return address
    pytest.skip("this machine has no network")


def s_client(place, *arguments, authority=None, database=False):
    command = ["openssl", "s_client", "-connect", f"{place[0]}:{place[1]}", *arguments]
    command += ["-starttls", "postgres"] if database else []
    command += ["-CAfile", authority, "-verify_return_error", "-verify_ip", place[0]] if authority else []
    done = subprocess.run(command, input="", capture_output=True, text=True, timeout=30)
    return done.stdout + done.stderr


def serial(place, database=False):
    shown = s_client(place, database=database)
    certificate = re.search("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", shown, re.DOTALL)[0]
    done = subprocess.run(["openssl", "x509", "-noout", "-serial"], input=certificate, capture_output=True, text=True)
    return done.stdout.strip().split("=")[1].lower()


class Tap:
    """Stands between a client and a server, and keeps every byte."""

    def __init__(self, place, address="127.0.0.1"):
        self.seen = bytearray()
        self.place = place
        self.listener = socket.create_server((address, 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.place)
            for pair in [(client, server), (server, client)]:
                threading.Thread(target=self.forward, args=pair, daemon=True).start()

    def forward(self, source, target):
        try:
            while part := source.recv(65536):
                self.seen += part
                target.sendall(part)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()


@pytest.mark.parametrize("half", ["postgres", "dynamodb"])
def test_both_halves_speak_tls_12_and_13_by_the_homes_authority(tls_home, half):
    place, database = (postgres, dynamodb)[half == "dynamodb"](tls_home), half == "postgres"
    authority = tls_home.run("tls", "ca", "--path").stdout.strip()
    assert pathlib.Path(authority).read_text() == tls_home.run("tls", "ca").stdout
    for version in ["-tls1_2", "-tls1_3"]:
        shown = s_client(place, version, authority=authority, database=database)
        assert "Verification: OK" in shown and re.search(r"Cipher is \w", shown), shown
    for version in ["-tls1", "-tls1_1"]:
        # It is the server that refuses: its alert.
        shown = s_client(place, version, "-cipher", "DEFAULT@SECLEVEL=0", database=database)
        assert "alert protocol version" in shown, shown
    # An address that the certificate does not name, and an authority that has not issued it.
    assert "Verification error" in s_client(place, "-verify_ip", "192.0.2.99", database=database)
    assert "Verification: OK" not in s_client(place, database=database)


def test_the_certificate_says_what_it_should(tls_home):
    status = tls_home.json("tls", "status")
    assert status["in_use"] and {"localhost", "127.0.0.1", "::1", socket.gethostname().lower()} <= set(
        status["certificate"]["names"])
    assert own_address() in status["certificate"]["names"]
    for place, database in [(postgres(tls_home), True), (dynamodb(tls_home), False)]:
        assert serial(place, database).lstrip("0") == status["certificate"]["serial"].lstrip("0")
    whole = tls_home.json("status")
    assert whole["postgres"]["is_encrypted"] and whole["dynamodb"]["is_encrypted"] and whole["listen"] == "0.0.0.0"
    # The authority's key is in the home and nowhere else; the server's account reads its own key only.
    secrets = tls_home.home / "secrets/tls"
    for path in [secrets / "authority.key", secrets / "server.pem"]:
        assert path.stat().st_mode & 0o777 == 0o600
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        reads = dict(user=account.pw_uid, group=account.pw_gid, extra_groups=[], capture_output=True)
        assert subprocess.run(["cat", secrets / "authority.key"], **reads).returncode != 0
        served = tls_home.home / "postgres-tls/server.pem"
        assert subprocess.run(["cat", served], **reads).returncode == 0
        assert subprocess.run(["sh", "-c", f"echo x >> '{served}'"], **reads).returncode != 0
        assert subprocess.run(["cat", served], user=65534, group=65534, extra_groups=[], capture_output=True).returncode


def test_postgresql_takes_tcp_by_tls_only(tls_home, shared_home):
    assert tls_home.psql("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") == "t"
    host, port = postgres(tls_home)
    plain = f"postgresql://miyabi@{host}:{port}/miyabi_production?sslmode=disable&passfile={tls_home.home}/secrets/pgpass"
    command = ["psql", "-XAtq", plain, "-c", "SELECT 1"]
    refused = subprocess.run(command, env=tls_home.environment, capture_output=True, text=True)
    assert refused.returncode != 0 and "no encryption" in refused.stderr
    # The private socket is as it was.
    tls_home.superuser("SELECT 1")
    # The control: without --tls the same works.
    host, port = postgres(shared_home)
    command[2] = f"postgresql://miyabi@{host}:{port}/miyabi_production?sslmode=disable&passfile={shared_home.home}/secrets/pgpass"
    assert subprocess.run(command, env=shared_home.environment, capture_output=True, text=True).stdout == "1\n"


def test_clients_find_the_authority_by_what_is_printed(tls_home):
    assert len(tls_home.aws("list-tables")["TableNames"]) == 3
    url, bundle = tls_home.connection["DYNAMODB_ENDPOINT"], tls_home.connection["AWS_CA_BUNDLE"]
    assert url.startswith("https://")
    trusting = dict(endpoint_url=url, region_name="ap-northeast-1", **tls_home.keys())
    assert boto3.client("dynamodb", verify=bundle, **trusting).list_tables()["TableNames"]
    with pytest.raises(SSLError):
        boto3.client("dynamodb", **trusting).list_tables()
    assert subprocess.run(["curl", "-sS", url], capture_output=True).returncode == 60
    assert b"healthy" in subprocess.run(["curl", "-sS", "--cacert", bundle, url], capture_output=True).stdout
    # The bundle is for everything that such a shell talks to: the system's authorities are in it.
    assert pathlib.Path(bundle).read_text().count("BEGIN CERTIFICATE") > 1
    # The home's own commands, which use both halves over the network.
    assert tls_home.json("outbox", "status")["depth"] >= 0
    assert tls_home.run("psql", "-XAtqc", "SELECT 1").stdout == "1\n"


def test_plain_http_on_a_tls_port_and_tls_on_a_plain_one_are_answered(tls_home, shared_home):
    host, port = dynamodb(tls_home)
    answer = subprocess.run(["curl", "-sS", "-i", f"http://{host}:{port}/"], capture_output=True, text=True).stdout
    assert answer.startswith("HTTP/1.1 400") and "https://" in answer
    with socket.create_connection(dynamodb(shared_home), timeout=20) as connection:
        hello = ssl.MemoryBIO()
        with pytest.raises(ssl.SSLWantReadError):
            ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), hello, server_hostname="localhost").do_handshake()
        connection.sendall(hello.read())
        answer = b""
        while part := connection.recv(4096):
            answer += part
    assert answer.startswith(b"HTTP/1.1 400") and b"plain HTTP" in answer


def written_through_taps(home):
    """What somebody on the way sees while a value is written to both halves, and its password is changed."""
    with Tap(postgres(home)) as database, Tap(dynamodb(home)) as tables:
        host, port = postgres(home)
        password = re.search("://miyabi_app:(\\w+)@", (home.home / "env").read_text())[1]
        url = home.connection["DATABASE_URL"].replace(f":{port}/", f":{database.port}/")
        done = subprocess.run(
            ["psql", "-XAtq", url, "-c", f"SELECT length('{SECRET}'); SET my.password = '{password}'"],
            env=home.environment | {"PGPASSWORD": password}, capture_output=True, text=True)
        assert done.stdout.strip() == str(len(SECRET)), done.stderr
        endpoint = home.connection["DYNAMODB_ENDPOINT"].replace(f":{dynamodb(home)[1]}", f":{tables.port}")
        client = boto3.client("dynamodb", endpoint_url=endpoint, region_name="ap-northeast-1",
                              verify=home.connection.get("AWS_CA_BUNDLE"), **home.keys())
        client.put_item(TableName="MiyabiAgentState", Item={"PK": {"S": "AGENT#tap"}, "SK": {"S": SECRET}})
        client.delete_item(TableName="MiyabiAgentState", Key={"PK": {"S": "AGENT#tap"}, "SK": {"S": SECRET}})
        assert len(database.seen) > 500 and len(tables.seen) > 500
        return bytes(database.seen), bytes(tables.seen), password.encode(), home.keys()["aws_access_key_id"].encode()


def test_nobody_on_the_way_reads_anything(tls_home, shared_home):
    database, tables, password, key = written_through_taps(tls_home)
    for seen in [database, tables]:
        assert not any(word in seen for word in [SECRET.encode(), password, key, b"SELECT", b"AGENT#tap"])
    # The control: without TLS all of it is there.
    database, tables, password, key = written_through_taps(shared_home)
    assert SECRET.encode() in database and password in database
    assert SECRET.encode() in tables and key in tables


def test_a_renewal_needs_no_restart_and_ends_no_connection(tls_home):
    before = serial(postgres(tls_home), database=True)
    supervisor = tls_home.json("status")["pid"]
    context = ssl.create_default_context(cafile=tls_home.connection["AWS_CA_BUNDLE"])
    psql = subprocess.Popen(["psql", "-XAtq", tls_home.connection["DATABASE_URL"]], env=tls_home.environment,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    with socket.create_connection(dynamodb(tls_home), timeout=20) as connection, \
            context.wrap_socket(connection, server_hostname="127.0.0.1") as kept:
        def ask():
            kept.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            # Into a pipe of its own: psql keeps what it writes to another program back.
            psql.stdin.write("SELECT 42 \\g |cat\n")
            return kept.recv(4096).startswith(b"HTTP/1.1 200") and psql.stdout.readline() == "42\n"

        assert ask()
        shown = kept.getpeercert()["serialNumber"].lower()
        assert "renewed" in tls_home.run("tls", "renew").stderr
        new = tls_home.json("tls", "status")["certificate"]["serial"]
        for place, database in [(postgres(tls_home), True), (dynamodb(tls_home), False)]:
            for _ in range(100):
                if serial(place, database).lstrip("0") == new.lstrip("0"):
                    break
            else:
                pytest.fail(f"{place} still shows the old certificate")
        assert new.lstrip("0") not in [before.lstrip("0"), shown.lstrip("0")] and ask()
    psql.stdin.close()
    psql.wait(timeout=20)
    assert tls_home.json("status")["pid"] == supervisor and len(tls_home.aws("list-tables")["TableNames"]) == 3


def test_given_files_are_served_and_read_again(home, tmp_path):
    def make(name):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-days", "30", "-nodes", "-subj", f"/CN={name}", "-addext",
             "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:TRUE", "-out", tmp_path / "cert.pem",
             "-keyout", tmp_path / "key.pem"], check=True, capture_output=True)
        (tmp_path / "key.pem").chmod(0o600)

    make("first")
    files = ["--tls-certificate", tmp_path / "cert.pem", "--tls-key", tmp_path / "key.pem",
             "--tls-authority", tmp_path / "cert.pem"]
    (tmp_path / "key.pem").chmod(0o644)
    assert "let others use it" in home.run("up", "--detach", *files, code=1).stderr
    (tmp_path / "key.pem").chmod(0o600)
    home.up(*files)
    assert home.connection["DYNAMODB_ENDPOINT"].startswith("https://localhost:")
    assert home.psql("SELECT 1") == "1" and len(home.aws("list-tables")["TableNames"]) == 3
    assert home.run("tls", "ca").stdout == (tmp_path / "cert.pem").read_text()
    first = serial(("localhost", postgres(home)[1]), database=True)
    make("second")
    for _ in range(100):
        if serial(("localhost", postgres(home)[1]), database=True) != first:
            break
    else:
        pytest.fail("the new files are not served")
    # On and off again, with what is still in the shell from before.
    home.down()
    shell = home.up("--tls")
    assert home.psql("SELECT 1") == "1" and home.run("tls", "ca").stdout != (tmp_path / "cert.pem").read_text()
    home.down()
    home.up()
    assert home.connection["DYNAMODB_ENDPOINT"].startswith("http://") and "sslmode" not in home.connection["DATABASE_URL"]
    status = home.json("status", **shell)
    assert not status["postgres"]["is_encrypted"] and not status["dynamodb"]["is_encrypted"]
    assert not home.json("tls", "status")["in_use"]
    assert "without TLS" in home.run("up", "--detach", "--tls").stderr


def test_nobody_is_let_in_from_elsewhere_without_tls(home):
    for arguments in [["--listen", "0.0.0.0"], ["--listen", own_address()], ["--no-tls", "--listen", "::"]]:
        refused = home.run("up", "--detach", *arguments, code=1, MIYABI_TLS="0")
        assert "everybody on the way" in refused.stderr and "--tls" in refused.stderr
    assert not home.home.exists()
    data = home.path / "data"
    home.run("dynamodb", "keys", "add", "--data", data)
    refused = home.run("dynamodb", "serve", "--port", 0, "--host", "0.0.0.0", "--data", data, code=1).stderr
    assert "use TLS" in refused
    refused = home.run("dynamodb", "serve", "--port", 0, "--host", "0.0.0.0", "--in-memory", "--tls", code=1).stderr
    assert "add an access key" in refused
    with serving(home, "--host", "0.0.0.0", "--data", data, "--tls") as url:
        assert url.startswith("https://127.0.0.1:")
        authority = str(data / "tls/authority.pem")
        for host in ["127.0.0.1", own_address()]:
            there = url.replace("127.0.0.1", host)
            assert b"healthy" in subprocess.run(["curl", "-sS", "--cacert", authority, there], capture_output=True).stdout
    with serving(home, "--host", "0.0.0.0", "--data", data, "--tls-by-proxy") as url:
        assert b"healthy" in subprocess.run(["curl", "-sS", url], capture_output=True).stdout


def test_other_machines_are_served_by_tls(tls_home):
    address, port = own_address(), postgres(tls_home)[1]
    there = tls_home.connection["DATABASE_URL"].replace("127.0.0.1", address)
    password = re.search("://miyabi_app:(\\w+)@", (tls_home.home / "env").read_text())[1]
    done = subprocess.run(["psql", "-XAtq", there, "-c", "SELECT 1"], env=tls_home.environment | {"PGPASSWORD": password},
                          capture_output=True, text=True)
    assert done.stdout == "1\n", done.stderr
    done = subprocess.run(["psql", "-XAtq", re.sub("&ssl.*", "&sslmode=disable", there), "-c", "SELECT 1"],
                          env=tls_home.environment | {"PGPASSWORD": password}, capture_output=True, text=True)
    assert done.returncode != 0 and "no encryption" in done.stderr
    # The superuser comes through the socket only.
    superuser = there.replace("miyabi_app@", "postgres@")
    done = subprocess.run(["psql", "-XAtq", superuser, "-c", "SELECT 1"], env=tls_home.environment | {"PGPASSWORD": "x"},
                          capture_output=True, text=True)
    assert "pg_hba.conf rejects" in done.stderr


class Listener(Tap):
    """A server on this machine's own address that only listens."""

    def __init__(self):
        self.seen = bytearray()
        self.connections = 0
        self.listener = socket.create_server((own_address(), 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            self.seen += client.recv(65536)
            client.close()


def test_our_commands_send_nothing_in_clear_to_another_host(home):
    with Listener() as listener:
        url = f"postgresql://app:hunter2@{own_address()}:{listener.port}/app?user=app"
        for mode in ["", "&sslmode=require", "&sslmode=verify-ca"]:
            for command in [["psql", "-c", "SELECT 1"], ["migrate", "info"], ["outbox", "status"], ["status"]]:
                refused = home.run(*command, code=None, DATABASE_URL=url + mode)
                said = refused.stdout + refused.stderr
                assert refused.returncode != 0 and "sslmode=verify-full" in said and "hunter2" not in said, (command, said)
        assert "sslmode=verify-full" in home.run("up", "--detach", code=1, DATABASE_URL=url).stderr
        # The file in the working directory may be somebody else's.
        (home.work / ".env").write_text(f"DATABASE_URL={url}\nMIYABI_ALLOW_PLAINTEXT=1\n")
        assert "sslmode=verify-full" in home.run("migrate", "info", code=1).stderr
        (home.work / ".env").unlink()
        assert listener.connections == 0
        # The control: who says so himself.
        allowed = home.run("migrate", "info", code=1, DATABASE_URL=url + "&sslmode=disable", MIYABI_ALLOW_PLAINTEXT="1")
        assert "verify-full" not in allowed.stderr and listener.connections > 0 and b"user\0app" in listener.seen

    with Listener() as listener:
        keys = {"DYNAMODB_ENDPOINT": f"http://{own_address()}:{listener.port}", "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "hunter2"}
        refused = home.run("status", code=3, **keys).stdout
        assert "PlaintextRefused" in refused and "https://" in refused and listener.connections == 0
        home.run("status", code=3, MIYABI_ALLOW_PLAINTEXT="1", **keys)
        assert b"AKIAEXAMPLE" in listener.seen


def owners_password(home):
    """Migrations are the owner's."""
    return (home.home / "secrets/pgpass").read_text().split()[0].rsplit(":", 1)[1]


def test_our_commands_refuse_a_server_that_another_authority_vouches_for(tls_home, home):
    other = home.path / "other.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2",
                    "-nodes", "-subj", "/CN=other", "-out", other, "-keyout", "/dev/null"], check=True, capture_output=True)
    own = tls_home.connection["DATABASE_URL"]
    password = owners_password(tls_home)
    right = tls_home.run("tls", "ca", "--path").stdout.strip()
    address = own_address()
    # From a home that knows nothing of the other's: as from another machine.
    url = own.replace("127.0.0.1", address).split("?")[0].replace("miyabi_app@", f"miyabi:{password}@")
    urls = {path: f"{url}?sslmode=verify-full&sslrootcert={path}" for path in [right, other]}
    assert "applied" in home.run("migrate", "info", DATABASE_URL=urls[right]).stdout
    assert "certificate verify failed" in home.run("migrate", "info", code=1, DATABASE_URL=urls[other]).stderr
    keys = {"DYNAMODB_ENDPOINT": f"https://{address}:{dynamodb(tls_home)[1]}", "DATABASE_URL": urls[right],
            "AWS_ACCESS_KEY_ID": tls_home.keys()["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": tls_home.keys()["aws_secret_access_key"]}
    assert home.json("status", AWS_CA_BUNDLE=right, **keys)["dynamodb"]["state"] == "external"
    for environment in [{"AWS_CA_BUNDLE": str(other)}, {}]:
        status = home.json("status", code=3, **environment, **keys)
        assert status["dynamodb"]["state"] == "unreachable" and "CERTIFICATE_VERIFY_FAILED" in status["dynamodb"]["problem"]


def test_a_statement_on_another_host_is_cancelled_by_tls_alone(tls_home, home):
    """libpq's cancel request would go in clear, with the key that cancels whatever runs on the connection."""
    password = owners_password(tls_home)
    right = tls_home.run("tls", "ca", "--path").stdout.strip()
    migrations = home.path / "migrations"
    migrations.mkdir()
    for direction in ["up", "down"]:
        (migrations / f"001_wait.{direction}.sql").write_text("SELECT pg_sleep(600);")
    running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid() AND state = 'active'"

    def interrupted(address):
        """What is on the way while a command is interrupted that waits for a statement."""
        with Tap(postgres(tls_home), address) as tap:
            url = (f"postgresql://miyabi:{password}@{address}:{tap.port}/miyabi_production"
                   f"?sslmode=verify-full&sslrootcert={right}")
            command = subprocess.Popen(
                home.command("migrate", "run"), cwd=home.work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                env=home.environment | {"DATABASE_URL": url, "MIYABI_MIGRATIONS": str(migrations)})
            while tls_home.psql(running, login="owner") == "0":
                assert command.poll() is None, command.communicate()
            command.terminate()
            _, said = command.communicate(timeout=60)
            assert command.returncode == 130, said
            assert tls_home.psql(running, login="owner") == "0"
            return bytes(tap.seen)

    # A cancel request is 16 bytes: their number, 80877102, a process and its key. A request for TLS has 80877103.
    seen = interrupted(own_address())
    assert seen.count((80877103).to_bytes(4, "big")) >= 2 and (80877102).to_bytes(4, "big") not in seen
    # The control: to this machine libpq's own request goes, in clear.
    assert (80877102).to_bytes(4, "big") in interrupted("127.0.0.1")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_an_ordinary_account_has_the_same(tmp_path):
    nobody = pwd.getpwnam("nobody")
    work = pathlib.Path("/tmp") / f"miyabi-nobody-{os.getpid()}"
    work.mkdir(mode=0o700)
    os.chown(work, nobody.pw_uid, nobody.pw_gid)
    environment = {"PATH": os.environ["PATH"], "HOME": str(work), "MIYABI_HOME": str(work / "home")}

    def run(*command):
        done = subprocess.run(command, cwd=work, env=environment, user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    try:
        printed = parse_environment(run(MIYABI, "up", "--detach", "--tls", "--postgres-port", "0", "--dynamodb-port", "0"))
        try:
            sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            assert run("psql", "-XAtq", printed["DATABASE_URL"], "-c", sql) == "t\n"
            served = work / "home/postgres-tls/server.pem"
            assert served.stat().st_mode & 0o777 == 0o600 and served.stat().st_uid == nobody.pw_uid
            assert json.loads(run(MIYABI, "status", "--json"))["dynamodb"]["is_encrypted"]
            run(MIYABI, "tls", "renew")
        finally:
            run(MIYABI, "down")
    finally:
        shutil.rmtree(work)
