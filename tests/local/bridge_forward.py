"""Containers see the host only under their bridge's address: this hands its traffic on to the emulator on 127.0.0.1.

Used only inside the network namespace that a container engine was started in for a proof; nothing outside can reach it.
"""

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def gateway_address() -> str:
    """The host's address as containers of the default bridge see it, for example 172.17.0.1."""
    command = ["ip", "-4", "-oneline", "address", "show", "docker0"]
    words = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return words[words.index("inet") + 1].split("/")[0]


@contextmanager
def forward(address: str, port: int) -> Iterator[int]:
    """Listens on the address while the block runs; answers the port that leads to `port` of 127.0.0.1."""
    listener = socket.create_server((address, 0))
    threading.Thread(target=_accept, args=(listener, port), daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def _accept(listener: socket.socket, port: int) -> None:
    with suppress(OSError):
        while True:
            near, _ = listener.accept()
            far = socket.create_connection(("127.0.0.1", port))
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=_pour, args=(source, target), daemon=True).start()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
