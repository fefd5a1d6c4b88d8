"""An authority for time stamps (RFC 3161) on loopback: what `openssl ts` answers, over real HTTP."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Self

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

_REPLY = "application/timestamp-reply"
_SETTINGS = """\
[tsa]
default_tsa = here
[here]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
{more}[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[signer]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
"""
_EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "settings.cnf")


def openssl(*words: str | Path, cwd: Path) -> bytes:
    """Run openssl in a folder."""
    if shutil.which("openssl") is None:
        pytest.fail("the tests of time stamps need the command openssl; install it (Debian: apt-get install openssl)")
    ended = subprocess.run(["openssl", *map(str, words)], cwd=cwd, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout


@dataclass(frozen=True, slots=True)
class Keys:
    """A folder with an authority's keys and certificates."""

    folder: Path

    @property
    def roots(self) -> Path:
        """The file with its root certificate."""
        return self.folder / "root.pem"

    def answer(self, query: bytes) -> bytes:
        """The answer to a query."""
        (self.folder / "query.tsq").write_bytes(query)
        signing = ("-signer", "signer.pem", "-inkey", "signer.key")
        openssl("ts", "-reply", "-queryfile", "query.tsq", *signing, "-config", "settings.cnf", "-out", "reply.tsr",
                cwd=self.folder)  # fmt: skip
        return (self.folder / "reply.tsr").read_bytes()


def make_keys(folder: Path, name: str = "Trạm dấu giờ", *, between: bool = False) -> Keys:
    """A root certificate, and one under it that may stamp; with `between` there is one more between the two."""
    folder.mkdir(parents=True)
    (folder / "settings.cnf").write_text(_SETTINGS.format(more="certs = between.pem\n" if between else ""))
    (folder / "serial").write_text("01\n")
    openssl("req", "-x509", *_EC, "-keyout", "root.key", "-out", "root.pem", "-days", "3650",
            "-utf8", "-subj", f"/CN=Root of {name}", "-extensions", "root", cwd=folder)  # fmt: skip
    if between:
        _certify(folder, "between", f"Between of {name}", "root", "root")
    _certify(folder, "signer", name, "between" if between else "root", "signer")
    return Keys(folder)


def _certify(folder: Path, new: str, name: str, by: str, purpose: str) -> None:
    """A certificate with a key of its own."""
    openssl("req", *_EC, "-keyout", f"{new}.key", "-out", f"{new}.csr", "-utf8", "-subj", f"/CN={name}", cwd=folder)
    under = ("-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-CAcreateserial")
    openssl("x509", "-req", "-in", f"{new}.csr", *under, "-out", f"{new}.pem", "-days", "3650",
            "-extfile", "settings.cnf", "-extensions", purpose, cwd=folder)  # fmt: skip


class Authority:
    """An authority that listens; what it answers, and whether at all, is what a test may change."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.answer: Callable[[bytes], bytes] = keys.answer
        self.content_type = _REPLY
        self.status = 200
        self.delay = Event()  # an answer waits until this is set
        self.delay.set()
        self.queries: list[bytes] = []
        self._server = HTTPServer(host="127.0.0.1", threaded=True)
        self._server.expect_request("/tsa", method="POST").respond_with_handler(self._respond)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    @property
    def url(self) -> str:
        return self._server.url_for("/tsa")

    def settings(self, *, certificates: bool = True) -> str:
        """What luutin.toml says of it."""
        roots = f'certificates = "{self.keys.roots}"\n' if certificates else ""
        return f'[timestamps]\nurl = "{self.url}"\n{roots}'

    def _respond(self, request: Request) -> Response:
        assert request.content_type == "application/timestamp-query"
        self.queries.append(request.get_data())
        self.delay.wait(60)
        if self.status != 200:
            return Response("", status=self.status, headers={"Location": self.url})
        return Response(self.answer(request.get_data()), content_type=self.content_type)
