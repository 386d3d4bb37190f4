"""Trains the judge from a codebook and labelled sets: `run(Options(...), say)`; the command is `detente train`.

Needs the `train` extra (torch on the CPU, MiniLM's weights as a pinned package).
"""
