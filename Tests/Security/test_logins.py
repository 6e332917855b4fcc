"""The three logins of PostgreSQL: each attack that a login tries on a running home, and the control that it works elsewhere."""

import contextlib
import re
import subprocess
import time

import pytest

NOBODY = "permission denied|must be|not allowed|must have admin option"


def refused(home, sql, login="application", because=NOBODY):
    error = home.psql(sql, code=1, login=login)
    assert re.search(because, error), f"{login}: {sql}: {error}"


def as_role(role, sql):
    return f"BEGIN; SET LOCAL ROLE {role}; {sql}; ROLLBACK"


def test_the_printed_login_owns_nothing_and_becomes_only_the_session_roles(shared_home):
    home = shared_home
    assert home.psql("SELECT current_user", login="application") == "miyabi_app"
    assert home.psql(
        "SELECT rolinherit, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles "
        "WHERE rolname = 'miyabi_app'") == "f|f|f|f|f|f"
    assert home.psql("SELECT string_agg(roleid::regrole::text, ' ' ORDER BY roleid::regrole::text) FROM pg_auth_members "
                     "WHERE member = 'miyabi_app'::regrole AND NOT admin_option") == (
        "anon authenticated authenticated_own outbox_relay service_role")
    assert home.psql("SELECT count(*) FROM pg_shdepend WHERE refobjid = 'miyabi_app'::regrole AND deptype = 'o'") == "0"
    for attack in ["SELECT count(*) FROM users", "DROP TABLE users", "ALTER TABLE users DISABLE ROW LEVEL SECURITY",
                   "CREATE TABLE mine ()", "CREATE SCHEMA mine", "CREATE ROLE mine", "CREATE DATABASE mine", "SET ROLE miyabi",
                   "ALTER ROLE miyabi_app CREATEROLE", "GRANT service_role TO anon", "GRANT pg_monitor TO miyabi_app",
                   "COPY (SELECT 1) TO PROGRAM 'id'", "SELECT pg_read_file('/etc/passwd')",
                   "SELECT query FROM pg_stat_statements", "UPDATE _sqlx_migrations SET success = false"]:
        refused(home, attack)
    assert home.psql(as_role("service_role", "SELECT count(*) >= 0 FROM users"), login="application") == "t"
    # The control: the owner, who was the printed login before, may.
    assert home.psql("BEGIN; DROP TABLE users CASCADE; ROLLBACK") == ""


def test_the_monitor_sees_the_server_and_no_data(shared_home):
    home = shared_home
    assert int(home.psql("SELECT count(*) FROM pg_stat_statements", login="monitor")) > 0
    assert home.psql("SELECT count(*) > 0 FROM pg_stat_activity WHERE usename IS NOT NULL AND query <> "
                     "'<insufficient privilege>'", login="monitor") == "t"
    tables = home.psql("SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'v', 'm') AND relnamespace::regnamespace::text "
                       "IN ('public', 'outbox', 'metering', 'counting', 'dispatch') AND relname NOT LIKE 'pg_stat%'").split()
    assert len(tables) >= 25
    for table in tables:
        refused(home, f"SELECT * FROM {table} LIMIT 1", "monitor")
    for attack in ["SET ROLE service_role", "SET ROLE anon", "CREATE TEMP TABLE t ()",
                   "SET default_transaction_read_only = off; CREATE TABLE mine ()",
                   "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'miyabi_app'",
                   "SELECT pg_read_file('/etc/passwd')", "SELECT lo_create(0)"]:
        refused(home, attack, "monitor", NOBODY + "|cannot execute")
    # One of the five is the monitor's of `miyabi up`, perhaps.
    held = [subprocess.Popen(["psql", "-XAtq", home.address("monitor")], env=home.environment, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(5)]
    try:
        answers = []
        for process in held:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write("SELECT 1;\n")
                process.stdin.flush()
            answers.append(process.stdout.readline())
        assert answers.count("1\n") >= 4
        assert "too many connections" in home.psql("SELECT 1", code=2, login="monitor")
        assert home.psql("SELECT 1") == "1"
    finally:
        for process in held:
            process.communicate(timeout=30)


@pytest.mark.parametrize("role", ["anon", "authenticated"])
def test_people_take_nothing_of_the_server(shared_home, role):
    home = shared_home
    for attack in ["CREATE TEMP TABLE t ()", "SELECT lo_create(0)", "SELECT lo_creat(-1)", "SELECT lo_from_bytea(0, 'x')",
                   "SELECT lo_open(1, 131072)", "SELECT lo_unlink(1)", "SELECT lo_import('/etc/passwd')",
                   "LOCK TABLE users", "LOCK TABLE plugins IN ROW EXCLUSIVE MODE", "LOCK TABLE workflows IN SHARE MODE", "SET temp_file_limit = -1",
                   "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'miyabi_app' LIMIT 1"]:
        refused(home, as_role(role, attack))
    # The control: all of it works where the guard is off.
    for allowed in ["SELECT lo_unlink(lo_create(0))", "CREATE TEMP TABLE t ()", "LOCK TABLE users"]:
        home.psql(f"BEGIN; {allowed}; ROLLBACK")
    home.superuser("CREATE DATABASE plain TEMPLATE template0")
    try:
        plain = home.address("application").replace("/miyabi_production", "/plain")
        subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", plain, "-c",
                        as_role(role, "SELECT lo_create(0); CREATE TEMP TABLE t ()")], check=True, env=home.environment)
    finally:
        home.superuser("DROP DATABASE plain WITH (FORCE)")


def test_sessions_have_limits_that_services_may_raise(shared_home):
    home = shared_home
    limits = ("SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN ('statement_timeout', "
              "'idle_in_transaction_session_timeout', 'lock_timeout', 'temp_file_limit')")
    bound = "idle_in_transaction_session_timeout=300000 lock_timeout=60000 statement_timeout=300000 temp_file_limit=2097152"
    for role in ["anon", "authenticated", "service_role"]:
        assert home.psql(as_role(role, limits), login="application") == bound
    raised = "SET LOCAL statement_timeout = '30min'; SHOW statement_timeout"
    assert home.psql(as_role("service_role", raised), login="application") == "30min"
    # The limit binds: a sort of 3 GB does not fill the disk. The owner has none.
    home.superuser("ALTER ROLE miyabi_app SET temp_file_limit = '1MB'")
    sort = "SELECT count(*) FROM (SELECT repeat(n::text, 10) FROM generate_series(1, 200000) n ORDER BY 1) AS t"
    try:
        refused(home, as_role("anon", f"SET LOCAL work_mem = '64kB'; {sort}"), because="temporary file size exceeds")
        assert home.psql(f"SET work_mem = '64kB'; {sort}") == "200000"
        # What the superuser has chosen stays when the home starts again.
        home.down()
        home.up()
        assert "temp_file_limit=1024" in home.psql(limits, login="application")
    finally:
        home.superuser("ALTER ROLE miyabi_app SET temp_file_limit = '2GB'")
    assert "statement timeout" in home.psql(
        "SET statement_timeout = '50ms'; SELECT pg_sleep(5)", code=1, login="application")


def test_a_home_of_one_login_gets_three_with_its_next_start(home):
    """As the version before made it: the owner's address was what was printed, and is in shells and .env files."""
    home.up()
    home.psql("INSERT INTO users (email) VALUES ('kept@example.com')")
    home.run("migrate", "revert", "--target-version", 24, "--yes")
    home.superuser("REASSIGN OWNED BY miyabi_app TO miyabi", "DROP OWNED BY miyabi_app", "DROP ROLE miyabi_app",
                   "DROP OWNED BY miyabi_monitor", "DROP ROLE miyabi_monitor", "DROP OWNED BY outbox_relay", "DROP ROLE outbox_relay",
                   "GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC")
    old = home.address("owner")
    home.down()
    for name in ["application", "monitor"]:
        (home.home / f"secrets/{name}.pgpass").unlink()
    (home.work / ".env").write_text(f"DATABASE_URL='{old}'\n")
    home.up()
    assert home.connection["DATABASE_URL"].startswith("postgresql://miyabi_app@")
    assert home.psql(as_role("service_role", "SELECT email FROM users"), login="application") == "kept@example.com"
    refused(home, as_role("anon", "SELECT lo_create(0)"))
    status = home.json("status")
    assert status["postgres"]["migrations"] == {"applied": 26} and "wider_than_needed" not in status["postgres"]
    home.wait_for_outbox()
    # A role of the superuser's, given to the login by hand, is taken away again.
    home.superuser("GRANT pg_read_server_files TO miyabi_app")
    home.down()
    home.up()
    refused(home, "SELECT pg_read_file('/etc/passwd')")


def test_an_external_database_with_one_login_works_and_is_told_to_be_wide(home, shared_home):
    owner = shared_home.address("owner")
    # By another name of the machine it is nobody's home.
    external = owner.replace("@127.0.0.1:", "@localhost:")
    status = home.json("status", code=None, DATABASE_URL=external)["postgres"]
    assert status["state"] == "external" and "owns the schema" in status["wider_than_needed"]
    assert "localhost" in home.run("status", code=None, DATABASE_URL=external).stdout
    application = shared_home.address("application").replace("@127.0.0.1:", "@localhost:")
    status = home.json("status", code=None, DATABASE_URL=application, MIGRATION_DATABASE_URL=external)["postgres"]
    assert status["state"] == "external" and "wider_than_needed" not in status and status["migrations"]["applied"] >= 25
    # Each command takes what it needs: one that migrates the owner's login, one that works the applications'.
    both = dict(DATABASE_URL=application, MIGRATION_DATABASE_URL=external)
    assert "up to date" in home.run("migrate", "run", **both).stderr
    assert home.json("outbox", "status", **both)["parked"] == 0
    assert "permission denied" in home.run("migrate", "run", code=1, DATABASE_URL=application).stderr
    assert home.run("psql", "-XAtc", "SELECT current_user", **both).stdout == "miyabi\n"
    assert home.run("psql", "--as", "application", "-XAtc", "SELECT current_user", **both).stdout == "miyabi_app\n"
    assert "not known here" in home.run("psql", "--as", "monitor", "-XAtc", "SELECT 1", code=1, **both).stderr


def test_psql_opens_as_each_login(shared_home):
    for login, role in [("owner", "miyabi"), ("application", "miyabi_app"), ("monitor", "miyabi_monitor")]:
        assert shared_home.run("psql", "--as", login, "-XAtc", "SELECT current_user").stdout == f"{role}\n"
    assert "--as must be" in shared_home.run("psql", "--as", "root", code=64).stderr


def test_the_relay_works_as_a_role_of_its_own(home):
    home.up()
    home.psql("INSERT INTO web_users (id, github_id, github_username) VALUES ('0a000000-0000-4000-8000-000000000001', 1, 'ann');"
              "INSERT INTO repositories (id, user_id, github_repo_id, owner, name, full_name) VALUES "
              "('0a000000-0000-4000-8000-000000000002', '0a000000-0000-4000-8000-000000000001', 1, 'ann', 'r', 'ann/r');")
    execution = ("INSERT INTO agent_executions (user_id, repository_id, agent_type, status) VALUES "
                 "('0a000000-0000-4000-8000-000000000001', '0a000000-0000-4000-8000-000000000002', 'CodeGen', 'pending')")
    # Without service_role's rights on the outbox it still relays.
    home.psql("REVOKE ALL ON outbox.usage FROM service_role; REVOKE DELETE ON outbox.changes FROM service_role")
    home.psql(execution)
    for _ in range(300):
        if home.psql("SELECT count(*) FROM outbox.changes") == "0":
            break
        time.sleep(0.1)
    assert home.psql("SELECT count(*) FROM outbox.changes") == "0"
    # The control: without its own it does not.
    home.psql("REVOKE DELETE ON outbox.changes FROM outbox_relay")
    home.psql(execution)
    assert "permission denied" in home.psql(
        as_role("outbox_relay", "DELETE FROM outbox.changes"), code=1, login="application")
    assert home.psql("SELECT count(*) FROM outbox.changes") == "1"
