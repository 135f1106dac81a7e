// SPDX-License-Identifier: MIT
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Zip archives for the tests, written by the letter of the format.
namespace topoprune::testing {

struct zip_options {
    bool deflated = false;
    /// Sizes and checksum behind the data, as a writer to a pipe puts them.
    bool described_behind = false;
    /// Sizes of 64 bits, as numpy.savez writes them.
    bool wide = false;
};

inline std::string little_endian(std::uint64_t value, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i)
        text += static_cast<char>(i < 8 ? value >> (8 * i) & 255U : 0);
    return text;
}

inline std::string deflated(std::string_view bytes) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    std::string result(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    deflate(&stream, Z_FINISH);
    result.resize(stream.total_out);
    deflateEnd(&stream);
    return result;
}

inline std::string zipped(const std::vector<std::pair<std::string, std::string>>& members,
                          const zip_options& options = {}) {
    std::string archive;
    std::string directory;
    for (const auto& [name, bytes] : members) {
        const std::string data = options.deflated ? deflated(bytes) : bytes;
        const auto checksum =
            ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
        const bool behind = options.described_behind;
        const std::string kind = little_endian(behind ? 8 : 0, 2) +
                                 little_endian(options.deflated ? 8 : 0, 2) + little_endian(0, 4);
        const std::string extra = options.wide ? little_endian(1, 2) + little_endian(16, 2) +
                                                     little_endian(behind ? 0 : bytes.size(), 8) +
                                                     little_endian(behind ? 0 : data.size(), 8)
                                               : "";
        const auto size = [&](std::size_t value) {
            return options.wide ? little_endian(0xFFFFFFFF, 4) : little_endian(behind ? 0 : value, 4);
        };
        directory += "PK\x01\x02" + little_endian(20, 2) + little_endian(20, 2) + kind +
                     little_endian(checksum, 4) + little_endian(data.size(), 4) +
                     little_endian(bytes.size(), 4) + little_endian(name.size(), 2) + little_endian(0, 12) +
                     little_endian(archive.size(), 4) + name;
        archive += "PK\x03\x04" + little_endian(20, 2) + kind + little_endian(behind ? 0 : checksum, 4) +
                   size(data.size()) + size(bytes.size()) + little_endian(name.size(), 2) +
                   little_endian(extra.size(), 2) + name + extra + data;
        if (behind)
            archive += "PK\x07\x08" + little_endian(checksum, 4) +
                       little_endian(data.size(), options.wide ? 8 : 4) +
                       little_endian(bytes.size(), options.wide ? 8 : 4);
    }
    const std::size_t begin = archive.size();
    return archive + directory + "PK\x05\x06" + little_endian(0, 4) + little_endian(members.size(), 2) +
           little_endian(members.size(), 2) + little_endian(directory.size(), 4) + little_endian(begin, 4) +
           little_endian(0, 2);
}

} // namespace topoprune::testing
