// SPDX-License-Identifier: MIT
#pragma once

#include "file_buffer.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void file_buffer::close() {
    flush();
    const bool synchronized = ::fsync(descriptor_) == 0 || errno == EINVAL || errno == ENOTSUP;
    const int reason = errno;
    const bool closed = ::close(std::exchange(descriptor_, -1)) == 0;
    if (!synchronized || !closed)
        fail(synchronized ? errno : reason);
}

TOPOPRUNE_DEFINE void file_buffer::write_all(const char* text, std::size_t count) {
    while (count > 0) {
        const ssize_t written = ::write(descriptor_, text, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            fail(errno);
        text += written;
        count -= static_cast<std::size_t>(written);
    }
}

} // namespace topoprune::detail
