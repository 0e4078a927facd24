"""A capper: aluminium caps crimped over stoppered vials, the residual seal force that they keep, and who leaks."""
