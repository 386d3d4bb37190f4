"""Many mentions, one happening: match, merge, count independent origins, explain.

merge(events, articles)    every event ends in exactly one incident, whatever their order
origins(articles)          copies of one wire story share one origin
explain(incident, events)  why these mentions are one, and what spoke against it
"""

from detente.incidents.explain import explain
from detente.incidents.merge import merge
from detente.incidents.origins import origins

__all__ = ["explain", "merge", "origins"]
