"""The outlook: how likely violence is to resume, from what was known on the day."""

from detente.outlook.forecasts import forecast, resolve
from detente.outlook.report import report_html
from detente.outlook.words import lint, phrase

__all__ = ["forecast", "lint", "phrase", "report_html", "resolve"]
