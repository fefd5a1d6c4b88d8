"""A server for tests in which every byte matters."""

import socket
import threading
from typing import Self

Piece = bytes | float | threading.Event
"""Bytes to send, seconds to wait, or an event to wait for."""


class RawServer:
    """Answers every request for a path with just the bytes given for it, then closes the connection.

    `asked` holds the requests' heads in their order.
    """

    def __init__(self) -> None:
        self.answers: dict[str, bytes | list[Piece]] = {}
        self.asked: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._socket.close()
        for thread in self._threads:
            thread.join()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        return [head.split(b" ")[1].decode() for head in self.asked]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(20)
            head = b""
            try:
                while b"\r\n\r\n" not in head:
                    more = connection.recv(65536)
                    if not more:
                        return
                    head += more
                self.asked.append(head)
                self._answer(connection, head.split(b" ")[1].decode())
            except OSError:
                return  # the client has had enough

    def _answer(self, connection: socket.socket, path: str) -> None:
        pieces = self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        for piece in [pieces] if isinstance(pieces, bytes) else pieces:
            if isinstance(piece, bytes):
                connection.sendall(piece)
            elif isinstance(piece, float):
                if _ended(connection, piece):
                    return
            else:
                piece.wait(20)


def _ended(connection: socket.socket, seconds: float) -> bool:
    """Wait, but no longer than the client does."""
    connection.settimeout(seconds)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    finally:
        connection.settimeout(20)
