"""What a page of another site can do to a database on the same machine, in the browser that people have: Debian's Chromium.

The page is the attacker's, the browser is the victim's. Nothing here is a request that we put together ourselves: what a
browser refuses, asks first or sends on its own is part of what protects a user, and of what does not.
"""

import contextlib
import http.server
import os
import threading
import urllib.parse

import pytest
from selenium import webdriver
from serving import serving

# An attacker's site, by a name that leads to this machine, and a page that is served for any path.
SITE = "evil.example"

ASK = """
const [url, operation, body, mode, done] = arguments;
const headers = {"X-Amz-Target": "DynamoDB_20120810." + operation, "Content-Type": "application/x-amz-json-1.0",
                 "Authorization": "AWS4-HMAC-SHA256 Credential=any"};
fetch(url, {method: "POST", body, mode, ...(mode == "no-cors" ? {} : {headers})})
    .then(async answer => done(answer.type + " " + answer.status + " " + await answer.text()), error => done("failed: " + error));
"""


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Win a telephone</title>")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    """The attacker's site, as an origin."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{SITE}:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
                     # The site's name server has answered 127.0.0.1.
                     f"--host-resolver-rules=MAP *.example 127.0.0.1, MAP {SITE} 127.0.0.1",
                     # Newer browsers ask the user before a public site reaches the machine: assume that he has agreed.
                     "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights"]:
        options.add_argument(argument)
    # A proxy of the machine's would keep the page from 127.0.0.1.
    options.add_argument("--no-proxy-server")
    with without_proxy():
        driver = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_script_timeout(30)
    yield driver
    driver.quit()


@contextlib.contextmanager
def without_proxy():
    saved = {name: os.environ.pop(name) for name in list(os.environ) if name.lower().endswith("_proxy")}
    try:
        yield
    finally:
        os.environ.update(saved)


def ask(browser, url, operation, body="{}", mode="cors"):
    with without_proxy():
        return browser.execute_async_script(ASK, url, operation, body, mode)


def visit(browser, url):
    with without_proxy():
        browser.get(url)


def rebound(url):
    """The engine's address by the site's name: what a page of the site has as its own origin once its name leads here."""
    return f"http://{SITE}:{urllib.parse.urlsplit(url).port}"


DELETE = '{"TableName": "MiyabiEvents"}'


def test_a_page_gets_nothing_from_a_home_and_changes_nothing(browser, site, shared_home):
    url = shared_home.connection["DYNAMODB_ENDPOINT"]
    visit(browser, site)
    for operation, body in [("ListTables", "{}"), ("DeleteTable", DELETE)]:
        assert ask(browser, url, operation, body).startswith("failed: TypeError")
        # What a browser sends without asking first reaches the server, and does nothing there.
        assert ask(browser, url, operation, body, mode="no-cors").startswith("opaque 0")
    # The page's own name leads here: the browser sees one origin and lets it send and read everything.
    visit(browser, rebound(url))
    for operation, body in [("ListTables", "{}"), ("DeleteTable", DELETE)]:
        assert "basic 400" in ask(browser, "/", operation, body)
    assert "MiyabiEvents" in shared_home.aws("list-tables")["TableNames"]


def test_a_page_gets_nothing_from_a_server_without_keys(browser, site, home):
    with serving(home, "--in-memory") as url:
        visit(browser, site)
        assert ask(browser, url, "ListTables").startswith("failed: TypeError")
        visit(browser, rebound(url))
        assert "AccessDenied" in ask(browser, "/", "ListTables")


def test_the_attacks_work_where_the_guards_are_off(browser, site, home):
    with serving(home, "--in-memory", "--allow-unauthenticated", "--cors", "*") as url:
        visit(browser, site)
        assert 'cors 200 {"TableNames":[]}' == ask(browser, url, "ListTables")
        visit(browser, rebound(url))
        assert '{"TableNames":[]}' in ask(browser, "/", "ListTables")


def test_a_page_that_is_named_may_ask(browser, site, home):
    with serving(home, "--in-memory", "--cors", site) as url:
        visit(browser, site)
        assert 'cors 200 {"TableNames":[]}' == ask(browser, url, "ListTables")
        visit(browser, site.replace(SITE, "other.example"))
        assert ask(browser, url, "ListTables").startswith("failed: TypeError")


def test_a_page_gets_nothing_from_postgresql(browser, site, shared_home):
    """Chromium refuses to speak to some ports only; the server must not take a page's request for a client's."""
    address = urllib.parse.urlsplit(shared_home.connection["DATABASE_URL"])
    visit(browser, site)
    assert ask(browser, f"http://127.0.0.1:{address.port}/", "ListTables").startswith("failed: TypeError")
    assert shared_home.psql("SELECT 1") == "1"
