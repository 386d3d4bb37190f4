"""What a coder that stands in for the real one needs beside its `code`."""

from detente.events.coder import FAULTS, refused


class OneByOne:
    """Codes articles in order, one at a time."""

    def code_many(self, articles):
        """As `detente.events.coder.Coder.code_many`."""
        for article in articles:
            try:
                yield article, self.code(article)
            except FAULTS as error:
                yield article, refused(article, error)
