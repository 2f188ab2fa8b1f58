import base64

from retailhub.domain.records import Line, Order, Record
from retailhub.store.dynamo import _marshalled, unmarshalled
from retailhub.store.records import from_item, to_item


def test_an_image_of_the_stream_is_the_item() -> None:
    """A large order lies compressed in the table; the stream shows its bytes as base64 text."""
    lines = tuple(Line(sku=f"A{n}", name="Áo dài lụa", quantity=n, price=1000) for n in range(1000))  # type: ignore[arg-type]
    record = Record("order", "o1", Order(items=lines), version=3, rev=1, origin="shop1", created_at="x", updated_at="x")
    raw = _marshalled({**to_item(record), "rev": 1})
    assert len(raw["data"]["B"]) < 32_000
    raw["data"]["B"] = base64.b64encode(raw["data"]["B"]).decode()
    assert from_item(unmarshalled(raw)) == record
