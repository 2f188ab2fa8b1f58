"""Lead sync: from the CRMVIET cloud into the hub."""

from retailhub.api.routes import Routes

routes = Routes("lead-sync")
