"""Customers: found, entered and edited by hand, pushed to Haravan, with what belongs to them."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api import stories
from retailhub.api.routes import Routes
from retailhub.api.shapes import records as shapes
from retailhub.api.shapes.base import ByTime, Cursor, Limit, ListOf, Search, Word
from retailhub.api.shapes.records import (
    ContractAnswer,
    CustomerAnswer,
    CustomerEdit,
    OrderAnswer,
    Pushed,
    TimelineLine,
)
from retailhub.api.visit import Here
from retailhub.crm import customers, listings, lists, records
from retailhub.domain.records import Address

routes = Routes("customers")
ONE = "/customers/<customer_id>"


@routes.get("/customers", "viewer")
def list_customers(
    here: Here,
    phone: Word = None,
    email: Word = None,
    vendor_id: Word = None,
    owner: Word = None,
    source: Word = None,
    group: Word = None,
    is_buyer: Annotated[bool | None, Query()] = None,
    q: Search = None,
    sort: ByTime = "-created_at",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[CustomerAnswer]:
    """Tìm khách hàng / Find customers"""
    wanted = customers.Filter(phone, email, vendor_id, owner, source, group, is_buyer, q)
    found = customers.listed(here.office, wanted, limit=limit, cursor=here.opened(cursor), sort=sort)
    return ListOf[CustomerAnswer](**here.page(found, [shapes.customer(record) for record in found.items]))


@routes.post("/customers", "staff", status=201)
def create_customer(here: Here, new: CustomerEdit) -> CustomerAnswer:
    """Thêm khách hàng / Enter a customer"""
    return shapes.customer(customers.create(here.office, new.spoken()))


@routes.get(ONE, "viewer")
def get_customer(here: Here, customer_id: str) -> CustomerAnswer:
    """Một khách hàng / One customer"""
    return shapes.customer(records.find(here.office, "customer", customer_id))


@routes.patch(ONE, "staff")
def change_customer(here: Here, customer_id: str, edit: CustomerEdit) -> CustomerAnswer:
    """Sửa khách hàng / Edit a customer"""
    spoken = edit.spoken()
    changed = records.change(
        here.office, "customer", customer_id, here.if_match, lambda fields: customers.edited(fields, spoken)
    )
    return shapes.customer(changed)


@routes.get(f"{ONE}/addresses", "viewer")
def list_addresses(here: Here, customer_id: str, limit: Limit = 50, cursor: Cursor = None) -> ListOf[Address]:
    """Địa chỉ của khách hàng / The customer's addresses"""
    every = list(records.find(here.office, "customer", customer_id).fields.addresses)
    found = lists.cut(every, limit, here.opened(cursor))
    return ListOf[Address](**here.page(found, found.items))


@routes.get(f"{ONE}/orders", "viewer")
def list_customer_orders(here: Here, customer_id: str, limit: Limit = 50, cursor: Cursor = None) -> ListOf[OrderAnswer]:
    """Đơn hàng của khách hàng, mới nhất trước / The customer's orders, newest first"""
    records.find(here.office, "customer", customer_id)
    found = listings.of_customer(here.office, customer_id, "order", limit=limit, cursor=here.opened(cursor))
    return ListOf[OrderAnswer](**here.page(found, [shapes.order(record) for record in found.items]))


@routes.get(f"{ONE}/contracts", "viewer")
def list_customer_contracts(
    here: Here, customer_id: str, limit: Limit = 50, cursor: Cursor = None
) -> ListOf[ContractAnswer]:
    """Hợp đồng của khách hàng, mới nhất trước / The customer's contracts, newest first"""
    records.find(here.office, "customer", customer_id)
    found = listings.of_customer(here.office, customer_id, "contract", limit=limit, cursor=here.opened(cursor))
    return ListOf[ContractAnswer](**here.page(found, [shapes.contract(record) for record in found.items]))


@routes.get(f"{ONE}/timeline", "viewer")
def get_timeline(here: Here, customer_id: str, limit: Limit = 50, cursor: Cursor = None) -> ListOf[TimelineLine]:
    """Những gì đã xảy ra với khách hàng, theo thứ tự / What happened to the customer, in order"""
    return stories.told(here, "customer", customer_id, limit, cursor)


@routes.post(f"{ONE}/push", "staff", status=202)
def push_customer(here: Here, customer_id: str) -> Pushed:
    """Đẩy tên, điện thoại, e-mail lên Haravan / Send name, mobile and e-mail to Haravan"""
    return Pushed(queued=[shop.id for shop in customers.push(here.office, customer_id)])
