// SPDX-License-Identifier: MIT
#include <topoprune/io/npy.hpp>

#include <sstream>
#include <vector>

int main() {
    std::ostringstream file;
    topoprune::write_npy(file, std::vector<std::int64_t>{1, 2, 3});
    return file.str().size() == 128 + 3 * sizeof(std::int64_t) ? 0 : 1;
}
