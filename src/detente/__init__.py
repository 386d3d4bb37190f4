"""Detente reads the news and asks: is this calm peace, or a pause to reload?"""

__version__ = "0.1.0"
