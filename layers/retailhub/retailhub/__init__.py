"""RetailHub: keeps customers, products and orders in step between Vietnamese shops, CRMs and loyalty systems."""
