// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>

namespace program {

/// The JSON object in a file, which may be gzipped. Throws input_error, one line, if the file cannot be read,
/// is longer than 64 MiB or no JSON object (with the place where it errs), and for what would be dropped or
/// cut in silence: a key that an object has twice, and the character NUL in a key or a text.
[[nodiscard]] nlohmann::json read_json_object(const std::filesystem::path& file);

} // namespace program
