"""From incidents to tension: one line per day and dyad, lulls with competing explanations, tripwire states.

series(incidents, dyad, as_of=…)                 acts, threats, posture, cooperation: never one sum; change points
find_lull(incidents, tripwires, links, dyad, …)  how long, how unusual, what explains it
tripwire_states(tripwires, incidents, as_of=…)   armed, tripped, executed, withheld, expired, withdrawn
threats(tripwires, dyad, as_of)                  each threat once, however often it is retold
track_records(threats, dyad)                     how often each holder carried one out
nearness(threat, incidents, as_of=…)             how close an open one is
gaps(articles, coverage, until=…)                when we were not listening
calendar(articles, heard, gaps, until=…)         which source was listened to on which day
normalised(days, "acts")                         a line as it would be with the usual number of sources
"""

from detente.tension.calendar import Calendar, calendar, normalised
from detente.tension.coverage import gaps
from detente.tension.lull import find_lull
from detente.tension.series import series
from detente.tension.threats import nearness, threats, track_records
from detente.tension.tripwires import tripwire_states

__all__ = ["Calendar", "calendar", "find_lull", "gaps", "nearness", "normalised", "series", "threats", "track_records", "tripwire_states"]
