// SPDX-License-Identifier: MIT
#pragma once

#include "npy.hpp"

#include <bit>
#include <string>

namespace topoprune {

namespace detail {

/// Version 1.0, C order, the byte order of this machine, data aligned to 64 bytes.
template <class T>
void write_npy_array(std::ostream& out, const std::string& shape, std::span<const T> values) {
    const std::string type = std::string(std::endian::native == std::endian::little ? "<" : ">") +
                             (std::integral<T> ? 'i' : 'f') + std::to_string(sizeof(T));
    std::string text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    constexpr std::size_t alignment = 64;
    const std::size_t prefix = npy_magic.size() + 4;
    text.append(alignment - 1 - (prefix + text.size()) % alignment, ' ');
    text += '\n';
    out.write(npy_magic.data(), static_cast<std::streamsize>(npy_magic.size()));
    out.put(1).put(0);
    out.put(static_cast<char>(text.size() & 255U)).put(static_cast<char>(text.size() >> 8));
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.write(reinterpret_cast<const char*>(values.data()),
              static_cast<std::streamsize>(values.size_bytes()));
    if (!out)
        throw output_error("write_npy", "the stream does not take the data");
}

template <class T>
void write_npy_table(std::ostream& out, matrix_view<const T> values) {
    const std::string shape =
        "(" + std::to_string(values.rows()) + ", " + std::to_string(values.columns()) + ")";
    write_npy_array(out, shape, std::span(values.data(), static_cast<std::size_t>(values.size())));
}

} // namespace detail

TOPOPRUNE_DEFINE void write_npy(std::ostream& out, std::span<const std::int64_t> values) {
    detail::write_npy_array(out, "(" + std::to_string(values.size()) + ",)", values);
}

TOPOPRUNE_DEFINE void write_npy(std::ostream& out, matrix_view<const float> values) {
    detail::write_npy_table(out, values);
}

TOPOPRUNE_DEFINE void write_npy(std::ostream& out, matrix_view<const double> values) {
    detail::write_npy_table(out, values);
}

} // namespace topoprune
