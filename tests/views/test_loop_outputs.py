"""What a loop moves is shown finely enough to see it move: a rail by hundredths of a millimetre, people whole."""

from __future__ import annotations

import pytest

from biotwin.views.console.making import console
from tests.content.garden import SCENARIOS, scenario


@pytest.mark.parametrize(("name", "title", "digits"), [
    ("cap-drifting-force", "Rail", 2), ("fill-first-lot", "Dose trim", 1), ("fill-first-lot", "People", 0),
    ("fill-first-lot", "Fan", 0),
])
def test_what_a_loop_moves_shows_a_fiftieth_of_its_way(name: str, title: str, digits: int) -> None:
    made = console(scenario(next(one for one in SCENARIOS if one.name == name)), "en")
    shown = {output.title: output.format.digits for loop in made.loops for output in loop.outputs}
    assert shown[title] == digits
