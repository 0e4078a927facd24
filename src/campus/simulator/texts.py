"""What a seat is told when something is refused: one stable code, one sentence in the seat's language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from biotwin.errors import BiotwinError


def sentence(code: str, language: str, fault: BiotwinError | None = None) -> str:
    """The text of a refusal; an invalid input's own words follow where there are some."""
    with translation.override(language):
        text = _sentences().get(code, _("This was refused; nothing was changed."))
    return f"{text} ({fault})" if fault is not None else text


def _sentences() -> dict[str, str]:
    return {
        "input_invalid": _("This command cannot be given to this plant; nothing was changed."),
        "not_allowed": _("Your seat may not do this any more, or never could."),
        "too_fast": _("Too many commands at once: wait a second, then try again."),
        "ended": _("This flight is over. Open its debrief and fly again from any moment."),
        "disk_full": _("The server's disk is full: nothing can be recorded, so nothing is accepted. "
                       "Tell whoever runs it."),
        "busy": _("The journal cannot be written right now. Try again in a moment."),
        "lease": _("Another process has taken over this flight. Reload the page."),
        "frozen_by_error": _("The simulation stopped on an error of its own. Your journal is kept; "
                             "fly again from before it."),
        "malformed": _("This message is not valid JSON of the protocol; nothing was changed."),
        "unknown_type": _("This kind of message is unknown; nothing was changed."),
        "too_large": _("This message is larger than 64 KiB; nothing was changed."),
        "hello_first": _("A connection begins with “hello”; nothing was changed."),
        "version": _("This page speaks another version of the protocol. Reload it."),
        "not_yours": _("This flight is not yours to open."),
        "full": _("All seats are taken right now. Your place is not lost: try again in a few minutes."),
        "engine_mismatch": _("This flight was made by another build of the simulator and cannot be flown on. "
                             "Its debrief stays readable."),
        "newer_schema": _("This flight was recorded by a newer version of the campus. Nothing of it is lost: "
                          "it opens again when this server is upgraded."),
        "replay_diverged": _("This flight does not replay to the bit and was not resumed. Its journal is kept."),
        "closing": _("The server is being restarted. Nothing is lost: the page comes back by itself."),
    }
