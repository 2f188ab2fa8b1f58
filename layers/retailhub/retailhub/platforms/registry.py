"""Which class speaks to which platform; loaded when first needed, so that a function loads only its own platform."""

from importlib import import_module
from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.platforms.http import Pacer

CLIENTS = {
    "kiotviet": ("retailhub.platforms.kiotviet.client", "KiotViet"),
    "haravan": ("retailhub.platforms.haravan.client", "Haravan"),
    "getfly": ("retailhub.platforms.getfly.client", "Getfly"),
    "cnv_loyalty": ("retailhub.platforms.cnv_loyalty.client", "CnvLoyalty"),
    "crmviet": ("retailhub.platforms.crmviet.client", "Crmviet"),
    "crmviet_cloud": ("retailhub.platforms.crmviet.cloud", "Cloud"),
    "haraloyalty": ("retailhub.platforms.haraloyalty.client", "Haraloyalty"),
}


def client_class(platform: str) -> Any:
    """The class for a platform name."""
    module, name = CLIENTS[platform]
    return getattr(import_module(module), name)


def receiver(platform: str) -> Any:
    """The platform's `receive(request, secret)`."""
    return import_module(f"retailhub.platforms.{platform}.webhook").receive


def settings_models(platform: str) -> tuple[Any, Any]:
    """The pydantic models of a platform's settings and credentials."""
    module = import_module(f"retailhub.platforms.{platform}.settings")
    return module.Settings, module.Credentials


def open_platform(connection: Connection, secret: Secret, url: str | None, pacer: Pacer) -> Any:
    """The platform behind a connection, ready to be called."""
    return client_class(connection.platform)(connection, secret, url, pacer)
