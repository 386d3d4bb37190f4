"""Other people's coded data: UCDP GED, GDELT, ICEWS, POLECAT, NGEC and ACLED exports to CodedRow records.

Import(…).rows(paths)   rows one by one; what cannot be read comes as Quarantined
sniff(path)             which export a file is
"""

from detente.sources.coded.formats import FORMATS
from detente.sources.coded.read import Import, longest_silence
from detente.sources.coded.sniff import sniff

__all__ = ["FORMATS", "Import", "longest_silence", "sniff"]
