"""Contracts entered by hand, beside those that come from KiotViet's invoices."""

from typing import Any

from retailhub.crm import records
from retailhub.crm.office import Office
from retailhub.domain.merging import with_fields
from retailhub.domain.records import Contract, Record
from retailhub.domain.refusals import Wrong
from retailhub.store import records as record_store


def create(office: Office, spoken: dict[str, Any]) -> Record:
    """A contract entered by hand. Raises Wrong for a customer that is not there."""
    _check_customer(office, spoken)
    return records.create(office, "contract", with_fields("contract", Contract(), spoken))


def change(office: Office, contract_id: str, if_match: int | None, spoken: dict[str, Any]) -> Record:
    """The contract after a person's edit."""
    _check_customer(office, spoken)

    def edit(contract: Contract) -> Any:
        return with_fields("contract", contract, spoken)

    return records.change(office, "contract", contract_id, if_match, edit)


def _check_customer(office: Office, spoken: dict[str, Any]) -> None:
    customer = spoken.get("customer")
    if customer and record_store.load(office.table, "customer", customer) is None:
        raise Wrong("unknown_customer", "customer")
