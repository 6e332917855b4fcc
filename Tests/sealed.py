"""Reads and writes what Miyabi encrypts, by what docs/decisions/0035 says of it: a second implementation, for attacks."""

import base64
import contextlib
import os
import pathlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK, TAG, HEADER = 64 << 10, 16, 48


def master(home):
    """The bytes of a home's current master key."""
    lines = (home.home / "secrets/master-key").read_text().splitlines()
    return base64.b64decode(next(line for line in lines if line.startswith("miyabi-master-key 1 ")).split()[-1])


def cipher(key, header, context):
    info = f"miyabi 1 sealed stream {context}".encode()
    return AESGCM(HKDF(SHA256(), 32, salt=header, info=info).derive(key))


def nonce(index, last):
    return bytes(3) + index.to_bytes(8, "big") + bytes([last])


def unseal(path, key, context):
    content = pathlib.Path(path).read_bytes()
    header, body = content[:HEADER], content[HEADER:]
    assert header[:8] == b"MIYABIS1"
    opener = cipher(key, header, context)
    parts = [body[at:at + CHUNK + TAG] for at in range(0, len(body), CHUNK + TAG)]
    return b"".join(opener.decrypt(nonce(n, n == len(parts) - 1), part, None) for n, part in enumerate(parts))


def seal(path, key, context, content):
    header = pathlib.Path(path).read_bytes()[:16] + os.urandom(32)
    sealer = cipher(key, header, context)
    parts = [content[at:at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    pathlib.Path(path).write_bytes(
        header + b"".join(sealer.encrypt(nonce(n, n == len(parts) - 1), part, None) for n, part in enumerate(parts)))


@contextlib.contextmanager
def plain(home, path):
    """A file of a backup as it was before it was encrypted; what is changed in it is encrypted again."""
    path = pathlib.Path(path)
    context = f"backup {path.relative_to(path.parents[1]) if path.parent.name == 'secrets' else path.name}"
    copy = home.path / f"plain-{path.name.removesuffix('.sealed')}"
    copy.write_bytes(unseal(path, master(home), context))
    yield copy
    seal(path, master(home), context, copy.read_bytes())
