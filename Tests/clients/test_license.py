"""miyabi license: tokens that PyJWT verifies, and tokens of an attacker that `miyabi license verify` refuses."""

import base64
import datetime
import hashlib
import json
import os
import stat

import jwt
import pytest

USER = "10000000-0000-4000-8000-000000000002"
TYPES = {"license": "miyabi-license+jwt", "revocations": "miyabi-revocations+jwt"}


class Issuer:
    def __init__(self, home):
        self.home = home
        self.secret = home.home / "secrets/license-keys/signing-key.pem"

    def run(self, *arguments, **options):
        return self.home.run("license", *arguments, **options)

    def issue(self, *arguments):
        terms = arguments or ("--for", "30d")
        return self.run("issue", "--user", "aoi@miyabi.example", "--plugin", "miyabi-operations-pro", *terms).stdout.strip()

    def key(self, token):
        """The public key that a token names, from the set that is handed out."""
        keys = jwt.PyJWKSet.from_json(self.run("keys", "--json").stdout)
        return keys[jwt.get_unverified_header(token)["kid"]]

    def decode(self, token, kind="license"):
        key = self.key(token)
        header = jwt.get_unverified_header(token)
        assert header == {"alg": key.algorithm_name, "kid": key.key_id, "typ": TYPES[kind]}
        audience = "miyabi-operations-pro" if kind == "license" else None
        return jwt.decode(token, key, algorithms=[key.algorithm_name], issuer="miyabi", audience=audience,
                          options={"require": ["iat", "iss"]})

    def verdict(self, token, *arguments, code=0, plugin="miyabi-operations-pro"):
        return self.home.json("license", "verify", "--plugin", plugin, *arguments, input=token, code=code)


@pytest.fixture(scope="module")
def issuer(shared_home):
    shared_home.psql(f"insert into users (id, email) values ('{USER}', 'aoi@miyabi.example') on conflict do nothing")
    shared_home.psql("""insert into plugins (id, name, display_name, source, version, tier, features, limitations, trial_period)
      values ('miyabi-operations-pro', 'p', 'P', 'github:m/p', '1.0.0', 'pro', '{"api_access": true}',
        '{"issues_per_month": 1000}', 14), ('no-trial', 'n', 'N', 'github:m/n', '1.0.0', 'free', NULL, NULL, 0)
      on conflict do nothing""")
    issuer = Issuer(shared_home)
    # The home is that of other modules too: the first that asks for an issuer finds none.
    if not issuer.secret.exists():
        assert "miyabi license rotate" in issuer.run(
            "issue", "--user", USER, "--plugin", "no-trial", "--unlimited", code=1).stderr
        issuer.run("rotate")
    return issuer


def thumbprint(key):
    members = {name: key[name] for name in ["crv", "kty", "x", "y"] if name in key}
    digest = hashlib.sha256(json.dumps(members, separators=(",", ":"), sort_keys=True).encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def test_pyjwt_reads_what_miyabi_signs(issuer):
    for algorithm in ["ES256", "EdDSA"]:
        rotated = json.loads(issuer.run("rotate", "--algorithm", algorithm, "--yes", "--json").stdout)
        keys = json.loads(issuer.run("keys", "--json").stdout)["keys"]
        assert rotated == {"alg": algorithm, "kid": keys[0]["kid"]}
        assert all(thumbprint(key) == key["kid"] and "d" not in key for key in keys)
        token = issuer.issue("--for", "30d", "--tier", "enterprise", "--features", '{"a/b": [1, 2.5, "é", null]}')
        claims = issuer.decode(token)
        assert claims["sub"] == USER and claims["tier"] == "enterprise"
        assert claims["features"] == {"a/b": [1, 2.5, "é", None]} and claims["limitations"] == {"issues_per_month": 1000}
        assert claims["exp"] - claims["iat"] == 30 * 86_400
        assert issuer.verdict(token) == {"good": True, "claims": claims}
        stored = issuer.home.psql(f"select id, tier, extract(epoch from expires_at)::bigint from licenses"
                                  f" where license_key = '{token}'")
        assert stored == f"{claims['jti']}|enterprise|{claims['exp']}"


def test_what_rotation_leaves_and_forgetting_ends(issuer, tmp_path):
    old = issuer.issue()
    kid = jwt.get_unverified_header(old)["kid"]
    assert "is the current signing key" in issuer.run("keys", "--forget", kid, "--yes", code=1).stderr
    assert "This deletes the private key" in issuer.run("rotate", code=64).stderr
    issuer.run("rotate", "--yes")
    new = issuer.issue()
    assert jwt.get_unverified_header(new)["kid"] != kid
    assert issuer.decode(old) and issuer.verdict(old)["good"] and issuer.verdict(new)["good"]
    lines = issuer.run("keys").stdout.splitlines()
    assert [line.endswith("  signs") for line in lines] == [True] + [False] * (len(lines) - 1)
    issuer.run("keys", "--forget", kid, "--yes")
    assert issuer.verdict(old, code=3) == {"good": False, "reason": "unknown_key"}
    assert issuer.verdict(new)["good"]


def test_forgeries_are_refused(issuer):
    token = issuer.issue()
    claims, header, key = issuer.decode(token), jwt.get_unverified_header(token), issuer.key(token)
    typed = {"typ": header["typ"], "kid": header["kid"]}
    public = json.loads(issuer.run("keys", "--json").stdout)["keys"][0]["x"]
    secret = key.key.public_bytes_raw()
    other = jwt.encode(claims | {"tier": "free"}, None, algorithm="none").split(".")[1]
    parts = token.split(".")
    for forged, reason in [
        (jwt.encode(claims, None, algorithm="none", headers=typed), "wrong_algorithm"),
        (jwt.encode(claims, secret, algorithm="HS256", headers=typed), "wrong_algorithm"),
        (jwt.encode(claims, public, algorithm="HS256", headers=typed), "wrong_algorithm"),
        (".".join([parts[0], other, parts[2]]), "bad_signature"),
        (".".join([parts[0], parts[1], ""]), "bad_signature"),
        (jwt.encode(claims, None, algorithm="none", headers={"typ": header["typ"]}), "unknown_key"),
        ("", "malformed"), ("a.b.c", "malformed"),
        (issuer.run("revocations").stdout, "malformed"),
    ]:
        assert issuer.verdict(forged, code=3) == {"good": False, "reason": reason}
    assert issuer.verdict(token, plugin="no-trial", code=3)["reason"] == "wrong_plugin"
    assert issuer.verdict(token, "--issuer", "else", code=3)["reason"] == "wrong_issuer"


def test_revocation_reaches_who_has_no_database(issuer, tmp_path):
    good, bad = issuer.issue("--for", "1d"), issuer.issue("--unlimited")
    licence = issuer.decode(bad)["jti"]
    files = {name: tmp_path / name for name in ["bad.jwt", "keys.json", "before.jwt", "after.jwt"]}
    files["bad.jwt"].write_text(bad + "\n")
    files["before.jwt"].write_text(issuer.run("revocations").stdout)
    first = issuer.run("revoke", licence, "--reason", "refunded", "--yes", "--json").stdout
    assert json.loads(first)["status"] == "revoked"
    assert issuer.run("revoke", licence, "--yes", "--json").stdout == first
    assert issuer.home.psql(f"select license_is_revoked('{bad}')") == "t"
    files["after.jwt"].write_text(issuer.run("revocations", "--for", "2h").stdout)
    listed = issuer.decode(files["after.jwt"].read_text().strip(), "revocations")
    assert licence in listed["revoked"] and listed["exp"] - listed["iat"] == 7200
    files["keys.json"].write_text(issuer.run("keys", "--json").stdout)

    def verify(token, revocations, code):
        # Without a home, a database, or a token among the arguments.
        return issuer.run(
            "verify", token, "--plugin", "miyabi-operations-pro", "--public-keys", files["keys.json"],
            "--revocations", files[revocations], code=code, MIYABI_HOME=str(tmp_path / "nowhere"))

    assert licence in verify(files["bad.jwt"], "before.jwt", 0).stdout
    assert "was revoked" in verify(files["bad.jwt"], "after.jwt", 3).stderr
    files["bad.jwt"].write_text(good)
    verify(files["bad.jwt"], "after.jwt", 0)
    assert "cannot be read" in verify(tmp_path / "missing", "after.jwt", 1).stderr
    assert not (tmp_path / "nowhere").exists()


def test_trials_and_lists(issuer):
    claims = issuer.decode(issuer.issue("--trial"))
    assert claims["exp"] - claims["iat"] == 14 * 86_400
    assert "user_id, plugin_id" in issuer.run(
        "issue", "--user", USER, "--plugin", "miyabi-operations-pro", "--trial", code=1).stderr
    end = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=400)).strftime("%Y-%m-%d")
    last = issuer.decode(issuer.issue("--until", end))
    listed = issuer.home.lines("license", "list", "--user", "aoi@miyabi.example", "--status", "good", "--limit", 1)
    assert [line["id"] for line in listed] == [last["jti"]]
    assert listed[0]["expires_at"].startswith(end) and "license_key" not in listed[0]
    assert "has no trial" in issuer.run("issue", "--user", USER, "--plugin", "no-trial", "--trial", code=1).stderr
    assert "no plugin" in issuer.run("issue", "--user", USER, "--plugin", "none", "--unlimited", code=1).stderr
    assert "nobody@a" in issuer.run("issue", "--user", "nobody@a", "--plugin", "no-trial", "--unlimited", code=1).stderr
    assert issuer.run("list", "--plugin", "none").stderr == "no licences\n"
    for wrong in [["issue", "--user", USER, "--plugin", "x"], ["issue", "--user", USER, "--plugin", "x", "--for", "0d"],
                  ["issue", "--user", USER, "--plugin", "x", "--for", "1d", "--unlimited"], ["revoke", "x"],
                  ["issue", "--user", USER, "--plugin", "x", "--unlimited", "--features", "[]"],
                  ["verify", "--plugin", "x", "--clock-skew", "301"], ["rotate", "--algorithm", "HS256"]]:
        issuer.run(*wrong, code=64)


def test_the_private_key_is_its_owners_alone(issuer):
    assert stat.S_IMODE(issuer.secret.stat().st_mode) == 0o600
    pem = issuer.secret.read_text()
    told = [issuer.run(*command, "--verbose") for command in [["keys"], ["keys", "--json"], ["rotate", "--yes"], ["revocations"]]]
    assert not any(line in done.stdout + done.stderr for done in told for line in pem.splitlines()[1:-1])
    os.chmod(issuer.secret, 0o644)
    assert "chmod 600" in issuer.run("revocations", code=1).stderr
    os.chmod(issuer.secret, 0o600)
