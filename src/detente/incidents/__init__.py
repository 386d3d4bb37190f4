"""Many mentions, one happening: match, merge, count independent origins, explain; a person may merge and split.

merge(events, articles)             every event ends in exactly one incident, whatever their order
origins(articles)                   copies of one wire story share one origin
apply_decisions(incidents, made)    merges and splits that people decided, each can be undone
explain(incident, events)           why these mentions are one, and what spoke against it
"""

from detente.incidents.decide import apply_decisions, merge_decision, split_decision, undo_decision
from detente.incidents.explain import explain
from detente.incidents.merge import merge
from detente.incidents.origins import origins

__all__ = ["apply_decisions", "explain", "merge", "merge_decision", "origins", "split_decision", "undo_decision"]
