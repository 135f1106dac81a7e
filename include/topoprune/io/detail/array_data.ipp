// SPDX-License-Identifier: MIT
#pragma once

#include "array_data.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int64_t> read_integer_data(byte_source& source,
                                                             const array_header& header) {
    if (!header.type.is_integer())
        source.fail("dtype is " + header.type.name() + ", must be an integer type");
    const table_shape table = checked_table(source, header);
    if (table.columns != 1)
        source.fail(header.text() + " makes " + std::to_string(table.columns) + " columns, must be 1");
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
