"""The authority that stamps the chains, as luutin.toml names it, and the certificates that vouch for it."""

from pathlib import Path

from luutin.options import Setup
from luutin.workspace import FILE_NAME
from storage.errors import ConfigError
from storage.stamps.terms import Authority


def authority_of(where: Setup) -> Authority | None:
    """The authority of a workspace; None where it names none.

    Raises:
        ConfigError: what stamps need is not installed, or the certificates cannot be read.
    """
    named = where.workspace.timestamps
    if named is None:
        return None
    from storage.stamps.tokens import check_installed  # noqa: PLC0415 - cryptography, which few commands need

    check_installed()
    return Authority(url=named.url, certificates=certificates_of(where))


def needed_authority(where: Setup) -> Authority:
    """The authority of a workspace; raises ConfigError where it names none."""
    found = authority_of(where)
    if found is None:
        place = where.folder / FILE_NAME
        raise ConfigError(
            [f'{place}: timestamps.url: is needed, the authority to ask; write: [timestamps] and url = "https://…"']
        )
    return found


def certificates_of(where: Setup) -> bytes:
    """The root certificates that a workspace names, as PEM; empty for none.

    Raises:
        ConfigError: they cannot be read.
    """
    named = where.workspace.timestamps
    if named is None or named.certificates is None:
        return b""
    return _read(where.folder / named.certificates, f"{where.folder / FILE_NAME}: timestamps.certificates")


def given_certificates(path: Path) -> bytes:
    """The root certificates that an option names.

    Raises:
        ConfigError: what stamps need is not installed, or they cannot be read.
    """
    from storage.stamps.tokens import check_installed  # noqa: PLC0415 - as above

    check_installed()
    return _read(path, "--certificates")


def _read(path: Path, key: str) -> bytes:
    """Root certificates in a file; raises ConfigError, naming `key`, where there are none."""
    from storage.stamps.tokens import check_certificates  # noqa: PLC0415 - as above

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError([f"{key}: {path}: cannot be read: {error.strerror}"]) from error
    check_certificates(data, f"{key}: {path}")
    return data
