"""Who acts: every state, organisation, armed group, office and role, and what a mention of them stands for."""

from detente.reference.actors.index import ActorIndex, load
from detente.reference.actors.matching import Hit
from detente.reference.actors.resolution import Resolution
from detente.reference.actors.skeleton import skeleton

__all__ = ["ActorIndex", "Hit", "Resolution", "load", "skeleton"]
