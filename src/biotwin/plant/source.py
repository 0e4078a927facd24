"""The generated kernel: one Python source per *set of classes and laws*, so that plants of any size share it.

First the chances of the tick are drawn. Then, for each class group, it loops over the instances: gather inputs through
the ``source`` table, advance the state, publish the readings. Which instance is wired to which is plant data, not code.
Offsets are unsigned (``at``): Numba then need not ask of each whether it counts from the end, a sixth of a tick's time.
Arrays are counted by reference (``COUNTED``) only where a drawer makes some of its own: a seventh of a tick's time.
"""

from __future__ import annotations

from biotwin.plant.library import Drawer, drawer
from biotwin.plant.plant import ClassGroup

HEADER = '''"""Generated for one set of equipment classes. Never edited by hand."""
from numba import njit, uint64 as at
from biotwin.randomness import draw
from biotwin.stepping.rosenbrock import rosenbrock

COUNTED = {counted}
'''


def equipment_source(groups: tuple[ClassGroup, ...]) -> str:
    """Source text that defines ``equipment(...)`` and ``settle(...)`` for these groups."""
    parts = [HEADER.format(counted=any(drawer(group.slug).distributed for group in groups))]
    for i, group in enumerate(groups):
        parts.append(_imports(i, group))
    for i, group in enumerate(groups):
        if drawer(group.slug).lumped:
            parts.append(_derivatives(i, group))
    parts.append(_function("equipment", groups, advances=True))
    parts.append(_function("settle", groups, advances=False))
    return "\n".join(parts)


def _imports(i: int, group: ClassGroup) -> str:
    d = drawer(group.slug)
    moves = "equations" if d.lumped else "advance"
    state = "" if d.distributed else f"State as S{i}, "
    lines = [
        f"from biotwin.equipment.{group.slug}.model import {state}Inputs as U{i}, Parameters as P{i}",
        f"from biotwin.equipment.{group.slug}.model import {moves} as move{i}, readings as readings{i}",
    ]
    for option, choice in group.law:
        function, kind = d.laws[option][choice]
        lines += [f"from {function.__module__} import {function.__name__} as law{i}",
                  f"from {kind.__module__} import {kind.__name__} as K{i}"]
    return "\n".join(lines)


def _law_arguments(i: int, group: ClassGroup) -> str:
    return f", law{i}, k" if group.law else ""


def _derivatives(i: int, group: ClassGroup) -> str:
    d = drawer(group.slug)
    names = "u, p, k" if group.law else "u, p"
    return (
        f"\n@njit(nogil=True, error_model='numpy', forceinline=True)\ndef derivatives{i}(x, context):\n"
        f"    {names} = context\n"
        f"    return move{i}(S{i}(*x), u, p{_law_arguments(i, group)})\n"
        f"\n\nstep{i} = rosenbrock(derivatives{i}, {d.stiff}, {len(d.states)})\n"
    )


def _function(name: str, groups: tuple[ClassGroup, ...], *, advances: bool) -> str:
    lines = [
        "\n@njit(nogil=True, error_model='numpy', _nrt=COUNTED)",
        f"def {name}(real, par, source, layout, sums, terms, ranges, blocks, noise, keys, lanes, time, dt):",
        "    draw(real, noise, keys, lanes, time)",
    ]
    for i, group in enumerate(groups):
        lines += _group(i, group, advances=advances)
    return "\n".join(lines)


def _group(i: int, group: ClassGroup, *, advances: bool) -> list[str]:
    d = drawer(group.slug)
    lines = [
        f"    # {group.slug}",
        f"    for m in range(ranges[{i}, 0], ranges[{i}, 1]):",
        "        total = 0.0",
        "        for t in range(sums[m, 1], sums[m, 2]):",
        "            total += real[terms[t]]",
        "        real[sums[m, 0]] = total",
        f"    for i in range(layout[{i}, 0]):",
        *_state(i, d),
        f"        w = at(layout[{i}, 2] + i * {len(d.inputs)})",
        f"        q = at(layout[{i}, 3] + i * {len(d.parameters)})",
        f"        r = at(layout[{i}, 4] + i * {len(d.readings)})",
    ]
    if group.law:
        kind = d.laws[group.law[0][0]][group.law[0][1]][1]
        fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
        lines += [f"        z = at(layout[{i}, 5] + i * {len(fields)})",
                  f"        k = K{i}({', '.join(f'par[z + at({j})]' for j in range(len(fields)))})"]
    lines += [
        f"        p = P{i}({', '.join(f'par[q + at({j})]' for j in range(len(d.parameters)))})",
        f"        u = U{i}({', '.join(f'real[source[w + at({j})]]' for j in range(len(d.inputs)))})",
    ]
    if advances:
        lines += _advance(i, group, d)
    lines += [
        f"        x = {_held(i, d)}",
        f"        y = readings{i}(x, u, p{_law_arguments(i, group)})",
        *(f"        real[r + at({j})] = y.{name}" for j, name in enumerate(d.readings)),
    ]
    return lines


def _state(i: int, d: Drawer) -> list[str]:
    """Where the state of instance ``i`` stands: fields one after another, or a block whose length the plant knows."""
    if not d.distributed:
        return [f"        s = at(layout[{i}, 1] + i * {len(d.states)})"]
    return [f"        s = blocks[layout[{i}, 7] + i, 0]", f"        e = s + blocks[layout[{i}, 7] + i, 1]"]


def _held(i: int, d: Drawer) -> str:
    if d.distributed:
        return "real[s:e]"
    return f"S{i}({', '.join(f'real[s + at({j})]' for j in range(len(d.states)))})"


def _advance(i: int, group: ClassGroup, d: Drawer) -> list[str]:
    n = len(d.states)
    if d.lumped:
        context = "(u, p, k)" if group.law else "(u, p)"
        return [f"        step{i}(real[s:s + at({n})], {context}, dt)"]
    if d.distributed:
        return [f"        move{i}(real[s:e], u, p, dt{_law_arguments(i, group)})"]
    return [
        f"        x = {_held(i, d)}",
        f"        x = move{i}(x, u, p, dt)",
        *(f"        real[s + at({j})] = x.{name}" for j, name in enumerate(d.states)),
    ]
