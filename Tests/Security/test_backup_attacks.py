"""Backups that somebody else made or changed: what they would do, and that they do not get to do it."""

import hashlib
import io
import json
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tarfile

import sealed
from test_backup import backup, other  # noqa: F401: a fixture


def describe_again(made):
    """Writes the checksums of a changed backup into its description, as whoever changed it would."""
    description = json.loads((made / "backup.json").read_text())
    for file in description["files"]:
        content = (made / file["path"]).read_bytes()
        file |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (made / "backup.json").write_text(json.dumps(description))


def seal_again(home, encrypted, archive):
    """Encrypts a changed archive, as only somebody with the key could: what unpacks it has to stand that, too."""
    sealed.seal(encrypted, sealed.master(home), f"backup {encrypted.name}", archive.read_bytes())
    describe_again(encrypted.parent)


def repack(archive, *extra, without=()):
    """Puts members into a base backup in the place of those of the same name."""
    content = io.BytesIO()
    replaced = {member.name for member, _ in extra} | set(without)
    with tarfile.open(archive) as old, tarfile.open(fileobj=content, mode="w:gz", compresslevel=1) as new:
        for member in old:
            if member.name.removeprefix("./") not in replaced:
                new.addfile(member, old.extractfile(member) if member.isfile() else None)
        for member, data in extra:
            new.addfile(member, io.BytesIO(data))
    archive.write_bytes(content.getvalue())


def file(name, text=""):
    member = tarfile.TarInfo(name)
    member.size = len(text)
    member.mode = 0o600
    return member, text.encode()


def test_a_backup_of_another_home_is_refused(home, other):
    home.up()
    other.up()
    foreign = backup(other)
    other.down()
    nothing = ["--backups", foreign.parent, "--home", home.path / "none"]
    refused = home.run("backup", "drill", *nothing, code=1).stderr
    assert "there is no key" in refused and "--trust" in refused
    # Without a key the outside can be checked, and no more is claimed.
    outside = home.run("backup", "verify", *nothing, code=3)
    assert "match their checksums" in outside.stdout and "not known who made it" in outside.stdout
    own = backup(home)
    for command in [["backup", "verify", foreign.name], ["backup", "drill", foreign.name],
                    ["restore", foreign.name, "--home", home.path / "new"]]:
        assert "with another key" in home.run(*command, code=1).stderr
    assert not (home.path / "new").exists()
    # Nor is the access key, which would open the running home.
    assert not (own / "secrets/aws-credentials").exists()
    # The key is in no backup: who has one backup cannot make another.
    key = (home.home / "secrets/master-key").read_text()
    assert not [path for path in own.rglob("*") if path.is_file() and key.split()[-1].encode() in path.read_bytes()]
    home.run("backup", "verify", own.name)
    elsewhere = home.path / "copy of the key"
    elsewhere.write_text(key)
    assert "let others use it" in other.run("backup", "verify", own.name, "--key", elsewhere, code=1).stderr
    elsewhere.chmod(0o600)
    other.run("backup", "verify", own.name, "--key", elsewhere)
    home.run("restore", foreign.name, "--home", home.path / "new", "--key", other.home / "secrets/master-key")
    home.run("reset", "--yes", "--home", home.path / "new")


def test_a_changed_backup_is_refused(home, other):
    home.up()
    made = backup(home)
    home.down()
    secret = made / "secrets/superuser.pgpass.sealed"
    with sealed.plain(home, secret) as inside:
        inside.write_text(inside.read_text().rsplit(":", 1)[0] + ":known\n")
    describe_again(made)
    refused = other.run("restore", code=1).stderr
    assert "was changed since it was made" in refused and not other.home.exists()
    (made / "backup.seal").unlink()
    assert "no seal" in other.run("restore", code=1).stderr
    # A link to what the person may read, who restores it.
    secret.unlink()
    secret.symlink_to("/etc/shadow")
    assert "is not a file" in other.run("restore", "--trust", code=1).stderr
    secret.unlink()
    secret.write_text("x\n")
    describe_again(made)
    assert "is damaged" in other.run("restore", "--trust", code=1).stderr
    (made / "more").write_text("")
    assert "does not belong to the backup" in other.run("restore", "--trust", code=1).stderr
    assert not other.home.exists()


def test_a_crafted_cluster_runs_nothing(home, other):
    home.up()
    home.superuser("ALTER SYSTEM SET work_mem = '5MB'")
    made = backup(home)
    home.down()
    encrypted = made / "postgres.tar.gz.sealed"
    with sealed.plain(home, encrypted) as archive:
        pass
    spoils = pathlib.Path("/tmp") / f"miyabi-stolen-{os.getpid()}"
    command = f"touch {spoils}; false"
    attack = [file("postgresql.auto.conf", f"restore_command = '{command}'\n"), file("recovery.signal")]
    repack(archive, *attack)
    seal_again(home, encrypted, archive)
    try:
        # The control: a server that is started on it runs the command.
        start_by_hand(archive, home.path / "by-hand")
        assert spoils.exists()
        spoils.unlink()
        assert "was changed since" in other.run("restore", code=1).stderr
        done = other.run("restore", "--trust")
        assert "ALTER SYSTEM are set aside" in done.stderr
        other.up()
        assert other.psql("SELECT pg_is_in_recovery()") == "f" and not spoils.exists()
        other.down()
        other.run("reset", "--yes")
        assert "is good" in other.run("backup", "drill", "--trust").stdout and not spoils.exists()
    finally:
        spoils.unlink(missing_ok=True)

    link = tarfile.TarInfo("global/elsewhere")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    device = tarfile.TarInfo("global/disk")
    device.type, device.devmajor, device.devminor = tarfile.CHRTYPE, 1, 3
    pipe = tarfile.TarInfo("global/pipe")
    pipe.type = tarfile.FIFOTYPE
    for member, message in [(link, "neither a file nor a directory"), (pipe, "neither a file nor a directory"),
                            (device, "Operation not permitted")]:
        repack(archive, (member, b""), without=["global/elsewhere", "global/disk", "global/pipe"])
        seal_again(home, encrypted, archive)
        assert message in other.run("restore", "--trust", code=1).stderr
        other.run("reset", "--yes", code=None)


def start_by_hand(archive, place):
    data = place / "data"
    data.mkdir(parents=True, mode=0o700)
    with tarfile.open(archive) as tar:
        tar.extractall(data)
    as_server = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        as_server = dict(user=account.pw_uid, group=account.pw_gid, extra_groups=[])
        subprocess.run(["chown", "-R", f"{account.pw_uid}:{account.pw_gid}", place], check=True)
    programs = pathlib.Path("/usr/lib/postgresql/15/bin")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = f"-p {port} -k {place} -c listen_addresses= -c log_directory={place}"
    subprocess.run([programs / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", place / "log", "-o", options, "start"],
                   cwd="/", **as_server, capture_output=True)
    subprocess.run([programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], cwd="/", **as_server,
                   capture_output=True)
    shutil.rmtree(place)
