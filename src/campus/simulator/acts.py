"""What a seat did, one line each, in the words of its plant: for pages that show no truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from biotwin.naming import printed_tag, printed_unit
from biotwin.quantity import display
from biotwin.session import inputs
from biotwin.session.inputs import Entry
from biotwin.session.scenario import Scenario


@dataclass(frozen=True)
class Act:
    """``at``: the simulated time, as the seat's clock had it; ``subject`` is what it was done to, ``value`` what was
    asked, or empty.
    """

    at: str
    kind: str
    subject: str
    value: str


def acts(scenario: Scenario, entries: list[Entry], language: str) -> list[Act]:
    """Everything that seats did, in order; what an instructor did is left out."""
    return [Act(_clock(entry.time), *_told(scenario, entry.input, language))
            for entry in entries if not isinstance(entry.input, inputs.InjectMalfunction)]


def _clock(time: int) -> str:
    days, minutes = divmod(time // 60_000, 1440)
    return _("D %(day)d · %(clock)s") % {"day": days, "clock": f"{minutes // 60:02d}:{minutes % 60:02d}"}


def _told(scenario: Scenario, item: Any, language: str) -> tuple[str, str, str]:
    match item:
        case inputs.SetMode():
            return _("Mode"), _title(scenario, item.loop, language), _modes()[item.mode]
        case inputs.SetSetpoint():
            return _("Set-point"), _title(scenario, item.loop, language), _setpoint(scenario, item, language)
        case inputs.SetOutput():
            return _("Output"), _title(scenario, item.loop, language), f"{number_format(100 * item.value, 0)}\u202f%"
        case inputs.AcknowledgeAlarm() | inputs.ShelveAlarm() | inputs.UnshelveAlarm():
            return _("Alarm"), _title(scenario, item.alarm, language), ""
        case inputs.TakeSample():
            return _("Sample"), ", ".join(_title(scenario, one, language) for one in item.analysers), ""
        case inputs.StartPhase():
            return _("Phase"), _phase(scenario, item.phase, language), ""
        case inputs.SetRecipeMode():
            return _("Recipe"), _modes()[item.mode], ""
        case inputs.HoldRecipe():
            return _("Recipe"), _("held"), ""
        case inputs.RestartRecipe():
            return _("Recipe"), _("restarted"), ""
        case inputs.FieldAction():
            return _("In the field"), _title(scenario, item.station, language), _verb(scenario, item, language)
        case _:
            return _("Answer"), _answer(scenario, item, language), ""


def _modes() -> dict[str, str]:
    return {"manual": _("manual"), "automatic": _("automatic"), "cascade": _("cascade"),
            "semi_automatic": _("semi-automatic")}


def _title(scenario: Scenario, address: str, language: str) -> str:
    """The words of the plant for a thing, with its tag where it has one."""
    unit, name = scenario.plant.unit, address.rpartition("/")[2]
    for found in (unit.loops, unit.alarms, unit.analysers, unit.field):
        if name in found:
            title = found[name].title.text(language)
            return f"{printed_tag(name)} · {title}" if found in (unit.loops, unit.alarms) else title
    return printed_tag(name)


def _phase(scenario: Scenario, name: str, language: str) -> str:
    """A phase that the recipe no longer has keeps its name of then."""
    phase = scenario.plant.unit.phases.get(name)
    return phase.title.text(language) if phase else name


def _setpoint(scenario: Scenario, item: inputs.SetSetpoint, language: str) -> str:
    """The set-point in the loop's unit."""
    plant, name = scenario.plant, item.loop.rpartition("/")[2]
    loop = plant.unit.loops.get(name)
    if loop is None or loop.measures not in plant.measured:
        return number_format(item.value, 2)
    shown = display(loop.unit, of=plant.measured[loop.measures], digits=loop.digits).shown(item.value)
    unit = printed_unit(loop.unit, language) if loop.label is None else loop.label
    return f"{number_format(shown, loop.digits)}\u202f{unit}".strip()


def _verb(scenario: Scenario, item: inputs.FieldAction, language: str) -> str:
    place = scenario.plant.unit.field.get(item.station.rpartition("/")[2])
    verb = place.verbs.get(item.verb) if place else None
    return verb.title.text(language) if verb else item.verb


def _answer(scenario: Scenario, item: inputs.Answer, language: str) -> str:
    question = scenario.description.questions.get(item.question)
    choice = question.choices.get(item.choice) if question else None
    return choice.title.text(language) if choice else item.choice
