"""The HTTP front as other programs use it, and the program's own options."""

import gzip
import http.client
import json
import os
import pathlib
import re
import resource
import socket
import subprocess
import time
import urllib.parse
import zlib

import boto3
import pytest
from botocore.config import Config
from serving import serving

SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=any", "Content-Type": "application/x-amz-json-1.0"}


def client(url):
    return boto3.client("dynamodb", endpoint_url=url, region_name="us-east-1", aws_access_key_id="any",
                        aws_secret_access_key="any", config=Config(retries={"max_attempts": 0}))


def create(url, name):
    client(url).create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])


def send(url, operation, body, headers=None, connection=None):
    connection = connection or http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=30)
    connection.request("POST", "/", body, SIGNED | {"X-Amz-Target": f"DynamoDB_20120810.{operation}"} | (headers or {}))
    response = connection.getresponse()
    return response, response.read()


def test_bodies_are_compressed_both_ways(home):
    with serving(home, "--in-memory") as url:
        create(url, "compressed")
        item = {"id": {"S": "1"}, "text": {"S": "x" * 5000}}
        put = json.dumps({"TableName": "compressed", "Item": item}).encode()
        response, body = send(url, "PutItem", gzip.compress(put), {"Content-Encoding": "gzip"})
        assert (response.status, body) == (200, b"{}")
        get = json.dumps({"TableName": "compressed", "Key": {"id": {"S": "1"}}})
        response, body = send(url, "GetItem", get, {"Accept-Encoding": "gzip"})
        assert response.getheader("content-encoding") == "gzip"
        assert int(response.getheader("x-amz-crc32")) == zlib.crc32(body)
        assert json.loads(gzip.decompress(body)) == {"Item": item}
        response, body = send(url, "GetItem", get, {"Accept-Encoding": "identity"})
        assert response.getheader("content-encoding") is None and json.loads(body) == {"Item": item}


def test_bodies_of_unknown_length_and_connections_that_stay(home):
    with serving(home, "--in-memory") as url:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=30)
        for number in range(3):
            connection.request(
                "POST", "/", iter([b'{"Lim', b'it": 1}']), SIGNED | {"X-Amz-Target": "DynamoDB_20120810.ListTables"},
                encode_chunked=True)
            assert json.loads(connection.getresponse().read()) == {"TableNames": []}
        response, body = send(url, "ListTables", b'{"Limit": "x"}', connection=connection)
        assert response.status == 400 and json.loads(body)["__type"].endswith("#SerializationException")


def test_data_in_memory_is_gone_afterwards(home):
    memory = lambda: {path.name for path in pathlib.Path("/dev/shm").glob("miyabi-dynamodb-*")}
    before = memory()
    with serving(home, "--in-memory") as url:
        create(url, "fleeting")
        assert client(url).list_tables()["TableNames"] == ["fleeting"]
        own = memory() - before
    assert not own & memory()
    with serving(home, "--in-memory") as url:
        assert client(url).list_tables()["TableNames"] == []


def test_data_in_a_directory_stays(home):
    for round in range(2):
        with serving(home, "--data", home.path / "data", "--cache-mb", 16) as url:
            if round == 0:
                create(url, "lasting")
            assert client(url).list_tables()["TableNames"] == ["lasting"]


@pytest.mark.parametrize("arguments", [
    [], ["--data", "a", "--in-memory"], ["--in-memory", "--no-sync"], ["--data", "a", "--cache-mb", "1"],
    ["--in-memory", "--port", "70000"], ["--in-memory", "--memory-mb", "1"]])
def test_wrong_command_lines_are_told_apart(home, arguments):
    assert "Error: " in home.run("dynamodb", "serve", *arguments, code=64).stderr


def test_an_address_that_cannot_be_used_is_named(home):
    assert "192.0.2.1" in home.run(
        "dynamodb", "serve", "--in-memory", "--host", "192.0.2.1", "--allow-unauthenticated", "--tls-by-proxy", code=1).stderr


def resident_megabytes(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) // 1024


def test_memory_stays_bounded_whatever_comes(home):
    bomb = gzip.compress(b"0" * (64 << 20))
    nested = b'{"TableName":"t","Item":{"a":' + b'{"M":{"a":' * 200_000
    long = b'{"TableName":"t","Item":{"a":{"S":"' + b"x" * (15 << 20) + b'"}}}'
    with serving(home, "--in-memory") as url:
        create(url, "bounded")
        for round in range(12):
            for body, headers in [(bomb, {"Content-Encoding": "gzip"}), (nested, {}), (long, {}), (b"\xff" * 1000, {})]:
                response, _ = send(url, "PutItem", body, headers)
                assert 400 <= response.status < 500
        assert client(url).list_tables()["TableNames"] == ["bounded"]
        assert resident_megabytes(home.server) < 400


def test_unfinished_unsigned_bodies_are_not_kept(home):
    with serving(home, "--in-memory") as url:
        create(url, "bounded")
        before = resident_megabytes(home.server)
        head = b"POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Length: 15000000\r\n\r\n"
        connections = [connect(url) for _ in range(100)]
        for connection in connections:
            connection.sendall(head + b"x" * 10_000_000)
        assert client(url).list_tables()["TableNames"] == ["bounded"]
        assert resident_megabytes(home.server) - before < 150
        for connection in connections:
            connection.close()


def connect(url):
    address = urllib.parse.urlsplit(url)
    return socket.create_connection((address.hostname, address.port), timeout=30)


def test_health(home):
    with serving(home, "--in-memory") as url:
        netloc = urllib.parse.urlsplit(url).netloc
        for path, status, text in [("/", 200, f"healthy: {netloc} "), ("/health", 404, "<UnknownOperationException/>\n")]:
            connection = http.client.HTTPConnection(netloc, timeout=30)
            connection.request("GET", path)
            response = connection.getresponse()
            assert (response.status, response.read().decode()) == (status, text)
            assert response.getheader("server") == "Server" and response.getheader("date").endswith(" GMT")


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_without_descriptors_connections_wait(home):
    with serving(home, "--in-memory") as url:
        create(url, "kept")
        soft, hard = resource.prlimit(home.server, resource.RLIMIT_NOFILE)
        assert soft == min(hard, 65536), "the limit is raised at the start"
        used = len(os.listdir(f"/proc/{home.server}/fd"))
        resource.prlimit(home.server, resource.RLIMIT_NOFILE, (used + 5, hard))
        connections = [connect(url) for _ in range(60)]
        before = processor_seconds(home.server)
        time.sleep(2)
        # A listener that asks again at once would take all of one processor.
        assert processor_seconds(home.server) - before < 1
        resource.prlimit(home.server, resource.RLIMIT_NOFILE, (soft, hard))
        for connection in connections:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 200 OK")
        assert client(url).list_tables()["TableNames"] == ["kept"]


def test_too_few_descriptors_are_named(home):
    command = ["prlimit", "--nofile=300:300", *home.command("dynamodb", "serve", "--in-memory", "--port", 0)]
    done = subprocess.run(command, cwd=home.work, env=home.environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "300" in done.stderr and "ulimit -n" in done.stderr
