"""PLOVER's rules of naming: what a deed is called once it is known how it stands.

Source: PLOVER manual 1.3, sections 2.3, 3.1, 3.2, 3.4 and 3.12: cooperative intentions are AGREE, a declared
withdrawal or ceasefire is CONCEDE, hostile intentions held over somebody are THREATEN.
"""

from __future__ import annotations

from detente.records import MATERIAL_CONFLICT, Modality

HOSTILE = MATERIAL_CONFLICT | {"REJECT"}
INTENDED_COOPERATION = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


def name(
    act: str,
    modality: Modality,
    *,
    in_condition: bool = False,
    negative: bool = False,
    declared: bool = False,
    own_word: bool = False,
) -> tuple[str, Modality]:
    """(type, modality) of a deed `act` that stands as `modality`.

    `negative`: the deed is promised not to be done. `declared`: announced by a future verb or a promise.
    `own_word`: told by the doer, so that 'we will strike' is a threat and not a schedule.
    """
    if in_condition:
        return act, modality
    if modality == "threatened" and act not in HOSTILE:
        modality = "planned"
    if modality == "conditional":
        return _conditional(act, negative), modality
    if modality == "threatened":
        return ("THREATEN", modality)
    if modality == "planned":
        if act in INTENDED_COOPERATION:
            return "AGREE", modality
        if act in ("RETREAT", "CONCEDE"):
            return ("CONCEDE" if declared else act), modality
        if act == "ASSAULT" and own_word:
            return "THREATEN", "threatened"
    return act, modality


def _conditional(act: str, negative: bool) -> str:
    if act in HOSTILE or act == "THREATEN":
        return "CONCEDE" if negative and act in HOSTILE else "THREATEN"
    if act in ("RETREAT", "CONCEDE"):
        return "THREATEN" if negative else "CONCEDE"
    if act in INTENDED_COOPERATION or act == "AGREE":
        return "SANCTION" if negative and act == "AID" else "REJECT" if negative else "AGREE"
    return act
