"""The secrets in memory: what was kept, in the order in which it was done."""

from retailhub.domain.connections import Secret
from retailhub.domain.errors import Temporary


class MemorySecrets:
    """`retailhub.store.secrets.Secrets` over a dictionary; secrets pass through their JSON, as in the parameter store.

    steps: what was done, as "put <connection>" or "delete <connection>". down: nothing answers.
    """

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.steps: list[str] = []
        self.down = False

    def get(self, connection: str) -> Secret | None:
        self._reach()
        text = self.kept.get(connection)
        return Secret.from_json(text) if text else None

    def put(self, connection: str, secret: Secret) -> None:
        self._reach()
        self.kept[connection] = secret.to_json()
        self.steps.append(f"put {connection}")

    def delete(self, connection: str) -> None:
        self._reach()
        self.kept.pop(connection, None)
        self.steps.append(f"delete {connection}")

    def _reach(self) -> None:
        if self.down:
            raise Temporary("secrets_unavailable")
