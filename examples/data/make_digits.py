# SPDX-License-Identifier: MIT
"""Makes the three arrays of the digits example beside this file.

The features and labels are the test set of the UCI digits, unchanged, as scikit-learn ships it. The logits
are those of a logistic regression, each sample's from a model that did not see it: ten folds, shuffled by a
fixed seed. Needs numpy and scikit-learn; README.md names the versions that made the committed files and their
checksums.
"""

import hashlib
from pathlib import Path

import numpy as np
import sklearn
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict


def main() -> None:
    here = Path(__file__).resolve().parent
    features, labels = load_digits(return_X_y=True)
    folds = StratifiedKFold(n_splits=10, shuffle=True, random_state=1)
    # Pixels are integers from 0 to 16; C is scikit-learn's default.
    model = LogisticRegression(C=1.0, max_iter=2000)
    logits = cross_val_predict(model, features / 16.0, labels, cv=folds, method="decision_function")

    arrays = {
        "digits_features.npy": features.astype(np.uint8),
        "digits_labels.npy": labels.astype(np.uint8),
        "digits_logits.npy": logits.astype(np.float32),
    }
    if not np.array_equal(arrays["digits_features.npy"], features):
        raise ValueError("the features are not integers from 0 to 255")
    for name, array in arrays.items():
        np.save(here / name, np.ascontiguousarray(array))
        checksum = hashlib.sha256((here / name).read_bytes()).hexdigest()
        print(f"{name}: {array.shape} {array.dtype}, sha256 {checksum}")
    wrong = int(np.sum(arrays["digits_logits.npy"].argmax(axis=1) != labels))
    print(f"{wrong} of {len(labels)} samples have their largest logit at another label")
    print(f"made with numpy {np.__version__}, scikit-learn {sklearn.__version__}")


if __name__ == "__main__":
    main()
