"""What somebody may choose for a lot before a station: how long it waits, bags of another lot, a step done again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biotwin.chain import Chain, Lot, Waiting, holds, most
from biotwin.chain.reprocessing import shown
from biotwin.materials.attributes import protein, protein_concentration
from campus.lots import selectors
from campus.lots.models import LotFlight, LotStatus
from campus.lots.words import amount, length, mass, volume, with_unit


def waits(chain: Chain, lot: Lot, ahead: Waiting) -> list[dict[str, Any]]:
    """How long the lot may be left to wait here, and which of it is longer than permitted."""
    titles = {"at_once": _("Start at once"), "planned": _("As planned"), "tomorrow": _("Tomorrow morning"),
              "weekend": _("After the weekend"), "last_day": _("On the last day permitted")}
    return [{"slug": slug, "title": titles[slug], "time": length(time) if time else "", "chosen": slug == "planned",
             "beyond": time > ahead.station.wait_limit} for slug, time in holds(chain, lot).items()]


def store(chain: Chain, lot: Lot, ahead: Waiting) -> dict[str, Any] | None:
    """The lot before, as its bags' labels and its certificate say; None where nothing of it may come in here."""
    pools = ahead.station.pools
    if pools is None or lot.store is None or lot.store.station != ahead.station.slug:
        return None
    held, known = lot.store.material, lot.store.known(ahead.begins)
    bags = [{"count": count, "title": _bags(count), "amount": volume(count * pools.portion) if count else ""}
            for count in range(most(chain, lot) + 1)]
    return {
        "lot": lot.store.lot, "known": known or "open", "bags": bags,
        "label": [volume(held.volume), with_unit(amount(protein_concentration(held), 1), "g/L"), mass(protein(held))],
        "own": volume(ahead.received.volume), "wanted": volume(ahead.station.takes or 0.0),
        "short": ahead.station.takes is not None and ahead.received.volume < 0.999 * ahead.station.takes,
    }


def _bags(count: int) -> str:
    return ngettext("%(n)d bag", "%(n)d bags", count) % {"n": count} if count else _("None: this lot alone")


def repeated(chain: Chain, flight: LotFlight, language: str) -> dict[str, str] | None:
    """The step behind the lot that may be done again, once it has to be decided by a person."""
    lot = selectors.lot_of(flight)
    slug = selectors.asks(chain, lot) if flight.status == LotStatus.WAITING else ""
    if not slug or chain.book is None:
        return None
    step = chain.book.specification.reprocessing[slug]
    failed = shown(chain, lot, step.integrity) is False
    return {"title": step.title.text(language), "why": step.why.text(language), "failed": "yes" if failed else "",
            "test": chain.book.specification.integrity[step.integrity].title.text(language),
            "station": chain.stations[lot.legs[-1].station].description.title.text(language)}
