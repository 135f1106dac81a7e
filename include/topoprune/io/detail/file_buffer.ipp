// SPDX-License-Identifier: MIT
#pragma once

#include "file_buffer.hpp"

#include <span>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void file_buffer::synchronize() {
    flush();
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != ENOTSUP)
        fail(errno);
    synchronized_ = true;
}

TOPOPRUNE_DEFINE void file_buffer::close() {
    if (!synchronized_)
        synchronize();
    if (::close(std::exchange(descriptor_, -1)) != 0)
        fail(errno);
}

TOPOPRUNE_DEFINE void file_buffer::write_all(const char* text, std::size_t count) {
    while (count > 0) {
        const ssize_t written = ::write(descriptor_, text, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            fail(errno);
        written_.add(std::as_bytes(std::span(text, static_cast<std::size_t>(written))));
        synchronized_ = false;
        text += written;
        count -= static_cast<std::size_t>(written);
    }
}

} // namespace topoprune::detail
