"""The outlook: how likely violence is to resume, from what was known on the day."""

from detente.outlook.cases import HORIZONS
from detente.outlook.forecasts import forecast, resolve
from detente.outlook.record import public_record
from detente.outlook.report import report_html
from detente.outlook.rules import read_rule, rule_for, target_attacks
from detente.outlook.words import lint, phrase

__all__ = [
    "HORIZONS", "forecast", "lint", "phrase", "public_record", "read_rule", "report_html", "resolve", "rule_for", "target_attacks",
]  # fmt: skip
