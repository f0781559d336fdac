"""Where the rows of a run go: files by their suffix, and standard output."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import miner

from .options import fail, output_to

Printed: TypeAlias = miner.Format | Literal["table"]


class Target(NamedTuple):
    """Where rows go, standard output where the name is blank, and in which format."""

    name: str
    form: miner.Format


class Outputs(NamedTuple):
    """All that a run is to write."""

    files: list[Target]
    printed: Printed | None
    headers: miner.Language | None = None
    described: str = ""
    """The CSV file that a datapackage.json is to describe."""

    @property
    def names(self) -> list[str]:
        """The files that are written or replaced."""
        beside = [str(Path(self.described).with_name("datapackage.json"))] if self.described else []
        return [target.name for target in self.files] + beside

    @property
    def manifest(self) -> str:
        """The file beside the first output that keeps what was read, for a run that is to go on."""
        names = [target.name for target in self.files if os.path.isfile(target.name) or not os.path.exists(target.name)]
        if any(miner.is_url(name) for name in names):
            fail(
                "--resume goes on with a file of this machine, or with a folder of Parquet parts, -o s3://bucket/figures/"
            )
        if not names:
            fail("--resume goes on with a file: name it with -o or --csv.")
        return f"{names[0]}.resume"

    @property
    def once(self) -> bool:
        """Whether the rows are gone through once, as they come; tables are laid out when all are there."""
        return len(self.files) + (self.printed is not None) <= 1 and self.printed != "table"

    def write(self, rows: Iterable[miner.Observation], links: Mapping[str, Path]) -> None:
        """Write the files; the sources in a workbook lead to the texts by ``links``."""
        for target in self.files:
            with output_to(target.name):
                self._export(rows, target, links)
        if self.described:
            with output_to(self.described):
                miner.write_datapackage(self.described)

    def print(self, rows: Iterable[miner.Observation]) -> None:
        """Write rows to standard output, where a format was asked for."""
        if self.printed and self.printed != "table":
            self._export(rows, Target("", self.printed), {})

    def _export(self, rows: Iterable[miner.Observation], target: Target, links: Mapping[str, Path]) -> None:
        name, form = target
        headers = self.headers if miner.FORMATS[form].headed else None
        file = name or (sys.stdout.buffer if miner.FORMATS[form].binary else sys.stdout)
        try:
            miner.export(rows, file, form, headers=headers, links=links)
        except ValueError as error:
            fail(f"{name or 'standard output'}: {error}.")


def choose(
    csv: str | None,
    outputs: list[str],
    form: Printed | None,
    headers: miner.Language | None,
    *,
    datapackage: bool,
) -> Outputs:
    """Return what is to be written; end the run where the options contradict each other or a library is missing."""
    files = [Target(csv, "csv")] if csv and csv != "-" else []
    printed: list[Printed] = ["csv"] if csv == "-" else []
    for name in outputs:
        if name == "-":
            printed.append(form or "csv")
        else:
            files.append(Target(name, _format(name, form)))
    if form and (form == "table" or not outputs):
        printed.append(form)
    if len(set(printed)) > 1:
        fail(f"{' and '.join(dict.fromkeys(printed))} both ask for standard output; leave one out.")
    if not files and not printed:
        printed = ["table"]
    forms = [target.form for target in files] + [form for form in printed[:1] if form != "table"]
    _check(files, forms, headers)
    if sys.stdout.isatty() and printed and printed[0] != "table" and miner.FORMATS[printed[0]].binary:
        fail(f"{printed[0]} is no text for a screen; name a file with -o, or lead the output into one.")
    described = [target.name for target in files if target.form == "csv"] if datapackage else []
    if datapackage and (len(described) != 1 or miner.is_url(described[0])):
        fail("--datapackage describes one CSV file of this machine; name it with -o or --csv.")
    return Outputs(files, next(iter(printed), None), headers, "".join(described))


def _format(name: str, form: Printed | None) -> miner.Format:
    if form and form != "table":
        return form
    try:
        return miner.format_of(name)
    except ValueError as error:
        fail(f"{error}; or name its --format.")


def _check(files: list[Target], forms: list[miner.Format], headers: miner.Language | None) -> None:
    """Refuse, before anything is read, what cannot be written."""
    places = [os.path.realpath(target.name) for target in files]
    if len(set(places)) < len(places):
        fail("one file is named twice; each output needs a file of its own.")
    if headers and not any(miner.FORMATS[form].headed for form in forms):
        machine = (
            f", and {' and '.join(dict.fromkeys(forms))} for programs: the columns keep their names" if forms else ""
        )
        fail(
            f"--headers is for CSV, Markdown and Excel, which people read{machine}. Leave it out, or choose one of these."
        )
    for form in forms:
        try:
            miner.FORMATS[form].require()
        except ModuleNotFoundError as error:
            fail(f"{error}.")
