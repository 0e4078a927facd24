"""Who may do what with a flight. A ``Visitor`` is whoever asks: a signed-in person, or a browser with our cookie."""

from __future__ import annotations

from dataclasses import dataclass

from campus.accounts.models import Role
from campus.foundation import extensions
from campus.simulator.models import Seat, SeatRole, SimulatorSession, Status

INSTRUCTING = frozenset({Role.INSTRUCTOR.value, Role.COORDINATOR.value, Role.ADMINISTRATOR.value})


@dataclass(frozen=True)
class Visitor:
    """``key`` is the hash of the browser's cookie; ``login`` the key of the Django login, empty for a visitor."""

    user_id: int | None
    key: str
    roles: frozenset[str]
    rights_version: int = 0
    login: str = ""
    address: str = ""

    @property
    def actor(self) -> str:
        return f"user:{self.user_id}" if self.user_id else "visitor"


def is_owner(visitor: Visitor, session: SimulatorSession) -> bool:
    if session.owner_id is not None:
        return session.owner_id == visitor.user_id
    return bool(session.visitor) and session.visitor == visitor.key


def may_instruct(visitor: Visitor) -> bool:
    return bool(visitor.roles & INSTRUCTING)


def may_view(visitor: Visitor, session: SimulatorSession) -> bool:
    """Its owner, and instructors for flights of people with an account."""
    return is_owner(visitor, session) or (session.owner_id is not None and may_instruct(visitor))


def may_fly(visitor: Visitor, *, open_to_all: bool) -> bool:
    return open_to_all or visitor.user_id is not None


def seat_role(visitor: Visitor, session: SimulatorSession) -> SeatRole | None:
    """The seat that this visitor would get, or None."""
    if is_owner(visitor, session):
        return SeatRole.OPERATOR
    return SeatRole.INSTRUCTOR if may_view(visitor, session) else None


def may_command(seat: Seat) -> bool:
    return seat.withdrawn is None and seat.role != SeatRole.OBSERVER


def may_inject(seat: Seat) -> bool:
    """Malfunctions come from the instructor's seat only; the owner of a flight never has it."""
    return seat.withdrawn is None and seat.role == SeatRole.INSTRUCTOR


def secrecy_is_over(session: SimulatorSession) -> bool:
    """The truth wall falls when the flight is over, and what it belongs to; not before."""
    return session.status != Status.OPEN and extensions.seal(session) is None


def may_share(visitor: Visitor, session: SimulatorSession) -> bool:
    return is_owner(visitor, session) and secrecy_is_over(session)
