// SPDX-License-Identifier: MIT
#pragma once

#include "npy.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE void write_npy(std::ostream& out, std::span<const std::int64_t> values) {
    detail::write_npy_array(out, "(" + std::to_string(values.size()) + ",)", values);
}

} // namespace topoprune
