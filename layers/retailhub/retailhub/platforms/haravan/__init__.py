"""Haravan Omnichannel: a shop's customers and orders; customers are also written back."""
