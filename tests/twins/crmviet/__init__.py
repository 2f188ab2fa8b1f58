"""The CRMVIET twin: the leads of one account of the cloud edition, as the hub assumes that edition's API.

There is no public contract (crmviet.md §0); login, envelope and paging follow the vendor's mobile client (§2.1, §2.2).
Account "quanly@example.vn", password "twin-crmviet-password":
POST /api/v1/login {email, password} → {messages: "success", token}; GET /api/v1/leads?source=facebook,webform&index=0,
GET /api/v1/leads/single/{id}. Errors are told in the envelope ("fails"), with status 200 unless `honest_status` is on.
Beside the shared control API (`/_twin/records/leads {"LEAD_NAME", "TELEPHONE", "SOURCE": "Facebook", …}`):
POST /_twin/leads/{id}/convert makes a customer of a lead; POST /_twin/sign-out ends every session.
"""

from tests.twins.crmviet.cloud import EMAIL, PASSWORD
from tests.twins.crmviet.twin import CrmvietTwin

__all__ = ["EMAIL", "PASSWORD", "CrmvietTwin"]
