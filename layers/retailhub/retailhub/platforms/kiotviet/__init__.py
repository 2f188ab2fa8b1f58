"""KiotViet retail: a shop's customers, products and invoices (platform sheet: public API and webhooks)."""
