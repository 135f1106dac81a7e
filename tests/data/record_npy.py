# SPDX-License-Identifier: MIT
"""Records small .npy files as numpy itself writes them, for tests/io/npy.test.cpp.

    python tests/data/record_npy.py

A table has 3 rows, 4 columns and the entry 4 i + j (integers) or (4 i + j) / 4 - 1 (floats) in row i, column j.
"""
import pathlib

import ml_dtypes
import numpy as np

folder = pathlib.Path(__file__).parent / "npy"
folder.mkdir(exist_ok=True)


def record(name, array, version=(1, 0)):
    with open(folder / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, array, version=version, allow_pickle=True)


counts = np.arange(12).reshape(3, 4)

for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    values = counts / 4 - 1 if kind[0] == "f" else counts
    for order_name, order in [("little", "<"), ("big", ">")]:
        if kind[1] == "1" and order_name == "big":
            continue
        array = values.astype(order + kind)
        record(f"{kind}_{order_name}_c", array)
        record(f"{kind}_{order_name}_fortran", np.asfortranarray(array))

for version in [(2, 0), (3, 0)]:
    record(f"version_{version[0]}", (counts / 4 - 1).astype("<f4"), version)

record("bool", (counts % 3 == 0))
record("labels", np.array([3, -1, 4, 1, -5], dtype="<i8"))
record("labels_column", np.array([[3], [-1], [4], [1], [-5]], dtype=">i2"))
record("scalar", np.array(1.5))
record("no_rows", np.zeros((0, 4), dtype="<f4"))
record("images_c", np.arange(24, dtype="<f4").reshape(2, 3, 4))
record("images_fortran", np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)))
record("half_extremes", np.array([6e-8, -6.1e-5, 65504, 0.333], dtype="<f2"))

record("complex", counts.astype("<c8"))
record("objects", np.array([1, None], dtype=object))
record("text", np.array(["a", "bc"]))
record("fields", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
record("long_double", np.zeros(2, dtype=np.longdouble))
record("dates", np.zeros(2, dtype="<M8[D]"))

names = np.array(["dog", "cat", "\u00fc\U0001f600", "dog"])
record("names_little", names.astype("<U4"))
record("names_big", names.astype(">U4"))
record("names_bytes", np.array([b"dog", b"cat", b"dog"], dtype="S5").reshape(3, 1))
record("bfloat16", (counts / 4 - 1).astype(ml_dtypes.bfloat16))
# As numpy writes it that was read by a numpy without ml_dtypes.
record("bfloat16_raw", (counts / 4 - 1).astype(ml_dtypes.bfloat16).view("V2"))
record("labels_float", np.array([2.0, 0.0, -1.0]))
record("mask", np.array([False, True, True, False, True]))

np.savez(folder / "one.npz", counts / 4 - 1)
np.savez_compressed(folder / "one_compressed.npz", counts / 4 - 1)
np.savez(folder / "several.npz", x=counts / 4 - 1, y=np.array([3, 1, 4]))
np.savez_compressed(folder / "several_compressed.npz", x=counts / 4 - 1, y=np.array([3, 1, 4]))
