"""Our records in everybody else's formats: pure writers from records to bytes; the same records give the same bytes.

write(material, to, …)   files by name, and what was left out
FORMATS                  what `to` may be, with what each holds
"""

from detente.export.cap import Alert
from detente.export.material import Input, Material, Written, material
from detente.export.package import OPEN_LICENCES, About
from detente.export.write import FORMATS, write

__all__ = ["FORMATS", "OPEN_LICENCES", "About", "Alert", "Input", "Material", "Written", "material", "write"]
