"""Contracts: from KiotViet's invoices, or entered by hand."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.routes import Routes
from retailhub.api.shapes import records as shapes
from retailhub.api.shapes.base import ByTime, Cursor, Limit, ListOf, Search, Word
from retailhub.api.shapes.records import ContractAnswer, ContractEdit, NewContract
from retailhub.api.visit import Here
from retailhub.crm import contracts, records
from retailhub.domain.records import ContractStatus

routes = Routes("contracts")


@routes.get("/contracts", "viewer")
def list_contracts(
    here: Here,
    code: Word = None,
    customer: Word = None,
    contract_type: Word = None,
    owner: Word = None,
    status: Annotated[ContractStatus | None, Query()] = None,
    q: Search = None,
    sort: ByTime = "-created_at",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[ContractAnswer]:
    """Tìm hợp đồng / Find contracts"""
    equal = {"code": code, "customer": customer, "contract_type": contract_type, "owner": owner, "status": status}
    found = contracts.listed(here.office, equal, q, limit=limit, cursor=here.opened(cursor), sort=sort)
    return ListOf[ContractAnswer](**here.page(found, [shapes.contract(record) for record in found.items]))


@routes.post("/contracts", "staff", status=201)
def create_contract(here: Here, new: NewContract) -> ContractAnswer:
    """Thêm hợp đồng / Enter a contract"""
    return shapes.contract(contracts.create(here.office, new.spoken()))


@routes.get("/contracts/<contract_id>", "viewer")
def get_contract(here: Here, contract_id: str) -> ContractAnswer:
    """Một hợp đồng / One contract"""
    return shapes.contract(records.find(here.office, "contract", contract_id))


@routes.patch("/contracts/<contract_id>", "staff")
def change_contract(here: Here, contract_id: str, edit: ContractEdit) -> ContractAnswer:
    """Sửa hợp đồng / Edit a contract"""
    return shapes.contract(contracts.change(here.office, contract_id, here.if_match, edit.spoken()))


@routes.delete("/contracts/<contract_id>", "staff")
def remove_contract(here: Here, contract_id: str) -> None:
    """Xóa hợp đồng; điểm của nó được tính lại / Remove a contract; its points are taken back and restored"""
    contracts.remove(here.office, contract_id, here.if_match)
