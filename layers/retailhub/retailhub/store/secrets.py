"""Secrets of connections: one SecureString each in the parameter store, remembered for a minute.

Only the standard library and the given client are used: a webhook function must start quickly.
"""

import os
import time
from typing import Any, Protocol

from retailhub.domain.connections import Secret
from retailhub.domain.errors import Temporary

REMEMBERED_SECONDS = 60.0


class Secrets(Protocol):
    """Where the secrets of connections are kept."""

    def get(self, connection: str) -> Secret | None:
        """The secret, at most a minute old, or None for an unknown connection. Raises Temporary (F46: fail closed)."""

    def put(self, connection: str, secret: Secret) -> None:
        """Keep a secret."""

    def delete(self, connection: str) -> None:
        """Forget a secret."""


class ParameterSecrets:
    """`Secrets` in the AWS Systems Manager parameter store, under a prefix."""

    def __init__(self, client: Any, prefix: str) -> None:
        self._client, self._prefix = client, prefix.rstrip("/")
        self._kept: dict[str, tuple[float, Secret | None]] = {}

    def get(self, connection: str) -> Secret | None:
        """One GetParameter a minute and connection; unknown ones are remembered too, so that guessing costs nothing."""
        kept = self._kept.get(connection)
        if kept is None or time.monotonic() - kept[0] > REMEMBERED_SECONDS:
            if len(self._kept) > 1000:
                self._kept.clear()
            kept = time.monotonic(), self._read(connection)
            self._kept[connection] = kept
        return kept[1]

    def forget(self, connection: str) -> None:
        """Let the next question be answered anew: what belongs to the secret has just changed."""
        self._kept.pop(connection, None)

    def put(self, connection: str, secret: Secret) -> None:
        """Write the SecureString (standard tier, AWS-managed key)."""
        self._client.put_parameter(
            Name=self._name(connection), Value=secret.to_json(), Type="SecureString", Overwrite=True
        )
        self._kept.pop(connection, None)

    def delete(self, connection: str) -> None:
        """Remove the SecureString; one that is gone already is fine."""
        self._kept.pop(connection, None)
        try:
            self._client.delete_parameter(Name=self._name(connection))
        except self._client.exceptions.ParameterNotFound:
            return

    def _read(self, connection: str) -> Secret | None:
        if not connection.replace("_", "").isalnum():
            return None
        try:
            answer = self._client.get_parameter(Name=self._name(connection), WithDecryption=True)
        except self._client.exceptions.ParameterNotFound:
            return None
        except Exception as error:  # noqa: BLE001 - whatever it is, the hub fails closed (F46)
            raise Temporary("secrets_unavailable", type(error).__name__) from None
        return Secret.from_json(answer["Parameter"]["Value"])

    def _name(self, connection: str) -> str:
        return f"{self._prefix}/{connection}"


def signing_key(client: Any, name: str) -> bytes:
    """A key of 256 bits that this deployment signs with, kept as a SecureString under `name`; made when first asked
    for, and made anew once somebody has removed the parameter. Raises Temporary (F46: fail closed)."""
    exceptions = client.exceptions
    try:
        try:
            answer = client.get_parameter(Name=name, WithDecryption=True)
            return bytes.fromhex(answer["Parameter"]["Value"])
        except exceptions.ParameterNotFound:
            made = os.urandom(32)
        try:
            client.put_parameter(Name=name, Value=made.hex(), Type="SecureString", Overwrite=False)
        except exceptions.ParameterAlreadyExists:
            return signing_key(client, name)
    except Temporary:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the hub fails closed (F46)
        raise Temporary("secrets_unavailable", type(error).__name__) from None
    return made
