// SPDX-License-Identifier: MIT
#pragma once

#include "gzip_inflater.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE gzip_inflater::gzip_inflater(std::span<const std::byte> head) : input_(input_bytes) {
    std::copy(head.begin(), head.end(), input_.begin());
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(head.size());
    constexpr int largest_window_gzip_only = 15 + 16;
    if (inflateInit2(&stream_, largest_window_gzip_only) != Z_OK)
        throw std::bad_alloc();
}

TOPOPRUNE_DEFINE std::size_t gzip_inflater::read(file_input& file, std::span<std::byte> target) {
    std::size_t produced = 0;
    while (produced < target.size()) {
        if (stream_.avail_in == 0)
            refill(file);
        if (stream_.avail_in == 0) {
            if (between_members_)
                break;
            throw input_error(file.name(), "truncated: the gzip data ends too soon");
        }
        if (between_members_) {
            inflateReset(&stream_);
            between_members_ = false;
        }
        const std::size_t wanted = std::min<std::size_t>(target.size() - produced, std::size_t{1} << 30);
        stream_.next_out = reinterpret_cast<Bytef*>(target.data() + produced);
        stream_.avail_out = static_cast<uInt>(wanted);
        const int status = inflate(&stream_, Z_NO_FLUSH);
        produced += wanted - stream_.avail_out;
        if (status == Z_STREAM_END) {
            between_members_ = true;
            members_read_ = true;
        } else if (status == Z_MEM_ERROR) {
            throw std::bad_alloc();
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            fail(file);
        }
    }
    return produced;
}

TOPOPRUNE_DEFINE std::optional<std::uint64_t>
gzip_inflater::bytes_left_at_most(const file_input& file) const {
    const auto compressed = file.bytes_left();
    if (!compressed)
        return std::nullopt;
    constexpr std::uint64_t largest_ratio = 1032;
    constexpr std::uint64_t under_way = 65536;
    return (*compressed + stream_.avail_in) * largest_ratio + under_way;
}

TOPOPRUNE_DEFINE void gzip_inflater::fail(const file_input& file) const {
    const std::string defect = stream_.msg != nullptr ? stream_.msg : "unknown defect";
    if (members_read_ && defect == "incorrect header check")
        throw input_error(file.name(), "bytes that are not gzip follow the gzip data");
    throw input_error(file.name(), "the gzip data is corrupt: " + defect);
}

} // namespace topoprune::detail
