"""The overflow law over 200 h against BPL's own simulator: its FMU under FMPy, where both are at hand.

Say where the FMU is with ``BPL_FMU=…/BPL_CHO_Fedbatch_linux_om_me.fmu`` (janpeter19/BPL_CHO_Fedbatch, FMU under MIT);
``pip install fmpy``. The peer's time is that of ``simulate_fmu`` on a model that is unpacked and read already, with 201
outputs; ours is that of the twin's stepper. The peer runs in a process of its own: its SUNDIALS and that of the oracle
do not bear each other.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys

import numpy as np

from benchmarks.figure import Figure, cpu_seconds
from biotwin.qualification.oracle import overflow_case as case

HOURS = 200.0
LITRE, BILLION, MILLI = 1e-3, 1e9, 1e-3
UNITS = np.array([LITRE, BILLION, BILLION, MILLI, MILLI, MILLI, MILLI])
"""SI per unit of the FMU: litres, 1e9 cells, mmol."""
TICK, MANY, TOLERANCE = 600.0, 20, 1e-6
PLACES = (1, 2, 4, 5, 6, 7)
"""Where BPL keeps viable and dead cells, glucose, glutamine, lactate and ammonia; 3 is what has burst."""
STATES = ("bioreactor.V", *(f"bioreactor.m[{i}]" for i in PLACES))


def _values() -> dict[str, float]:
    """Start and feed of ``overflow_case`` in the FMU's names and units."""
    begin = case.start() / UNITS
    feed = case.FEED * 3600.0 / LITRE
    values = {"bioreactor.V_start": begin[0],
              "feedtank.c_in[4]": case.GLUCOSE_IN, "feedtank.c_in[5]": case.GLUTAMINE_IN,
              "dosagescheme.table[2,1]": case.FEED_AT / 3600.0, "dosagescheme.table[2,2]": feed}
    values |= {f"bioreactor.m_start[{place}]": begin[i + 1] for i, place in enumerate(PLACES)}
    values |= {f"dosagescheme.table[{row},2]": feed for row in range(3, 11)}
    return {name: float(value) for name, value in values.items()}


def measure() -> list[Figure]:
    """One figure, or none where the peer is not at hand."""
    path = os.environ.get("BPL_FMU", "")
    if importlib.util.find_spec("fmpy") is None or not os.path.exists(path):
        return []
    words = [sys.executable, "-m", "benchmarks.bpl"]
    told = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    peer = json.loads(told.splitlines()[-1])
    apart = case.apart(case.twin(TICK), np.array(peer["end"]) * UNITS)
    ours = cpu_seconds(lambda: [case.twin(TICK) for _ in range(MANY)]) / MANY
    return [Figure("overflow law, 200 h, against BPL's FMU", 1e3 * ours, "ms", peer="FMPy",
                   peer_value=1e3 * peer["seconds"], goal=1.0, goal_of="ratio",
                   note=f"largest difference at 200 h: {apart:.1e} of a state; ticks of {TICK:.0f} s")]


def main() -> None:
    """The peer alone: prints its CPU seconds and its state at 200 h."""
    import fmpy

    path = os.environ["BPL_FMU"]
    folder, description, values = fmpy.extract(path), fmpy.read_model_description(path), _values()

    def fly() -> list[float]:
        flown = fmpy.simulate_fmu(folder, model_description=description, stop_time=HOURS, start_values=values,
                                  relative_tolerance=TOLERANCE, output_interval=1.0, output=list(STATES))
        return [float(flown[name][-1]) for name in STATES]

    print(json.dumps({"seconds": cpu_seconds(fly), "end": fly()}))


if __name__ == "__main__":
    main()
