"""Taking a prediction as the new standard: floors rise to its figures, and it becomes what the gate compares with."""

from __future__ import annotations

from ..errors import UsageError
from .gate import Floors, Lowering, guarded, worse
from .report import Figures


def raised(old: Floors | None, figures: Figures, gold: str, *, reason: str = "") -> Floors:
    """The floors after accepting `figures`, measured on the gold with that digest.

    Raises UsageError if one of them would fall and no `reason` is given; with a reason the lowering is recorded. A measure that is not
    measured any more counts as fallen.
    """
    now = guarded(figures)
    known = old.floors if old else {}
    fallen = [
        Lowering(measure, floor, now.get(measure, 0.0), reason)
        for measure, floor in known.items()
        if measure not in now or worse(measure, now[measure], floor)
    ]
    if fallen and not reason:
        falls = ", ".join(f"{fall.measure} {fall.old} → {fall.new}" for fall in fallen)
        raise UsageError(
            "accepting this would lower a floor", value=falls, remedy='mend it, or say why: make accept LOWER="reason"'
        )
    return Floors(gold, now, (*(old.lowered if old else ()), *fallen))
