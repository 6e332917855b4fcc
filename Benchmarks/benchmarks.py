"""Runs each benchmark and its baseline, by turns, and prints medians and ratios.

A ratio above 1 is better than the baseline. Times move with the machine; ratios hardly do.
"""

import atexit
import contextlib
import gzip
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests"))
import boto3  # noqa: E402
from conftest import SHARED, Home, make_home, parse_environment, remove_home  # noqa: E402
from serving import serving  # noqa: E402

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
COMMITS = SHARED / "data/commits.ndjson.gz"
ROUNDS = 5


def timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


class PlainCluster:
    """initdb, pg_ctl and psql by hand: what `miyabi up` is compared with."""

    def __init__(self, path):
        self.path = pathlib.Path(path) / "plain"
        self.path.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.path, "postgres", "postgres")
        self.data = self.path / "data"

    def run(self, *command):
        account = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
        done = subprocess.run([*account, *map(str, command)], cwd=self.path, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr

    def initdb(self):
        self.run(BIN / "initdb", "-D", self.data, "-k", "-A", "trust", "-U", "postgres")

    def start(self):
        self.run(BIN / "pg_ctl", "-D", self.data, "-w", "-l", self.path / "log",
                 "-o", f"-c listen_addresses='' -k {self.path} -p 54999", "start")

    def stop(self):
        self.run(BIN / "pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def psql(self, *arguments, database="postgres"):
        self.run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", self.path, "-p", 54999, "-U", "postgres",
                 "-d", database, *arguments)


def start_up_cold():
    """initdb, all migrations and the three tables, against initdb, pg_ctl start and psql -f of the same files."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        home = make_home()
        ours.append(timed(home.up))
        plain = PlainCluster(home.path)

        def by_hand():
            plain.initdb()
            plain.start()
            for file in sorted((ROOT / "Database/migrations").glob("*.up.sql")):
                plain.psql("-1", "-f", file)

        theirs.append(timed(by_hand))
        plain.stop()
        remove_home(home)
    return seconds(ours), seconds(theirs), statistics.median(theirs) / statistics.median(ours)


def start_up_warm():
    """up on an existing directory, against pg_ctl start."""
    ours, theirs = [], []
    home = make_home()
    home.up()
    home.down()
    plain = PlainCluster(home.path)
    plain.initdb()
    for _ in range(ROUNDS):
        ours.append(timed(home.up))
        home.down()
        theirs.append(timed(plain.start))
        plain.stop()
    remove_home(home)
    return seconds(ours), seconds(theirs), statistics.median(theirs) / statistics.median(ours)


def import_of_commits():
    """34,916 commits as events with two indexes, durable, against psql \\copy of the same lines as jsonb with two indexes."""
    home = make_home()
    text = home.path / "commits.ndjson"
    text.write_bytes(gzip.decompress(COMMITS.read_bytes()))
    text.chmod(0o644)
    count = sum(1 for _ in text.open())
    ours, theirs = [], []
    plain = PlainCluster(home.path)
    plain.initdb()
    plain.start()
    for _ in range(3):
        home.up()
        ours.append(count / timed(lambda: home.run("import", "commits", text)))
        home.down()
        home.run("reset", "--yes")
        plain.psql("-c", "drop table if exists events; create table events (data jsonb);"
                         "create index on events ((data->>'author'), (data->>'committed_at'));"
                         "create index on events ((data->>'repository'), (data->>'committed_at'))")
        theirs.append(count / timed(lambda: plain.psql("-c", f"\\copy events from '{text}'")))
    plain.stop()
    remove_home(home)
    return rate(ours), rate(theirs), statistics.median(ours) / statistics.median(theirs)


_engine = {}


def engine_output():
    """One run of EngineBenchmark: writes beside the RocksDB C API, reads, growth, memory; its own table goes to stderr."""
    if "text" not in _engine:
        directory = tempfile.mkdtemp(prefix="miyabi-benchmark-")
        done = subprocess.run([ROOT / ".build/release/EngineBenchmark", directory], text=True, capture_output=True)
        shutil.rmtree(directory)
        assert done.returncode == 0, done.stderr
        print(done.stdout, file=sys.stderr)
        _engine["text"] = done.stdout
    return _engine["text"]


def engine_writes(shape):
    """500,000 events from 64 writers, durable, two indexes, against the RocksDB C API writing the same keys and values."""
    found = re.search(rf"^{shape}: (\d+) events/s \(engine\), (\d+) events/s \(raw\)", engine_output(), re.MULTILINE)
    engine, raw = float(found[1]), float(found[2])
    return rate([engine]), rate([raw]), engine / raw


_postgres = {}


def postgres():
    """A server for all parts, with pgbench's tables of 1,000,000 accounts."""
    if not _postgres:
        home = make_home()
        plain = PlainCluster(home.path)
        plain.initdb()
        plain.start()
        plain.run(BIN / "pgbench", "-i", "-q", "-s", "10", "-h", plain.path, "-p", 54999, "-U", "postgres", "postgres")
        plain.psql("-c", "create table usage_events (id uuid primary key, user_id uuid, plugin_id text,"
                         "event_type text, event_data jsonb)")
        atexit.register(lambda: (plain.stop(), remove_home(home)))
        _postgres["plain"] = plain
    return _postgres["plain"]


def printed_rate(program, *arguments):
    """What a benchmark program prints of one part: how many a second."""
    done = subprocess.run([ROOT / ".build/release" / program, *arguments], text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    print(done.stdout, end="", file=sys.stderr)
    return float(re.search(r": (\d+)/s", done.stdout)[1])


def client(part, amount):
    """What PostgresBenchmark reaches in one part."""
    address = f"host={postgres().path} port=54999 user=postgres dbname=postgres sslmode=disable"
    return printed_rate("PostgresBenchmark", address, part, str(amount))


def medians(ours, theirs, what):
    return rate(ours, what), rate(theirs, what), statistics.median(ours) / statistics.median(theirs)


def pool_selects(part):
    """One row by its primary key through the pool, 8 tasks, against pgbench's own select-only script."""
    plain = postgres()
    ours, theirs = [], []
    for _ in range(3):
        ours.append(client(part, 5))
        done = subprocess.run(
            [BIN / "pgbench", "-S", "-M", "prepared", "-c", "8", "-j", "1", "-T", "5", "-n", "-h", plain.path,
             "-p", "54999", "-U", "postgres", "postgres"], text=True, capture_output=True)
        theirs.append(float(re.search(r"tps = ([0-9.]+)", done.stdout)[1]))
    return medians(ours, theirs, "rows")


def copy_in():
    """200,000 usage events row by row, against psql \\copy of the same rows from a file."""
    plain = postgres()
    file = plain.path / "events.tsv"
    with file.open("w") as lines:
        for _ in range(200_000):
            lines.write(f'{uuid.uuid4()}\t{uuid.uuid4()}\tmiyabi-operations\ttokens\t'
                        '{"count": 1200, "model": "large"}\n')
    file.chmod(0o644)
    ours, theirs = [], []
    for _ in range(3):
        plain.psql("-c", "truncate usage_events")
        ours.append(client("copy", 200_000))
        plain.psql("-c", "truncate usage_events")
        theirs.append(200_000 / timed(lambda: plain.psql("-c", f"\\copy usage_events from '{file}'")))
    return medians(ours, theirs, "rows")


def streaming():
    """1,000,000 rows one by one, decoded, against psql fetching them by a cursor."""
    plain = postgres()
    query = "SELECT aid, bid, abalance, filler FROM pgbench_accounts LIMIT 1000000"
    ours, theirs = [], []
    for _ in range(3):
        ours.append(client("stream", 1_000_000))
        theirs.append(1_000_000 / timed(lambda: plain.psql("-v", "FETCH_COUNT=1000", "-o", "/dev/null", "-c", query)))
    return medians(ours, theirs, "rows")


def batches():
    """Inserts 100 at once in pipelines, against the same one by one."""
    ours, theirs = [], []
    for _ in range(3):
        ours.append(client("batches", 50_000))
        theirs.append(client("single", 10_000))
    return medians(ours, theirs, "rows")


def data_layer(part, argument, amount):
    """What DatabaseBenchmark prints of one part: how many a second, ours and, where it measures one, the baseline's."""
    done = subprocess.run([ROOT / ".build/release/DatabaseBenchmark", part, argument, str(amount)],
                          text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    return [float(number) for number in re.findall(r"^(?:ours|baseline) ([0-9.e+]+)/s$", done.stdout, re.MULTILINE)]


def rounds(part, argument, amount, what):
    """The medians of three runs of a part that measures its own baseline; `argument` makes each run's."""
    results = []
    for _ in range(3):
        with argument() as value:
            results.append(data_layer(part, value, amount))
    ours, theirs = zip(*results)
    return medians(ours, theirs, what)


@contextlib.contextmanager
def empty_directory():
    with tempfile.TemporaryDirectory(prefix="miyabi-benchmark-") as directory:
        yield directory


_platform = {}


def platform():
    """A running Miyabi with 50 users, a million agent runs and one plugin."""
    if not _platform:
        home = make_home()
        home.up()
        atexit.register(lambda: remove_home(home))
        _platform["url"] = home.connection["DATABASE_URL"]
        sql("INSERT INTO web_users (github_id, github_username) SELECT n, 'user' || n FROM generate_series(1, 50) n;"
            "INSERT INTO repositories (user_id, github_repo_id, owner, name, full_name)"
            " SELECT id, github_id, 'o', github_username, 'o/' || github_username FROM web_users;"
            "INSERT INTO agent_executions (user_id, repository_id, agent_type, status, created_at)"
            " SELECT user_id, id, 'CodeGen', 'pending', now() - n * interval '1 second'"
            " FROM repositories, generate_series(1, 20000) n;"
            "INSERT INTO users (email) SELECT 'user' || n || '@example.com' FROM generate_series(1, 50) n;"
            "INSERT INTO plugins (id, name, display_name, source, version, tier)"
            " VALUES ('metered', 'metered', 'Metered', 'github:o/metered', '1.0.0', 'pro');"
            "VACUUM ANALYZE")
    return _platform


def sql(text):
    """Statements as the database's owner, each by itself."""
    for statement in text.split(";"):
        done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", _platform["url"], "-c", statement],
                              text=True, capture_output=True)
        assert done.returncode == 0, done.stderr
    return done.stdout


def recorded_events():
    """Events through EventStore into the embedded engine, durable, against the same items put into it by hand."""
    return rounds("events", empty_directory, 300_000, "events")


def claims():
    """Agents created, claimed, kept alive and completed, against as many item writes."""
    return rounds("claims", empty_directory, 10_000, "agents")


def on_platform(part, amount, what):
    return rounds(part, lambda: contextlib.nullcontext(platform()["url"]), amount, what)


def metering():
    """100,000 usage events recorded exactly once and summed up, against psql \\copy of as many rows into usage_events."""
    url = platform()["url"]
    ours, theirs = [], []
    for _ in range(3):
        sql("TRUNCATE usage_events, usage_aggregates, metering.usage_event_ids")
        ours += data_layer("metering", url, 100_000)
        rows = sql("COPY (SELECT gen_random_uuid(), user_id, plugin_id, event_type, event_data, created_at"
                   " FROM usage_events) TO STDOUT")
        sql("TRUNCATE usage_events, usage_aggregates, metering.usage_event_ids")
        command = ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c",
                   "COPY usage_events (id, user_id, plugin_id, event_type, event_data, created_at) FROM STDIN"]
        theirs.append(100_000 / timed(lambda: subprocess.run(command, input=rows, text=True, check=True)))
    return medians(ours, theirs, "events")


class Nginx:
    """nginx that answers every request with one fixed body: what HTTP itself costs on this machine."""

    PORT = 54998

    def __init__(self, path, body):
        self.path = pathlib.Path(path)
        configuration = self.path / "nginx.conf"
        configuration.write_text(f"""
            daemon off; pid {self.path}/pid; error_log stderr crit; worker_processes 2;
            events {{}}
            http {{
              access_log off; client_body_temp_path {self.path}/bodies; keepalive_requests 100000000;
              server {{ listen 127.0.0.1:{self.PORT}; location / {{ default_type application/x-amz-json-1.0;
                return 200 '{body}'; }} }}
            }}""")
        self.process = subprocess.Popen(["nginx", "-c", configuration, "-p", self.path], stderr=subprocess.DEVNULL)
        while self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.PORT)):
                break

    def stop(self):
        self.process.terminate()
        self.process.wait()


def wrk(url, operation):
    """How many requests a second wrk gets answered, all of them well."""
    done = subprocess.run(["wrk", "-t1", "-c16", "-d5s", "-s", ROOT / "Benchmarks/http.lua", url, "--", operation],
                          text=True, capture_output=True)
    assert done.returncode == 0 and "Non-2xx" not in done.stdout, done.stdout + done.stderr
    return float(re.search(r"Requests/sec: *([0-9.]+)", done.stdout)[1])


def over_http(operation, items=1):
    """Durable requests over 16 connections that stay open, from wrk on the same machine."""

    def measure():
        home = make_home()
        with serving(home, "--data", home.path / "data") as url:
            client = boto3.client("dynamodb", endpoint_url=url, region_name="local", aws_access_key_id="any",
                                  aws_secret_access_key="any")
            client.create_table(
                TableName="http", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
            item = {"id": {"S": "k1"}, "n": {"N": "1"}, "pad": {"S": "x" * 350}}
            with boto3.resource("dynamodb", endpoint_url=url, region_name="local", aws_access_key_id="any",
                                aws_secret_access_key="any").Table("http").batch_writer() as batch:
                for number in range(20_000):
                    batch.put_item(Item={"id": f"k{number}", "n": number, "pad": "x" * 350})
            body = {"GetItem": json.dumps({"Item": item}, separators=(",", ":")),
                    "BatchWriteItem": '{"UnprocessedItems":{}}'}.get(operation, "{}")
            nginx = Nginx(home.path, body)
            ours, theirs = [], []
            for _ in range(3):
                ours.append(wrk(url, operation) * items)
                theirs.append(wrk(f"http://127.0.0.1:{Nginx.PORT}", operation) * items)
            nginx.stop()
        remove_home(home)
        return rate(ours, "items"), rate(theirs, "items"), statistics.median(ours) / statistics.median(theirs)

    return measure


def secured(option, operation, items=1):
    """A request to a server with an option, against the same request to one without it: all of the server's processor time,
    what it does in the background included, for each item."""
    def measure():
        home = make_home()
        ours, theirs = [], []
        try:
            with contextlib.ExitStack() as stack:
                servers = []
                for number, arguments in enumerate([[option], []]):
                    url = stack.enter_context(serving(home, "--data", home.path / f"data{number}", *arguments))
                    authority = home.path / f"data{number}/tls/authority.pem"
                    table = table_for_wrk(url, verify=str(authority) if authority.exists() else None,
                                          aws_access_key_id="any", aws_secret_access_key="any")
                    with table.batch_writer() as batch:
                        for key in range(20_000):
                            batch.put_item(Item={"id": f"k{key}", "n": key, "pad": "x" * 350})
                    servers.append((url, home.server))
                for _ in range(ROUNDS):
                    for (url, process), times in zip(servers, [ours, theirs]):
                        before = processor_seconds(process)
                        requests = wrk(url, operation) * 5
                        times.append((processor_seconds(process) - before) / requests / items)
        finally:
            remove_home(home)
        return microseconds(ours), microseconds(theirs), statistics.median(theirs) / statistics.median(ours)
    return measure


def table_for_wrk(url, **options):
    """The table that http.lua writes and reads."""
    return boto3.resource("dynamodb", endpoint_url=url, region_name="ap-northeast-1", **options).create_table(
        TableName="http", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])


def policies():
    """GetItem with a key of twenty statements that look at partition keys, against a key without policies."""
    home = make_home()
    ours, theirs = [], []
    statements = [
        {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"],
         "Resource": f"arn:aws:dynamodb:*:*:table/{'http' if number == 19 else f'other{number}'}",
         "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["k*"]}}} for number in range(20)]
    policy = home.path / "policy.json"
    policy.write_text(json.dumps({"Version": "2012-10-17", "Statement": statements}))
    data = home.path / "data"

    def key(name, *options):
        lines = parse_environment(home.run("dynamodb", "keys", "add", name, "--data", data, *options).stdout)
        return dict(aws_access_key_id=lines["AWS_ACCESS_KEY_ID"], aws_secret_access_key=lines["AWS_SECRET_ACCESS_KEY"])

    try:
        with serving(home, "--data", data) as url:
            free, limited = key("free"), key("limited", "--policy", policy)
            table_for_wrk(url, **free).put_item(Item={"id": "k1", "pad": "x" * 350})
            clients = [boto3.client("dynamodb", endpoint_url=url, region_name="ap-northeast-1", **keys)
                       for keys in [limited, free]]
            for _ in range(ROUNDS):
                for client, times in zip(clients, [ours, theirs]):
                    before = processor_seconds(home.server)
                    for _ in range(2_000):
                        client.get_item(TableName="http", Key={"id": {"S": "k1"}})
                    times.append((processor_seconds(home.server) - before) / 2_000)
    finally:
        remove_home(home)
    return microseconds(ours), microseconds(theirs), statistics.median(theirs) / statistics.median(ours)


def processor_seconds(process):
    """What a process has used so far, in user and system mode."""
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def microseconds(times):
    return f"{statistics.median(times) * 1e6:.1f} µs"


def client_over_http(baseline):
    """GetItem through the Swift client from 16 tasks, against `baseline`; nginx answers both with one fixed body."""
    def measure():
        home = make_home()
        item = {"id": {"S": "k1"}, "n": {"N": "1"}, "pad": {"S": "x" * 350}}
        nginx = Nginx(home.path, json.dumps({"Item": item}, separators=(",", ":")))
        url = f"http://127.0.0.1:{Nginx.PORT}"
        ours, theirs = zip(*[(printed_rate("ClientBenchmark", "http", url, "5"), baseline(url)) for _ in range(3)])
        nginx.stop()
        remove_home(home)
        return medians(ours, theirs, "requests")
    return measure


def client_in_process():
    """GetItem of an engine in the same process as any DynamoDBAPI, against the engine called as itself."""
    directory = tempfile.mkdtemp(prefix="miyabi-benchmark-")
    done = subprocess.run([ROOT / ".build/release/ClientBenchmark", "process", directory, "200000"],
                          text=True, capture_output=True)
    shutil.rmtree(directory)
    assert done.returncode == 0, done.stderr
    engine, client_time = map(float, re.findall(r"([0-9.]+) ns", done.stdout))
    return f"{client_time:,.0f} ns", f"{engine:,.0f} ns", engine / client_time


def seconds(values):
    return f"{statistics.median(values):.2f} s"


def rate(values, what="events"):
    return f"{statistics.median(values):,.0f} {what}/s"


BENCHMARKS = {
    # First: before any server of the others runs, and has pages to write.
    "engine batches": (lambda: engine_writes("batches of 25"), "RocksDB C API"),
    "engine stream": (lambda: engine_writes("with a stream"), "RocksDB C API"),
    "engine expiry": (lambda: engine_writes("with stream and expiry"), "RocksDB C API"),
    "engine single": (lambda: engine_writes("single"), "RocksDB C API"),
    "engine updates": (lambda: engine_writes("single updates"), "RocksDB C API, no reads"),
    "postgres select": (lambda: pool_selects("select"), "pgbench -S -M prepared -c 8 -j 1"),
    "postgres thread": (lambda: pool_selects("executor"), "pgbench -S -M prepared -c 8 -j 1"),
    "postgres copy": (copy_in, "psql \\copy"),
    "postgres stream": (streaming, "psql, FETCH_COUNT 1000"),
    "postgres batches": (batches, "one by one"),
    "start-up cold": (start_up_cold, "initdb + pg_ctl + psql -f"),
    "start-up warm": (start_up_warm, "pg_ctl start"),
    "import commits": (import_of_commits, "psql \\copy, 2 indexes"),
    "http PutItem": (over_http("PutItem"), "nginx, fixed body"),
    "http GetItem": (over_http("GetItem"), "nginx, fixed body"),
    "http GetItem, TLS": (secured("--tls", "GetItem"), "in clear, processor time"),
    "http GetItem, encrypted": (secured("--encrypt", "GetItem"), "in clear, processor time"),
    "http PutItem, encrypted": (secured("--encrypt", "PutItem"), "in clear, processor time"),
    "http batches, encrypted": (secured("--encrypt", "BatchWriteItem", items=25), "in clear, processor time"),
    "http GetItem, policies": (policies, "a key without, processor time"),
    "http batches": (over_http("BatchWriteItem", items=25), "nginx, fixed body"),
    "data events": (recorded_events, "BatchWriteItem by hand"),
    "data claims": (claims, "ten puts for each"),
    "data metering": (metering, "psql \\copy"),
    "data page 10,000": (lambda: on_platform("keyset", 500, "pages"), "page 1"),
    "data as a user": (lambda: on_platform("access", 100, "reads"), "as service_role"),
    "client http": (client_over_http(lambda url: wrk(url, "GetItem")), "wrk -t1 -c16"),
    "client library": (client_over_http(lambda url: printed_rate("ClientBenchmark", "bare", url, "5")), "async-http-client"),
    "client process": (client_in_process, "the engine itself"),
}


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    print(f"{'benchmark':<24} {'miyabi':>18} {'baseline':>18} {'ratio':>6}  baseline is")
    for name, (measure, baseline) in BENCHMARKS.items():
        # A whole name is that one alone.
        if wanted == name or (wanted in name and wanted not in BENCHMARKS):
            ours, theirs, ratio = measure()
            print(f"{name:<24} {ours:>18} {theirs:>18} {ratio:>6.2f}  {baseline}", flush=True)


if __name__ == "__main__":
    main()
