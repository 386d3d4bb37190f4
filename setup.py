"""Builds wheels that carry the bundled theatres; everything else stands in pyproject.toml."""

from pathlib import Path
from shutil import copytree, rmtree

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTheatres(build_py):
    """Copies theatres/ beside the package, where `detente.reference.tables.locate` looks first."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib, "detente", "theatres")
            rmtree(target, ignore_errors=True)
            copytree("theatres", target)


setup(cmdclass={"build_py": BuildWithTheatres})
