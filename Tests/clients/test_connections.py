"""Ways to name a server that psql and every other libpq program know: Miyabi takes them all."""

import collections
import pathlib
import urllib.parse

import pytest

Server = collections.namedtuple("Server", "host port user password database")


@pytest.fixture
def server(shared_home):
    url = urllib.parse.urlsplit(shared_home.address())
    passfile = urllib.parse.parse_qs(url.query)["passfile"][0]
    password = pathlib.Path(passfile).read_text().split("\n")[0].rsplit(":", 1)[1]
    return Server(url.hostname, url.port, url.username, password, url.path[1:])


def private(path, text):
    path.write_text(text)
    path.chmod(0o600)
    return str(path)


def passfile(home, server, password):
    return private(home.path / "passfile", f"{server.host}:{server.port}:*:{server.user}:{password}\n")


def migrations(home, code=0, **environment):
    done = home.run("migrate", "info", "--json", code=code, **environment)
    return done.stdout if code == 0 else done.stderr


def test_service_file_and_passfile(home, server):
    service = (f"[miyabi]\nhost={server.host}\nport={server.port}\nuser={server.user}\ndbname={server.database}\n")
    files = {"PGSERVICEFILE": private(home.path / "services", service), "PGPASSFILE": passfile(home, server, server.password)}
    assert '"applied"' in migrations(home, DATABASE_URL="service=miyabi", **files)
    # What the URL itself says wins.
    error = migrations(home, code=1, DATABASE_URL="postgresql:///nowhere?service=miyabi", **files)
    assert '"nowhere"' in error and server.password not in error
    assert '"other"' in migrations(home, code=None, DATABASE_URL="service=other", **files)


def test_passfile_in_the_url(home, server):
    address = f"postgresql://{server.user}@{server.host}:{server.port}/{server.database}"
    query = urllib.parse.urlencode({"passfile": passfile(home, server, server.password)})
    assert '"applied"' in migrations(home, DATABASE_URL=f"{address}?{query}")
    passfile(home, server, "not-this-one")
    error = migrations(home, code=1, DATABASE_URL=f"{address}?{query}")
    assert "28P01" in error and "not-this-one" not in error


def test_several_hosts(home, server):
    """The first host that answers, and is what is asked for."""
    login = f"{server.user}:{urllib.parse.quote(server.password, safe='')}"
    address = f"postgresql://{login}@127.0.0.1:1,{server.host}:{server.port}/{server.database}"
    assert '"applied"' in migrations(home, DATABASE_URL=f"{address}?target_session_attrs=read-write")
    error = migrations(home, code=1, DATABASE_URL=f"{address}?target_session_attrs=standby")
    assert "standby" in error and server.password not in error


def test_environment_of_libpq(home, server):
    environment = {
        "PGHOST": server.host, "PGPORT": str(server.port), "PGUSER": server.user, "PGPASSWORD": server.password}
    assert '"applied"' in migrations(home, DATABASE_URL=f"postgresql:///{server.database}", **environment)
