// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../file_checksum.hpp"
#include "../file_error.hpp"
#include "message_text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <streambuf>
#include <string>
#include <utility>

namespace topoprune::detail {

/// The buffer of an output stream onto a POSIX file that lets no failure pass: every write, the flush, the
/// synchronization with the disk and the close throw output_error with the system's reason. Its stream must
/// have exceptions(std::ios::badbit), so that what is thrown here arrives at the writer.
class file_buffer : public std::streambuf {
public:
    /// Opens `path` with open(2) and `flags`; messages call the file `name`. errno tells why is_open() is
    /// false.
    file_buffer(const std::filesystem::path& path, int flags, std::string name)
        : name_(std::move(name)), buffer_(std::make_unique<char[]>(buffer_bytes)),
          descriptor_(::open(path.c_str(), flags | O_WRONLY | O_CLOEXEC, 0666)) {
        setp(buffer_.get(), buffer_.get() + buffer_bytes);
    }

    file_buffer(const file_buffer&) = delete;
    file_buffer& operator=(const file_buffer&) = delete;
    ~file_buffer() override {
        if (is_open())
            ::close(descriptor_);
    }

    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] int descriptor() const { return descriptor_; }

    /// Of everything that was written up to now, which this hands over to the file.
    [[nodiscard]] file_checksum checksum() {
        flush();
        return written_;
    }

    /// Brings everything to the disk.
    TOPOPRUNE_DECLARE void synchronize();

    /// Brings to the disk what is not there yet, and closes the file.
    TOPOPRUNE_DECLARE void close();

protected:
    int_type overflow(int_type c) override {
        flush();
        if (!traits_type::eq_int_type(c, traits_type::eof())) {
            *pptr() = traits_type::to_char_type(c);
            pbump(1);
        }
        return traits_type::not_eof(c);
    }

    std::streamsize xsputn(const char* text, std::streamsize count) override {
        if (count <= epptr() - pptr()) {
            std::copy_n(text, count, pptr());
            pbump(static_cast<int>(count));
        } else {
            flush();
            write_all(text, static_cast<std::size_t>(count));
        }
        return count;
    }

    int sync() override {
        flush();
        return 0;
    }

private:
    static constexpr std::size_t buffer_bytes = std::size_t{1} << 16;

    void flush() {
        const auto count = static_cast<std::size_t>(pptr() - pbase());
        setp(buffer_.get(), buffer_.get() + buffer_bytes);
        write_all(buffer_.get(), count);
    }

    TOPOPRUNE_DECLARE void write_all(const char* text, std::size_t count);

    [[noreturn]] void fail(int reason) const {
        throw output_error(name_, "cannot be written: " + system_message(reason));
    }

    std::string name_;
    std::unique_ptr<char[]> buffer_;
    int descriptor_; // opened last: nothing fails between its creation and its destructor
    file_checksum written_{};
    bool synchronized_ = false;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "file_buffer.ipp"
#endif
