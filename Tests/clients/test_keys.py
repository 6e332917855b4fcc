"""Access keys: requests signed by botocore, rightly and wrongly."""

import datetime
import hashlib
import http.client
import json
import os
import random
import stat
import urllib.parse

import boto3
import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from serving import serving


class Server:
    def __init__(self, home, data, url):
        self.home, self.data, self.url = home, data, url
        self.host = urllib.parse.urlsplit(url).netloc

    def keys(self, *arguments, **options):
        command, *rest = arguments
        return self.home.run("dynamodb", "keys", command, "--data", self.data, *rest, **options).stdout

    def add_key(self):
        return Credentials(*(line.split("=", 1)[1] for line in self.keys("add").splitlines()))

    def client(self, credentials):
        return boto3.client(
            "dynamodb", endpoint_url=self.url, region_name="us-east-1", aws_access_key_id=credentials.access_key,
            aws_secret_access_key=credentials.secret_key, config=Config(retries={"max_attempts": 0}))

    def send(self, request):
        """Sends what was signed, byte for byte."""
        target = request.url.removeprefix(self.url)
        connection = http.client.HTTPConnection(self.host, timeout=30)
        connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", self.host)
        for name, value in request.headers.items():
            connection.putheader(name, value)
        body = request.body or b""
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        answer = json.loads(response.read())
        connection.close()
        return response.status, answer.get("__type", "").split("#")[-1], answer.get("message") or answer.get("Message")


@pytest.fixture
def server(home):
    data = home.path / "data"
    with serving(home, "--data", data) as url:
        yield Server(home, data, url)


def request(server, body=b"{}", path="/", headers=None):
    return AWSRequest("POST", server.url + path, data=body, headers={
        "X-Amz-Target": "DynamoDB_20120810.ListTables", "Content-Type": "application/x-amz-json-1.0"} | (headers or {}))


def signed(server, credentials, region="us-east-1", service="dynamodb", **options):
    made = request(server, **options)
    SigV4Auth(credentials, service, region).add_auth(made)
    return made


class PresignedWithBody(SigV4QueryAuth):
    """botocore moves a body into the query; the API takes it as a body."""

    def __init__(self, body, *arguments, **options):
        super().__init__(*arguments, **options)
        self.body = body

    def payload(self, request):
        return hashlib.sha256(self.body).hexdigest()


def presigned(server, credentials, expires=60, path="/"):
    made = request(server, body=None, path=path)
    PresignedWithBody(b"{}", credentials, "dynamodb", "us-east-1", expires=expires).add_auth(made)
    made.data = b"{}"
    return made


def test_the_first_key_closes_a_running_server_and_removal_shuts_it(server):
    nobody = Credentials("any", "any")
    assert server.client(nobody).list_tables()["TableNames"] == []
    key = server.add_key()
    assert len(key.access_key) == 20 and len(key.secret_key) == 40
    assert server.client(key).list_tables()["TableNames"] == []
    with pytest.raises(ClientError) as error:
        server.client(nobody).list_tables()
    assert error.value.response["Error"] == {
        "Code": "UnrecognizedClientException", "Message": "The security token included in the request is invalid."}

    other = server.add_key()
    listed = server.home.lines("dynamodb", "keys", "list", "--data", server.data)
    assert [key["id"] for key in listed] == [key.access_key, other.access_key]
    assert server.client(other).list_tables()["TableNames"] == []
    server.keys("remove", key.access_key, "--yes")
    with pytest.raises(ClientError, match="UnrecognizedClientException"):
        server.client(key).list_tables()
    server.keys("remove", other.access_key, "--yes")
    with pytest.raises(ClientError, match="UnrecognizedClientException"):
        server.client(nobody).list_tables()
    missing = server.home.run("dynamodb", "keys", "remove", "--data", server.data, other.access_key, code=1)
    assert other.access_key in missing.stderr


def test_secrets_are_the_owners_alone(server):
    key = server.add_key()
    file = server.data / "keys"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key.secret_key in file.read_text()
    assert key.secret_key not in server.keys("list")


def test_a_damaged_file_lets_nobody_in(server):
    key = server.add_key()
    (server.data / "keys").write_text("one two three\n")
    with pytest.raises(ClientError, match="InternalServerError"):
        server.client(key).list_tables()
    assert "line 1" in server.home.run("dynamodb", "keys", "list", "--data", server.data, code=1).stderr


def test_a_wrong_signature_is_refused(server):
    key = server.add_key()
    wrong = Credentials(key.access_key, key.secret_key[:-1] + ("a" if key.secret_key[-1] != "a" else "b"))
    status, kind, message = server.send(signed(server, wrong))
    assert (status, kind) == (400, "InvalidSignatureException")
    assert message.startswith("The request signature we calculated does not match the signature you provided.")


def test_what_is_signed_cannot_be_changed(server):
    key = server.add_key()

    def changed(change):
        made = signed(server, key, headers={"X-Amz-Other": "1"})
        change(made)
        return server.send(made)[1]

    def replace(name, value):
        def change(made):
            made.headers.replace_header(name, value)
        return change

    assert changed(lambda made: None) == ""
    assert changed(lambda made: setattr(made, "data", b"{ }")) == "InvalidSignatureException"
    assert changed(lambda made: setattr(made, "url", made.url + "?a=b")) == "InvalidSignatureException"
    assert changed(lambda made: setattr(made, "url", made.url + "x")) == "InvalidSignatureException"
    assert changed(replace("X-Amz-Target", "DynamoDB_20120810.DescribeLimits")) == "InvalidSignatureException"
    assert changed(replace("X-Amz-Other", "2")) == "InvalidSignatureException"
    assert changed(lambda made: made.headers.__delitem__("X-Amz-Other")) == "InvalidSignatureException"


@pytest.mark.parametrize("minutes, kind, words", [
    (0, "", None), (14, "", None), (-14, "", None),
    (-16, "InvalidSignatureException", ["Signature expired: ", " is now earlier than ", " - 15 min.)"]),
    (16, "InvalidSignatureException", ["Signature not yet current: ", " is still later than ", " + 15 min.)"])])
def test_the_clocks_may_differ_by_fifteen_minutes(server, monkeypatch, minutes, kind, words):
    key = server.add_key()
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda *_: moment)
    _, found, message = server.send(signed(server, key))
    assert found == kind
    for word in words or []:
        assert word in message


def test_presigned_requests(server, monkeypatch):
    key = server.add_key()
    assert server.send(presigned(server, key))[1] == ""
    assert server.send(presigned(server, key, path="/?b=2&a=%20x&a=1"))[1] == ""
    both = presigned(server, key)
    both.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=a"
    assert server.send(both)[2].startswith("Found both 'X-Amz-Algorithm' as a query-string param")
    made = presigned(server, key)
    made.url = made.url.replace("X-Amz-Expires=60", "X-Amz-Expires=61")
    assert server.send(made)[1] == "InvalidSignatureException"
    made = presigned(server, key)
    made.url = made.url.replace("X-Amz-Date", "X-Amz-Dote")
    assert server.send(made)[1:] == (
        "IncompleteSignatureException",
        "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.")
    past = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=90)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda *_: past)
    assert server.send(presigned(server, key, expires=300))[1] == ""
    assert server.send(presigned(server, key, expires=60))[2].startswith("Signature expired: ")


def authorization(server, key, change):
    made = signed(server, key)
    made.headers.replace_header("Authorization", change(made.headers["Authorization"]))
    return server.send(made)[1:]


def test_faults_are_told_in_aws_words(server):
    key = server.add_key()
    plain = server.send(request(server))
    assert plain == (400, "MissingAuthenticationTokenException", "Request is missing Authentication Token")
    kind, message = authorization(server, key, lambda text: "AWS4-HMAC-SHA256 Credential=a")
    assert kind == "IncompleteSignatureException"
    assert message.startswith(
        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. ")
    kind, message = authorization(server, key, lambda text: text.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA25"))
    assert (kind, message[:34]) == ("IncompleteSignatureException", "Unsupported AWS 'algorithm': 'AWS4")
    kind, message = authorization(server, key, lambda text: text.replace("/us-east-1", ""))
    assert (kind, message[:53]) == (
        "IncompleteSignatureException", "Credential must have exactly 5 slash-delimited elemen")
    kind, message = authorization(server, key, lambda text: text.replace(";host", ""))
    assert (kind, message) == (
        "InvalidSignatureException", "'Host' must be a 'SignedHeader' in the AWS Authorization.")
    kind, message = authorization(server, key, lambda text: text.replace(";x-amz-target", ""))
    assert kind == "InvalidSignatureException" and "x-amz-target" in message
    kind, message = server.send(signed(server, key, service="s3"))[1:]
    assert (kind, message) == (
        "InvalidSignatureException", "Credential should be scoped to correct service: 'dynamodb'. ")


def test_generated_requests_are_canonicalized_as_botocore_does(server):
    key = server.add_key()
    seed = int(os.environ.get("MIYABI_TEST_SEED", 7))
    generator = random.Random(seed)
    text = lambda alphabet, most: "".join(generator.choice(alphabet) for _ in range(generator.randint(0, most)))
    for number in range(150):
        path = "/" + text(["a", "B", "/", ".", "..", "%20", "%2F", "~", "-", "_", "+", "@", "=", ":", ",", "*", "(", "é"], 8)
        path = urllib.parse.quote(path, safe="/%~-_.+@=:,*()")
        query = "&".join(
            text("ab-.~", 2) + generator.choice(["=", "", "=%2F", "=%20"]) + text("ab01-~", 3)
            for _ in range(generator.randint(0, 4)))
        headers = {
            f"X-{name}": text(["a", " ", "  ", "\t", ",", ";", "=", "/"], 12)
            for name in {text("abcdeXYZ-", 5) + "x" for _ in range(generator.randint(0, 5))}}
        body = b"{}" + b" " * generator.randint(0, 40)
        region = generator.choice(["us-east-1", "ap-northeast-1", "local", "x"])
        made = signed(
            server, key, region=region, path=path + ("?" + query if query else ""), headers=headers, body=body)
        status, kind, message = server.send(made)
        assert status == 200, (seed, number, path, query, headers, message)


def test_beyond_loopback_needs_a_key_or_a_word(home):
    data = home.path / "data"
    refused = home.run("dynamodb", "serve", "--port", 0, "--host", "0.0.0.0", "--data", data, code=1)
    assert "add an access key" in refused.stderr
    with serving(home, "--host", "0.0.0.0", "--data", data, "--allow-unauthenticated") as url:
        server = Server(home, data, url)
        assert server.client(Credentials("any", "any")).list_tables()["TableNames"] == []
        key = server.add_key()
    with serving(home, "--host", "0.0.0.0", "--data", data) as url:
        server = Server(home, data, url)
        assert server.client(key).list_tables()["TableNames"] == []
        (data / "keys").unlink()
        with pytest.raises(ClientError, match="UnrecognizedClientException"):
            server.client(key).list_tables()
