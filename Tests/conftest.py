"""A running Miyabi for the tests, and the clients that people really use."""

import configparser
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

import boto3
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
MIYABI = os.environ.get("MIYABI", str(ROOT / ".build/debug/miyabi"))
# The attacks use fixtures of the clients' tests.
sys.path.append(str(ROOT / "Tests/clients"))
SHARED = pathlib.Path(os.environ.get("MIYABI_SHARED", ROOT.parent / "shared"))
SETTINGS = re.compile("^(DATABASE_|MIGRATION_DATABASE_|DB_|DYNAMODB_|AWS_|MIYABI_)")


class Home:
    """One data directory, and `miyabi` run against it from an empty working directory."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.work = self.path / "work"
        self.work.mkdir()
        self.home = self.path / "miyabi"
        self.environment = {k: v for k, v in os.environ.items() if not SETTINGS.match(k)}
        self.environment["MIYABI_HOME"] = str(self.home)

    def command(self, *arguments):
        return [MIYABI, *map(str, arguments)]

    def run(self, *arguments, code=0, input=None, timeout=120, **environment):
        done = subprocess.run(
            self.command(*arguments), cwd=self.work, env=self.environment | environment, input=input,
            capture_output=True, text=True, timeout=timeout)
        if code is not None:
            assert done.returncode == code, f"{arguments}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *arguments, **options):
        return json.loads(self.run(*arguments, "--json", **options).stdout)

    def lines(self, *arguments, **options):
        return [json.loads(line) for line in self.run(*arguments, "--json", **options).stdout.splitlines()]

    def up(self, *arguments, **environment):
        """`miyabi up --detach` on free ports; what it prints goes into the environment of what follows."""
        done = self.run("up", "--detach", "--postgres-port", 0, "--dynamodb-port", 0, *arguments, **environment)
        self.connection = parse_environment(done.stdout)
        return self.connection

    def down(self):
        return self.run("down", code=None)

    def address(self, login="owner"):
        """The address of one of the three logins; the application's is DATABASE_URL."""
        role, passfile = {"owner": ("miyabi", "pgpass"), "application": ("miyabi_app", "application.pgpass"),
                          "monitor": ("miyabi_monitor", "monitor.pgpass")}[login]
        url = self.connection["DATABASE_URL"].replace("//miyabi_app@", f"//{role}@")
        return url.replace("secrets/application.pgpass", f"secrets/{passfile}")

    def psql(self, sql, code=0, login="owner", **environment):
        done = subprocess.run(
            ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.address(login), "-c", sql],
            env=self.environment | environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == code, done.stderr
        return done.stdout.strip() if code == 0 else done.stderr

    def superuser(self, *statements):
        """Runs statements as PostgreSQL's superuser, whom only the Unix socket lets in."""
        pid_file = (self.home / "postgres/data/postmaster.pid").read_text().splitlines()
        conninfo = (f"host='{pid_file[4]}' port={pid_file[3]} user=postgres dbname=miyabi_production "
                    f"passfile='{self.home / 'secrets/superuser.pgpass'}'")
        for statement in statements:
            subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", conninfo, "-c", statement], check=True,
                           env=self.environment, capture_output=True, timeout=60)

    def wait_for_outbox(self):
        """Waits until DynamoDB has what PostgreSQL committed; a part that was just killed may first have to come back."""
        while (done := self.run("outbox", "status", "--json", code=None)).returncode or json.loads(done.stdout)["depth"]:
            time.sleep(0.2)

    def aws(self, *arguments, code=0):
        done = subprocess.run(
            ["aws", "dynamodb", *map(str, arguments), "--endpoint-url", self.connection["DYNAMODB_ENDPOINT"]],
            env=self.environment | self.aws_environment(), capture_output=True, text=True, timeout=60)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout) if code == 0 and done.stdout else done.stderr

    def dynamodb(self, kind="client"):
        make = boto3.client if kind == "client" else boto3.resource
        return make(
            "dynamodb", endpoint_url=self.connection["DYNAMODB_ENDPOINT"], region_name="ap-northeast-1", **self.keys())

    def keys(self):
        """The home's own access key, as boto3 takes it."""
        file = configparser.ConfigParser()
        file.read(self.connection["AWS_SHARED_CREDENTIALS_FILE"])
        return dict(file[self.connection["AWS_PROFILE"]])

    def aws_environment(self):
        """What was printed, and no more."""
        return {name: value for name, value in self.connection.items() if name.startswith("AWS_")} | {"AWS_PAGER": ""}


def parse_environment(text):
    """What a shell makes of the printed lines."""
    pairs = {}
    for line in text.splitlines():
        name, value = line.removeprefix("export ").split("=", 1)
        pairs[name] = "".join(shlex.split(value))
    return pairs


def make_home():
    # PostgreSQL may run as another user than the tests: the way to its files must be open.
    path = tempfile.mkdtemp(prefix="miyabi-test-")
    os.chmod(path, 0o755)
    return Home(path)


def remove_home(home):
    home.down()
    home.run("reset", "--yes", code=None)
    shutil.rmtree(home.path)


@pytest.fixture
def home():
    """A fresh data directory, nothing started."""
    home = make_home()
    yield home
    remove_home(home)


@pytest.fixture(scope="session")
def shared_home():
    """One running Miyabi for the tests that only read, or write under names of their own."""
    home = make_home()
    home.up()
    yield home
    remove_home(home)
