"""Big archives: one pure function over batches, run by processes, Dask or Ray, into a dataset that loses nothing."""

from detente.bulk.batch import Recipe, code_batch
from detente.bulk.engines import ENGINES, open_engine
from detente.bulk.run import code_archive

__all__ = ["ENGINES", "Recipe", "code_archive", "code_batch", "open_engine"]
