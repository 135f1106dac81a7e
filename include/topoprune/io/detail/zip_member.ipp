// SPDX-License-Identifier: MIT
#pragma once

#include "zip_member.hpp"

#include "../file_error.hpp"
#include "foreign_format.hpp"
#include "message_text.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace topoprune::detail {

namespace zip {

inline constexpr std::uint32_t member_signature = 0x04034b50;
inline constexpr std::uint32_t descriptor_signature = 0x08074b50;
inline constexpr std::uint32_t entry_signature = 0x02014b50;
inline constexpr std::uint32_t wide_end_signature = 0x06064b50;
inline constexpr std::uint32_t wide_locator_signature = 0x07064b50;
inline constexpr std::uint32_t end_signature = 0x06054b50;

} // namespace zip

TOPOPRUNE_DEFINE zip_member::zip_member(file_input& file, std::span<const std::byte> head,
                                        std::optional<std::string> name)
    : file_(file), wanted_(std::move(name)), input_(std::size_t{1} << 16) {
    std::copy(head.begin(), head.end(), input_.begin());
    end_ = head.size();
    for (next_signature_ = static_cast<std::uint32_t>(number(4)); next_signature_ == zip::member_signature;
         next_signature_ = static_cast<std::uint32_t>(number(4))) {
        current_ = read_header();
        if (!wanted_ || current_.name == *wanted_ || current_.name == *wanted_ + ".npy") {
            begin_data();
            return;
        }
        skip_data();
    }
    if (seen_.empty())
        fail("is a zip archive of no member");
    read_directory();
    fail("has no member " + detail::quoted(*wanted_) + ", must be one of " + names());
}

TOPOPRUNE_DEFINE void zip_member::fail(const std::string& defect) const {
    throw input_error(file_.name(), defect);
}

TOPOPRUNE_DEFINE std::size_t zip_member::take(std::span<std::byte> target) {
    std::size_t done = 0;
    while (done < target.size()) {
        if (begin_ == end_) {
            begin_ = 0;
            end_ = file_.read(input_);
            if (end_ == 0)
                break;
        }
        const std::size_t count = std::min(target.size() - done, end_ - begin_);
        std::copy_n(input_.begin() + static_cast<std::ptrdiff_t>(begin_), count,
                    target.begin() + static_cast<std::ptrdiff_t>(done));
        begin_ += count;
        done += count;
    }
    return done;
}

TOPOPRUNE_DEFINE std::uint64_t zip_member::number(std::size_t bytes) {
    std::array<std::byte, 8> digits{};
    if (take(std::span(digits).first(bytes)) < bytes)
        fail("truncated: the zip archive ends too soon");
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value |= std::to_integer<std::uint64_t>(digits[i]) << (8 * i);
    return value;
}

TOPOPRUNE_DEFINE void zip_member::skip(std::uint64_t bytes) {
    std::array<std::byte, 4096> ignored{};
    while (bytes > 0) {
        const std::size_t count = std::min<std::uint64_t>(bytes, ignored.size());
        if (take(std::span(ignored).first(count)) < count)
            fail("truncated: the zip archive ends too soon");
        bytes -= count;
    }
}

TOPOPRUNE_DEFINE zip_member::header zip_member::read_header() {
    header result;
    skip(2); // the version that the archive needs
    const std::uint64_t flags = number(2);
    const std::uint64_t method = number(2);
    skip(4); // time and date
    result.checksum = static_cast<std::uint32_t>(number(4));
    result.packed = number(4);
    result.unpacked = number(4);
    const std::uint64_t name_length = number(2);
    std::uint64_t extra_length = number(2);
    result.name.resize(name_length);
    if (take(std::as_writable_bytes(std::span(result.name))) < name_length)
        fail("truncated: the zip archive ends too soon");
    refuse_known(result.name);
    if (seen_.size() >= std::numeric_limits<std::uint16_t>::max())
        fail("is a zip archive of more than 65534 members");
    seen_.push_back(result.name);
    constexpr std::uint64_t in_extra = 0xFFFFFFFF;
    while (extra_length >= 4) {
        const std::uint64_t id = number(2);
        std::uint64_t size = number(2);
        extra_length -= 4;
        if (size > extra_length)
            fail("the zip archive is corrupt: a field of member " + detail::quoted(result.name) +
                 " is too long");
        extra_length -= size;
        if (id == 1) {
            result.has_wide_sizes = true;
            for (std::uint64_t* length : {&result.unpacked, &result.packed})
                if (*length == in_extra && size >= 8) {
                    *length = number(8);
                    size -= 8;
                }
        }
        skip(size);
    }
    skip(extra_length);

    const std::string member = "member " + detail::quoted(result.name) + " of the zip archive ";
    result.is_stored = method == 0;
    result.described_behind = (flags & 8U) != 0;
    if ((flags & 1U) != 0)
        fail(member + "is encrypted");
    if (method != 0 && method != 8)
        fail(member + "is packed by method " + std::to_string(method) + ", must be stored or deflated");
    if (result.is_stored && result.described_behind)
        fail(member + "is stored without its size in front");
    if (!result.described_behind) {
        const auto left = file_.bytes_left();
        if (left && result.packed > *left + (end_ - begin_))
            fail("truncated: " + member + "needs " + std::to_string(result.packed) + " bytes, only " +
                 std::to_string(*left + (end_ - begin_)) + " there");
        if (result.is_stored && result.packed != result.unpacked)
            fail("the zip archive is corrupt: " + member + "is stored in another size than its own");
    }
    return result;
}

TOPOPRUNE_DEFINE void zip_member::begin_data() {
    inflateReset(&inflater_.stream);
    data_ended_ = false;
    packed_read_ = 0;
    unpacked_read_ = 0;
    checksum_ = 0;
}

TOPOPRUNE_DEFINE std::size_t zip_member::read(std::span<std::byte> target) {
    if (target.empty() || data_ended_) {
        if (!target.empty() && !archive_ended_)
            read_rest();
        return 0;
    }
    const std::size_t got = current_.is_stored ? read_stored(target) : read_deflated(target);
    for (std::size_t at = 0; at < got;) {
        const auto count = static_cast<uInt>(std::min<std::size_t>(got - at, std::size_t{1} << 30));
        checksum_ = static_cast<std::uint32_t>(
            ::crc32(checksum_, reinterpret_cast<const Bytef*>(target.data() + at), count));
        at += count;
    }
    unpacked_read_ += got;
    if (got < target.size()) {
        end_data();
        read_rest();
    }
    return got;
}

TOPOPRUNE_DEFINE std::size_t zip_member::read_stored(std::span<std::byte> target) {
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(target.size(), current_.packed - packed_read_));
    const std::size_t got = take(target.first(wanted));
    packed_read_ += got;
    if (got < wanted)
        fail("truncated: the zip archive ends too soon");
    return got;
}

TOPOPRUNE_DEFINE std::size_t zip_member::read_deflated(std::span<std::byte> target) {
    std::size_t produced = 0;
    while (produced < target.size()) {
        if (begin_ == end_) {
            begin_ = 0;
            end_ = file_.read(input_);
        }
        if (begin_ == end_)
            fail("truncated: the zip archive ends too soon");
        const std::size_t wanted = std::min<std::size_t>(target.size() - produced, std::size_t{1} << 30);
        inflater_.stream.next_in = reinterpret_cast<Bytef*>(input_.data() + begin_);
        inflater_.stream.avail_in = static_cast<uInt>(end_ - begin_);
        inflater_.stream.next_out = reinterpret_cast<Bytef*>(target.data() + produced);
        inflater_.stream.avail_out = static_cast<uInt>(wanted);
        const int status = inflate(&inflater_.stream, Z_NO_FLUSH);
        packed_read_ += end_ - begin_ - inflater_.stream.avail_in;
        begin_ = end_ - inflater_.stream.avail_in;
        produced += wanted - inflater_.stream.avail_out;
        if (status == Z_STREAM_END)
            break;
        if (status == Z_MEM_ERROR)
            throw std::bad_alloc();
        if (status != Z_OK && status != Z_BUF_ERROR)
            fail("the zip archive is corrupt: " +
                 std::string(inflater_.stream.msg != nullptr ? inflater_.stream.msg : "unknown defect"));
    }
    return produced;
}

TOPOPRUNE_DEFINE void zip_member::end_data() {
    data_ended_ = true;
    if (current_.described_behind) {
        const std::size_t width = current_.has_wide_sizes ? 8 : 4;
        std::uint64_t first = number(4);
        if (first == zip::descriptor_signature)
            first = number(4);
        current_.checksum = static_cast<std::uint32_t>(first);
        current_.packed = number(width);
        current_.unpacked = number(width);
    }
    const std::string member =
        "the zip archive is corrupt: member " + detail::quoted(current_.name) + " has ";
    if (packed_read_ != current_.packed || unpacked_read_ != current_.unpacked)
        fail(member + "another size than it says");
    if (checksum_ != current_.checksum)
        fail(member + "another checksum than it says");
}

TOPOPRUNE_DEFINE void zip_member::skip_data() {
    if (!current_.described_behind) {
        skip(current_.packed);
        return;
    }
    begin_data();
    std::vector<std::byte> ignored(std::size_t{1} << 16);
    for (std::size_t got = ignored.size(); got == ignored.size();) {
        got = read_deflated(ignored);
        unpacked_read_ += got;
        checksum_ = static_cast<std::uint32_t>(
            ::crc32(checksum_, reinterpret_cast<const Bytef*>(ignored.data()), static_cast<uInt>(got)));
    }
    end_data();
}

TOPOPRUNE_DEFINE void zip_member::read_rest() {
    archive_ended_ = true;
    const header read = current_;
    for (next_signature_ = static_cast<std::uint32_t>(number(4)); next_signature_ == zip::member_signature;
         next_signature_ = static_cast<std::uint32_t>(number(4))) {
        current_ = read_header();
        skip_data();
    }
    read_directory();
    current_ = read;
    if (wanted_ || seen_.size() == 1)
        return;
    const std::string first = seen_.front().substr(0, seen_.front().rfind(".npy"));
    fail("holds " + std::to_string(seen_.size()) + " arrays, one must be named behind a colon, as in " +
         file_.name() + ":" + (is_plain_text(first) ? first : "NAME") + "; it has " + names());
}

TOPOPRUNE_DEFINE void zip_member::read_directory() {
    std::size_t entries = 0;
    for (; next_signature_ == zip::entry_signature; ++entries) {
        skip(24);
        const std::uint64_t behind[] = {number(2), number(2), number(2)};
        skip(12 + behind[0] + behind[1] + behind[2]);
        next_signature_ = static_cast<std::uint32_t>(number(4));
    }
    if (next_signature_ == zip::wide_end_signature) {
        skip(number(8));
        next_signature_ = static_cast<std::uint32_t>(number(4));
    }
    if (next_signature_ == zip::wide_locator_signature) {
        skip(16);
        next_signature_ = static_cast<std::uint32_t>(number(4));
    }
    if (next_signature_ != zip::end_signature || entries != seen_.size())
        fail("the zip archive is corrupt: its directory does not list its members");
    skip(16);
    skip(number(2));
    std::byte more{};
    if (take(std::span(&more, 1)) > 0)
        fail("bytes follow the zip archive");
}

TOPOPRUNE_DEFINE std::optional<std::uint64_t> zip_member::bytes_left_at_most() const {
    if (current_.is_stored)
        return current_.packed - packed_read_;
    constexpr std::uint64_t largest_ratio = 1032;
    constexpr std::uint64_t under_way = 65536;
    const auto left = file_.bytes_left();
    if (!left)
        return std::nullopt;
    return (*left + (end_ - begin_)) * largest_ratio + under_way;
}

TOPOPRUNE_DEFINE std::string zip_member::names() const {
    constexpr std::size_t most = 20;
    std::string result;
    for (std::size_t at = 0; at < std::min(most, seen_.size()); ++at) {
        std::string name = seen_[at];
        if (name.ends_with(".npy"))
            name.resize(name.size() - 4);
        result += (at > 0 ? ", " : "") + detail::quoted(name);
    }
    return seen_.size() > most ? result + " and others" : result;
}

TOPOPRUNE_DEFINE void zip_member::refuse_known(const std::string& member) const {
    if (member == "data.pkl" || member.ends_with("/data.pkl"))
        refuse_foreign(file_.name(), foreign_format::pytorch);
    if (member == "[Content_Types].xml" || member.starts_with("xl/"))
        refuse_foreign(file_.name(), foreign_format::excel);
}

} // namespace topoprune::detail
