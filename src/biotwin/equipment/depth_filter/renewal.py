"""A filter element is taken out, with all that it holds, and a new one put in, flushed and drained."""

from __future__ import annotations

from biotwin.equipment.depth_filter.variables import Inputs, Parameters, State
from biotwin.operators import law, maximum, where


@law
def renewed(x: State, u: Inputs, p: Parameters) -> State:
    """The filter at the beginning of a tick: as it was, or new where more elements are asked for than were fitted.

    What the old element held or had bound is discarded; what it retained was lost before.
    """
    kept = where(u.renewal > x.fitted, 0.0, 1.0)
    gone = 1.0 - kept
    return State(
        liquid=kept * x.liquid, product=kept * x.product, aggregates=kept * x.aggregates, hcp=kept * x.hcp,
        dna=kept * x.dna, cells=kept * x.cells, debris=kept * x.debris,
        open_area=kept * x.open_area + gone * p.area, pore_volume=kept * x.pore_volume + gone * (p.area * p.depth),
        cake=kept * x.cake,
        cells_retained=x.cells_retained + gone * x.cells, debris_retained=x.debris_retained + gone * x.debris,
        product_bound=kept * x.product_bound, hcp_bound=kept * x.hcp_bound, dna_bound=kept * x.dna_bound,
        leachables=x.leachables, filtered=kept * x.filtered,
        fitted=maximum(x.fitted, u.renewal),
        liquid_discarded=x.liquid_discarded + gone * x.liquid,
        product_discarded=x.product_discarded + gone * (x.product + x.product_bound),
        aggregates_discarded=x.aggregates_discarded + gone * x.aggregates,
        hcp_discarded=x.hcp_discarded + gone * (x.hcp + x.hcp_bound),
        dna_discarded=x.dna_discarded + gone * (x.dna + x.dna_bound),
        intake=x.intake, leaked=x.leaked, outflow=x.outflow, product_out=x.product_out,
        aggregates_out=x.aggregates_out, hcp_out=x.hcp_out, dna_out=x.dna_out, cells_out=x.cells_out,
        debris_out=x.debris_out, leachables_out=x.leachables_out,
    )
