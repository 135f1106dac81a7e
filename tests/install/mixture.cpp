// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>

int main() {
    return topoprune::execution({.threads = 1}).threads() - 1;
}
