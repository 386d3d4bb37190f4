"""Builds wheels that carry the bundled theatres; everything else stands in pyproject.toml."""

from pathlib import Path
from shutil import copytree, rmtree

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py


class BuildWithTheatres(build_py):
    """Copies theatres/ beside the package, where `detente.reference.tables.locate` looks first."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib, "detente", "theatres")
            rmtree(target, ignore_errors=True)
            copytree("theatres", target)


class SameEverywhere(bdist_wheel):
    """Gives every file the same permissions, whatever the builder's own are, so that the same bytes come out."""

    def write_wheelfile(self, *args: object, **more: object) -> None:
        super().write_wheelfile(*args, **more)
        for path in Path(self.bdist_dir).rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)


setup(cmdclass={"build_py": BuildWithTheatres, "bdist_wheel": SameEverywhere})
