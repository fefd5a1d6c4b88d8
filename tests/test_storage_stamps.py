"""Tokens and statements by themselves: whatever bytes come, a stamp is sound or it is said that it is not."""

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import ConfigError
from storage.stamps import der, tokens
from storage.stamps.statements import heads_of, statement
from storage.stamps.terms import StampError
from tests.authority import Keys, make_keys, openssl

SAID = statement({"": (1, b"\x01" * 32), "vidu": (9, b"\x02" * 32)})


@pytest.fixture(scope="module")
def token(authority_keys: Keys) -> bytes:
    asked = tokens.request(SAID)
    return tokens.granted(authority_keys.answer(asked.data), asked, authority_keys.roots.read_bytes())[0]


def is_sound(token: bytes, certificates: bytes) -> bool:
    try:
        tokens.check(token, SAID, certificates)
    except StampError:
        return False
    return True


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
def test_a_flipped_bit_of_a_token_is_found_unless_it_is_one_that_is_not_signed(
    token: bytes, authority_keys: Keys
) -> None:
    roots = authority_keys.roots.read_bytes()
    sound = 0
    for place in range(len(token)):
        for bit in range(8):
            made = token[:place] + bytes([token[place] ^ 1 << bit]) + token[place + 1 :]
            is_sound(made, b"")
            sound += is_sound(made, roots)
    assert sound < len(token) * 8 / 50  # of these the checksum of the row tells


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
def test_whatever_becomes_of_an_answer_it_is_a_stamp_or_none(token: bytes, authority_keys: Keys) -> None:
    random, asked = Random(1), tokens.request(SAID)
    answer = authority_keys.answer(asked.data)
    roots = authority_keys.roots.read_bytes()
    for _ in range(500):
        made = bytearray(answer)
        for _ in range(random.randint(1, 5)):
            place = random.randrange(len(made))
            made[place : place + random.randint(0, 2)] = random.randbytes(random.randint(0, 2))
        try:
            found, _ = tokens.granted(bytes(made), asked, roots)
        except StampError:
            continue
        assert is_sound(found, roots)


def test_an_answer_without_a_nonce_or_without_a_certificate_is_refused(authority_keys: Keys) -> None:
    folder, roots = authority_keys.folder, authority_keys.roots.read_bytes()
    (folder / "said.json").write_bytes(SAID)
    for words, fault in ((("-cert", "-no_nonce"), "nonce"), ((), "root certificates")):
        openssl("ts", "-query", "-data", "said.json", "-sha256", *words, "-out", "own.tsq", cwd=folder)
        answer = authority_keys.answer((folder / "own.tsq").read_bytes())
        with pytest.raises(StampError, match=fault):
            tokens.granted(answer, tokens.request(SAID), roots)


def test_an_authority_under_an_intermediate_certificate_is_trusted_by_its_root(tmp_path: Path) -> None:
    keys = make_keys(tmp_path / "keys", between=True)
    asked = tokens.request(SAID)
    found, stated = tokens.granted(keys.answer(asked.data), asked, keys.roots.read_bytes())
    assert stated.signer == "CN=Trạm dấu giờ"
    assert is_sound(found, keys.roots.read_bytes())


def test_certificates_that_are_not_sorted_are_taken_and_kept_as_they_came(tmp_path: Path) -> None:
    """OpenSSL sends the signer's first: the longer one, as it says what it is for, which belongs after the other."""
    keys = make_keys(tmp_path / "keys", between=True)
    asked = tokens.request(SAID)
    answer = keys.answer(asked.data)
    found, _ = tokens.granted(answer, asked, keys.roots.read_bytes())
    assert answer.endswith(found)
    in_order = der.in_order(found)
    assert in_order != found
    assert sorted(in_order) == sorted(found)
    assert der.in_order(in_order) == in_order


@given(data=st.binary(max_size=200))
def test_bytes_that_are_no_token_are_refused(data: bytes) -> None:
    for take in (der.in_order, der.in_answer):
        with suppress(ValueError, IndexError):
            take(data)
    assert not is_sound(data, b"")


def test_several_root_certificates_in_one_file_will_do(token: bytes, authority_keys: Keys, tmp_path: Path) -> None:
    other = make_keys(tmp_path / "keys").roots.read_bytes()
    assert not is_sound(token, other)
    assert is_sound(token, other + authority_keys.roots.read_bytes())


def test_what_are_no_certificates_is_told_with_where_they_stand() -> None:
    with pytest.raises(ConfigError, match=r"roots\.pem: holds no certificates in PEM"):
        tokens.check_certificates(b"Xin chao", "roots.pem")


@given(heads=st.dictionaries(st.text(), st.tuples(st.integers(0, 2**63), st.binary()), min_size=1))
def test_a_statement_says_the_heads_that_it_was_made_of(heads: dict[str, tuple[int, bytes]]) -> None:
    found = heads_of(statement(heads))
    assert found == {key: (seq, digest.hex()) for key, (seq, digest) in heads.items()}


@pytest.mark.parametrize(
    "said",
    [
        b"", b"{}", b"[]", b"null", b'{"heads":{}}', b'{"heads":[]}', b'{"heads":{"a":[1]}}',
        b'{"heads":{"a":[1,"x"]}}',
        b'{"heads":{"a":["1","00"]}}', b'{"heads":{"a":[1,"00"]}} ', b'{"heads": {"a":[1,"00"]}}',
        b'{"heads":{"a":[1,"AA"]}}', b'{"heads":{"a":[1.0,"00"]}}', b'{"heads":{"a":[1,"00"]},"more":1}', b"\xff",
        b'{"heads":' * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_statement_as_it_was_written_is_none(said: bytes) -> None:
    assert heads_of(said) is None
