# SPDX-License-Identifier: MIT
"""The results: a CSV file with one row for each finished or failed run, appended whole and brought to the disk."""

import csv
import io
import os
import pathlib

KEY = ("task", "noise", "protocol", "model", "pruned", "method", "seed", "selection_seed", "size")
FIELDS = ("status", *KEY, "accuracy", "kept", "wrong_labels", "steps", "epochs", "select_seconds", "train_seconds",
          "kept_checksum", "method_options", "program", "error")


class Ledger:
    """Knows which runs are done, and adds rows. Rows are never changed: a failed run that is tried again gets a
    further row, and the last one counts."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.rows = {}
        if self.path.exists():
            self._drop_cut_line()
            with open(self.path, newline="", encoding="utf-8") as file:
                reader = csv.DictReader(file)
                if reader.fieldnames and tuple(reader.fieldnames) != FIELDS:
                    raise SystemExit(f"{path} has the columns {reader.fieldnames}, must have {list(FIELDS)}")
                for row in reader:
                    self.rows[tuple(row[name] for name in KEY)] = row

    def _drop_cut_line(self):
        """A run that was killed while it wrote leaves a line without an end: that run is not finished."""
        text = self.path.read_bytes()
        if text and not text.endswith(b"\n"):
            self.path.write_bytes(text[:text.rfind(b"\n") + 1])

    @staticmethod
    def key_of(run):
        return tuple(str(run[name]) for name in KEY)

    def has(self, run):
        row = self.rows.get(self.key_of(run))
        return row is not None and row["status"] == "done"

    def add(self, row):
        unknown = set(row) - set(FIELDS)
        if unknown:
            raise ValueError(f"unknown fields {unknown}")
        text = io.StringIO()
        writer = csv.DictWriter(text, FIELDS, restval="", lineterminator="\n")
        is_new = not self.path.exists() or self.path.stat().st_size == 0
        if is_new:
            writer.writeheader()
        writer.writerow(row)
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(text.getvalue())
            file.flush()
            os.fsync(file.fileno())
        self.rows[self.key_of(row)] = {name: str(row.get(name, "")) for name in FIELDS}

    def failed(self):
        return [row for row in self.rows.values() if row["status"] != "done"]
