// SPDX-License-Identifier: MIT
#pragma once

#include "table.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE table_format recognize_format(byte_source& source) {
    const auto bytes = source.peek(16);
    const std::string_view head(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (head.empty())
        source.fail("is empty");
    if (head.starts_with(npy_magic))
        return table_format::npy;
    if (begins_as_idx(bytes))
        return table_format::idx;
    if (head.starts_with("PK\x03\x04"))
        source.fail("is a zip archive, as .npz is; must be a single array in .npy, idx or csv");
    const auto is_binary = [](char c) {
        return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\r' && c != '\n';
    };
    if (std::any_of(head.begin(), head.end(), is_binary))
        source.fail("is neither .npy, nor idx, nor csv");
    return table_format::csv;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::int64_t> read_integers(const std::filesystem::path& path) {
    byte_source source(path);
    switch (detail::recognize_format(source)) {
    case detail::table_format::npy:
        return read_npy_integers(source);
    case detail::table_format::idx:
        return read_idx_integers(source);
    default:
        return read_csv_integers(source);
    }
}

} // namespace topoprune
