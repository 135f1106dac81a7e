// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Files of other programs, which people bring: they are known by their first bytes, so that the refusal can
/// say how they are converted.
namespace topoprune::detail {

enum class foreign_format {
    pytorch,
    pickle,
    safetensors,
    parquet,
    arrow,
    hdf5,
    matlab,
    excel,
    zstd,
    xz,
    bzip2,
    html,
    json,
};

/// True for the length of a header, 64 bits, little-endian, and a JSON object behind it.
TOPOPRUNE_DECLARE [[nodiscard]] bool begins_as_safetensors(std::string_view head);

/// The format of a file that begins with these bytes, of which there should be 16; nothing if it is none of
/// these.
TOPOPRUNE_DECLARE [[nodiscard]] std::optional<foreign_format> recognize_foreign(std::string_view head);

/// Throws an input_error that names the format and the line which converts the file.
TOPOPRUNE_DECLARE [[noreturn]] void refuse_foreign(const std::string& file, foreign_format format);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "foreign_format.ipp"
#endif
