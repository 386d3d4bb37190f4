"""What a coder that stands in for the real one needs beside its `code`."""


class OneByOne:
    """Codes articles in order, one at a time."""

    def code_many(self, articles):
        """As `detente.events.coder.Coder.code_many`."""
        for article in articles:
            yield article, self.code(article)
