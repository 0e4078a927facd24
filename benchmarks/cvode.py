"""CVODE of SUNDIALS on a compiled right-hand side, called without Python in the loop: the peer of our stepper.

The library is the one that CasADi carries (SUNDIALS 2.5, BSD); its C interface is called through ``ctypes``, the
right-hand side is a Numba ``cfunc`` around the very function that the twin integrates.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import byref, c_double, c_int, c_long, c_void_p
from pathlib import Path
from typing import Any

import casadi
import numpy as np
from numba import carray, cfunc, types

FOLDER = Path(casadi.__file__).parent
ADAMS, BDF = 1, 2
FUNCTIONAL, NEWTON = 1, 2
NORMAL = 1
NO_PRECONDITIONER = 0
MOST_STEPS = 1_000_000


class CvodeFailed(RuntimeError):
    """A call answered with a negative flag."""


def _libraries() -> tuple[Any, Any]:
    found = []
    for name in ("libcasadi_sundials_common", "libcasadi_integrator_cvodes"):
        path = next((p for s in (".so", ".dylib", ".dll") if (p := FOLDER / f"{name}{s}").exists()), None)
        if path is None:
            raise ModuleNotFoundError(f"casadi carries no {name}", name=name)
        found.append(ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL))
    return found[0], found[1]


COMMON, LIBRARY = _libraries()
COMMON.N_VMake_Serial.restype = c_void_p
COMMON.N_VGetArrayPointer.restype = ctypes.POINTER(c_double)
COMMON.N_VGetArrayPointer.argtypes = (c_void_p,)
LIBRARY.CVodeCreate.restype = c_void_p
_pointer = COMMON.N_VGetArrayPointer


def right_hand_side(derivatives: Callable[..., None], context: Any, size: int) -> Any:
    """A C function ``int f(double t, N_Vector y, N_Vector slope, void *)`` around ``derivatives(x, context, out)``."""

    @cfunc(types.int32(types.float64, types.voidptr, types.voidptr, types.voidptr), error_model="numpy")
    def function(time, y, slope, user):  # type: ignore[no-untyped-def]
        derivatives(carray(_pointer(y), (size,)), context, carray(_pointer(slope), (size,)))
        return 0

    return function


def _checked(flag: int, call: str) -> None:
    if flag < 0:
        raise CvodeFailed(f"{call} answered {flag}")


def integrate(function: Any, x: np.ndarray, span: tuple[float, float], *, tolerance: float, method: int) -> np.ndarray:
    """``x`` at the end of ``span``; relative ``tolerance``, absolute ones in proportion to each state at the start.

    ``method``: ``ADAMS`` with functional iteration, or ``BDF`` with Newton and GMRES.
    """
    state, scale = x.copy(), tolerance * (np.abs(x) + 1e-300)
    y, weights = (c_void_p(COMMON.N_VMake_Serial(c_long(a.size), c_void_p(a.ctypes.data))) for a in (state, scale))
    memory = c_void_p(LIBRARY.CVodeCreate(c_int(method), c_int(FUNCTIONAL if method == ADAMS else NEWTON)))
    try:
        call = ctypes.cast(function.address, c_void_p)
        _checked(LIBRARY.CVodeInit(memory, call, c_double(span[0]), y), "CVodeInit")
        _checked(LIBRARY.CVodeSVtolerances(memory, c_double(tolerance), weights), "CVodeSVtolerances")
        _checked(LIBRARY.CVodeSetMaxNumSteps(memory, c_long(MOST_STEPS)), "CVodeSetMaxNumSteps")
        if method == BDF:
            _checked(LIBRARY.CVSpgmr(memory, c_int(NO_PRECONDITIONER), c_int(0)), "CVSpgmr")
        _checked(LIBRARY.CVodeSetStopTime(memory, c_double(span[1])), "CVodeSetStopTime")
        reached = c_double()
        _checked(LIBRARY.CVode(memory, c_double(span[1]), y, byref(reached), c_int(NORMAL)), "CVode")
    finally:
        LIBRARY.CVodeFree(byref(memory))
        for vector in (y, weights):
            COMMON.N_VDestroy(vector)
    return state
