"""Getfly CRM 4.0 (API v3): thin webhooks, customers, products and orders in; customers and orders out."""
