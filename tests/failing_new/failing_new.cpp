// SPDX-License-Identifier: MIT
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <new>

/// To be loaded into a program before its other libraries (LD_PRELOAD): of its calls of operator new, the one
/// with the number FAILING_NEW, counted from 0, and all after it find no memory. Without FAILING_NEW none
/// fails, and the last line on stderr is their number.

namespace {

std::atomic<long> calls{0};

/// Of the first call that fails; -1 if none does.
long first_failing() {
    const char* const number = std::getenv("FAILING_NEW");
    return number == nullptr ? -1 : std::atol(number);
}

struct count_at_end {
    ~count_at_end() {
        if (first_failing() < 0)
            std::fprintf(stderr, "%ld\n", calls.load());
    }
} const told;

} // namespace

void* operator new(std::size_t bytes) {
    static const long first = first_failing();
    const bool fails = calls++ >= first && first >= 0;
    for (;;) {
        void* const memory = fails ? nullptr : std::malloc(bytes == 0 ? 1 : bytes);
        if (memory != nullptr)
            return memory;
        const std::new_handler handler = std::get_new_handler();
        if (handler == nullptr)
            throw std::bad_alloc();
        handler();
    }
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
