"""CRMVIET: the outbound webhook that its vendor sets up by hand, in the format that we hand out."""
