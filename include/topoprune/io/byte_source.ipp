// SPDX-License-Identifier: MIT
#pragma once

#include "byte_source.hpp"

#include "detail/message_text.hpp"

#include <algorithm>

namespace topoprune {

TOPOPRUNE_DEFINE byte_source::byte_source(const std::filesystem::path& path) : file_(path) {
    constexpr std::string_view zip_magic = "PK\x03\x04";
    std::array<std::byte, 4> head{};
    const auto present = std::span<const std::byte>(head).first(file_.read(head));
    const std::string_view text(reinterpret_cast<const char*>(present.data()), present.size());
    if (text == zip_magic)
        member_.emplace(file_, present, file_.member());
    else if (file_.member())
        fail("is no zip archive, as .npz is, so that it has no member " + detail::quoted(*file_.member()));
    else if (text.starts_with("\x1f\x8b"))
        inflater_.emplace(present);
    else
        ahead_.assign(present.begin(), present.end());
}

TOPOPRUNE_DEFINE std::size_t byte_source::read(std::span<std::byte> target) {
    const std::size_t known = std::min(ahead_.size(), target.size());
    std::copy_n(ahead_.begin(), known, target.begin());
    ahead_.erase(ahead_.begin(), ahead_.begin() + static_cast<std::ptrdiff_t>(known));
    return known + read_past_lookahead(target.subspan(known));
}

TOPOPRUNE_DEFINE void byte_source::read_exactly(std::span<std::byte> target, std::string_view what) {
    const std::size_t got = read(target);
    if (got < target.size())
        fail("truncated: " + std::string(what) + " needs " + std::to_string(target.size()) + " bytes, only " +
             std::to_string(got) + " there");
}

TOPOPRUNE_DEFINE std::span<const std::byte> byte_source::peek(std::size_t count) {
    const std::size_t known = ahead_.size();
    if (known < count) {
        ahead_.resize(count);
        ahead_.resize(known + read_past_lookahead(std::span(ahead_).subspan(known)));
    }
    return std::span<const std::byte>(ahead_).first(std::min(count, ahead_.size()));
}

} // namespace topoprune
