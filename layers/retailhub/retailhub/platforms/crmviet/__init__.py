"""CRMVIET: the outbound webhook that its vendor sets up by hand, and the leads of its cloud edition."""
