// SPDX-License-Identifier: MIT
#pragma once

#include "array_data.hpp"

#include "message_text.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void require_number_type(const byte_source& source, const array_header& header) {
    if (header.type.is_text())
        source.fail("dtype is '" + header.type.name() + "'" + std::string(must_be_number));
}

TOPOPRUNE_DEFINE std::vector<std::string> read_text_data(byte_source& source, const array_header& header) {
    const table_shape table = checked_column(source, header);
    std::vector<std::byte> bytes(header.type.bytes);
    std::vector<std::string> texts;
    for (std::int64_t row = 0; row < table.rows; ++row) {
        source.read_exactly(bytes, "the text of row " + std::to_string(row));
        std::string& text = texts.emplace_back();
        if (header.type.kind == 'S') {
            for (const std::byte each : bytes)
                text += static_cast<char>(each);
        } else {
            if (header.type.order != std::endian::native)
                reverse_elements<4>(bytes);
            for (std::size_t at = 0; at < bytes.size(); at += 4)
                if (!append_utf8(text, load<std::uint32_t>(bytes.data() + at)))
                    source.fail("row " + std::to_string(row) +
                                " holds no text: a code point is beyond "
                                "Unicode");
        }
        // numpy fills what a text leaves of its place with zeros.
        text.erase(text.find_last_not_of('\0') + 1);
    }
    source.require_end("the data of " + header.text());
    return texts;
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> read_integer_data(byte_source& source,
                                                             const array_header& header) {
    require_number_type(source, header);
    if (!header.type.is_integer())
        source.fail("dtype is " + header.type.name() + ", must be an integer type");
    const table_shape table = checked_column(source, header);
    std::vector<std::int64_t> values;
    visit_raw(header.type, [&]<class Raw>(std::type_identity<Raw>) {
        if constexpr (std::integral<Raw>)
            read_raw<Raw, std::int64_t>(source, header, table, values);
    });
    return values;
}

#if defined(TOPOPRUNE_COMPILED)
template matrix<float> read_matrix_data(byte_source& source, const array_header& header);
template matrix<double> read_matrix_data(byte_source& source, const array_header& header);
#endif

} // namespace topoprune::detail
