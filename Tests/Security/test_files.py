"""Files, programs and secrets: what another account, a downloaded directory or a look into a process gets."""

import os
import pathlib
import pwd
import re
import resource
import shutil
import stat
import subprocess

import pytest

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account's directory to work in")


def modes(directory):
    return {path: stat.S_IMODE(path.lstat().st_mode) for path in directory.rglob("*") if not path.is_symlink()}


def test_files_are_for_their_owner_whatever_the_umask(home):
    subprocess.run(["sh", "-c", 'umask 000; exec "$@"', "sh", *home.command(
        "up", "--detach", "--postgres-port", 0, "--dynamodb-port", 0)], cwd=home.work, env=home.environment, check=True,
        capture_output=True, timeout=120)
    public = {"miyabi-home", ".gitignore"}
    wide = [path for path, mode in modes(home.home).items() if mode & 0o077 and path.name not in public]
    assert wide == []
    # The control: in this directory the same shell makes files for everybody.
    subprocess.run(["sh", "-c", "umask 000; : > wide"], cwd=home.path, check=True)
    assert modes(home.path)[home.path / "wide"] & 0o077
    # What is a user's own file stays as the user wants it.
    made = home.run("migrate", "add", "tags", "--source", home.path / "own").stdout.split()
    assert made and all(stat.S_IMODE(os.stat(home.work / path).st_mode) == 0o644 for path in made)
    home.down()
    for name in ["pgpass", "application.pgpass", "monitor.pgpass", "superuser.pgpass"]:
        secret = home.home / "secrets" / name
        secret.chmod(0o644)
        error = home.run("up", "--detach", code=1).stderr
        assert f"{secret} holds a secret" in error and f"chmod 600 {secret}" in error
        secret.chmod(0o600)


@root_only
def test_root_follows_no_link_of_the_servers_account(home):
    home.up()
    home.down()
    victim = home.path / "victim"
    victim.mkdir()
    (victim / "kept").write_text("precious")
    data = home.home / "postgres/data"

    def plant(*command):
        postgres = pwd.getpwnam("postgres")
        subprocess.run(command, check=True, user=postgres.pw_uid, group=postgres.pw_gid, extra_groups=[])

    plant("mv", data, f"{data}.real")
    plant("ln", "-s", victim, data)
    error = home.run("up", "--detach", code=1).stderr
    assert f"{data} is a link" in error
    assert [path.name for path in victim.iterdir()] == ["kept"] and victim.stat().st_uid == 0
    home.run("reset", "--yes")
    assert (victim / "kept").read_text() == "precious" and not home.home.exists()
    # The control: the account may plant it, and root's tools go where it leads.
    assert subprocess.run(["ls", victim], capture_output=True, text=True).stdout == "kept\n"


@root_only
def test_root_works_in_no_directory_of_somebody_else(home):
    nobody = pwd.getpwnam("nobody")
    theirs = home.path / "theirs"
    theirs.mkdir()
    os.chown(theirs, nobody.pw_uid, nobody.pw_gid)
    error = home.run("up", "--detach", "--home", theirs / "miyabi", code=1).stderr
    assert f"{theirs} belongs to nobody" in error and not list(theirs.iterdir())


@pytest.fixture
def trap(home):
    """A program in the working directory, which came with a download, and whether it was run."""
    programs = home.work / "bin"
    programs.mkdir()
    trace = home.path / "was-run"
    for name in ["initdb", "postgres", "psql", "pg_ctl"]:
        (programs / name).write_text(f"#!/bin/sh\ntouch '{trace}'\necho '{name} (PostgreSQL) 15.0'\n")
        (programs / name).chmod(0o755)
    return programs, trace


def test_the_env_file_of_a_directory_runs_nothing(home, trap):
    programs, trace = trap
    (home.work / ".env").write_text(f"MIYABI_POSTGRES_BIN={programs}\n")
    for command in [["up", "--detach"], ["psql", "-c", "SELECT 1"], ["status"], ["backup"]]:
        error = home.run(*command, code=1).stderr
        assert "MIYABI_POSTGRES_BIN" in error and "export MIYABI_POSTGRES_BIN" in error
    assert not trace.exists()
    # What is libpq's own is not taken from there at all.
    (home.work / ".env").write_text(f"PGSERVICEFILE={programs}/x\nPGPASSFILE={programs}/x\nPATH={programs}\nPSQL_PAGER={programs}/psql\n")
    home.run("status", code=3)
    assert not trace.exists()
    # The control: the environment is the user's, and may.
    (home.work / ".env").unlink()
    home.run("up", "--detach", code=1, MIYABI_POSTGRES_BIN=str(programs))
    assert trace.exists()


def library(home):
    """A library whose loading leaves a trace."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        pytest.skip("no C compiler")
    trace = home.path / "was-loaded"
    source = home.work / "evil.c"
    source.write_text(f'#include <stdio.h>\n__attribute__((constructor)) static void f(void) {{ fopen("{trace}", "w"); }}\n')
    subprocess.run([compiler, "-shared", "-fPIC", "-o", home.work / "evil.so", source], check=True)
    return home.work / "evil.so", trace


def test_the_env_file_loads_no_library(home, shared_home):
    evil, trace = library(home)
    certificate = home.work / "cert.pem"
    subprocess.run(["openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=x", "-keyout", "/dev/null", "-out",
                    certificate], check=True, capture_output=True)
    server = shared_home.connection["DATABASE_URL"].split("@")[1].split("/")[0].replace("127.0.0.1", "localhost")
    url = f"postgresql://x@{server}/x?sslmode=prefer&sslcert={certificate}&sslkey={evil}:key"
    (home.work / ".env").write_text(f"DATABASE_URL='{url}'\n")
    assert "sslkey" in home.run("status", code=1).stderr and not trace.exists()
    home.run("status", code=None, DATABASE_URL=url)


SECRET = "hunter2-in-no-place"


def processes(home):
    """The processes of a home: its supervisor, its server, and what they started."""
    state = home.json("status")
    parents = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            pass
    found = {state["pid"]}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found, state


def test_children_get_no_secrets_and_dump_no_core(home):
    environment = {"AWS_SECRET_ACCESS_KEY": SECRET, "AWS_ACCESS_KEY_ID": "AKIAHUNTER", "UNRELATED": SECRET + "-too"}
    home.up(**environment)
    found, state = processes(home)
    assert len(found) >= 6
    for pid in found:
        limits = pathlib.Path(f"/proc/{pid}/limits").read_text()
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert core.split()[4:6] == ["1", "1"], core
        assert SECRET.encode() not in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
        if pid != state["pid"]:
            assert SECRET.encode() not in pathlib.Path(f"/proc/{pid}/environ").read_bytes()
    # The control: the supervisor is this program, has the user's environment, and is seen to have it.
    assert SECRET.encode() in pathlib.Path(f"/proc/{state['pid']}/environ").read_bytes()
    logs = b"".join(path.read_bytes() for path in home.home.rglob("*.log*") if path.is_file())
    assert SECRET.encode() not in logs


def test_psql_has_the_password_and_its_environment_has_not(home, shared_home):
    password = pathlib.Path(shared_home.home / "secrets/pgpass").read_text().split("\n")[0].rsplit(":", 1)[1]
    server = shared_home.connection["DATABASE_URL"].split("@")[1].split("?")[0].replace("127.0.0.1", "localhost")
    url = f"postgresql://miyabi:{password}@{server}"
    done = home.run("psql", "-XAt", input="SELECT current_user;\n\\! env\n\\! tr '\\0' ' ' < /proc/$PPID/cmdline\n",
                    DATABASE_URL=url, AWS_SECRET_ACCESS_KEY=SECRET, UNRELATED="stays")
    assert done.stdout.startswith("miyabi\n") and "UNRELATED=stays" in done.stdout
    assert password not in done.stdout and SECRET not in done.stdout
    # The control: psql itself hands on what it was given.
    shown = subprocess.run(["psql", "-XAt", url.replace(f":{password}", ""), "-c", "\\! env"], capture_output=True, text=True,
                           env=home.environment | {"PGPASSWORD": password}).stdout
    assert password in shown


def test_no_memory_goes_into_a_core_file(shared_home):
    """Neither of the program nor of the server that it starts; the control is a program that was started the same way."""
    def limit(pid):
        limits = pathlib.Path(f"/proc/{pid}/limits").read_text()
        return re.search(r"Max core file size +(\S+)", limits)[1]

    status = shared_home.json("status")
    # 1 and not 0: a program that takes core files through a pipe gets them with 0.
    assert limit(status["pid"]) == "1" and limit(status["postgres"]["pid"]) == "1"
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    raised = lambda: resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    with subprocess.Popen(["sleep", "100"], preexec_fn=raised) as other:
        assert limit(other.pid) != "1"
        other.kill()
