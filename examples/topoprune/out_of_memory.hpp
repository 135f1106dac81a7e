// SPDX-License-Identifier: MIT
#pragma once

#include "output_set.hpp"

/// What the program does when there is no memory left. An exception would not do: it may arise within, or
/// pass through, functions of other libraries that allocate where nothing may be thrown (destructors of JSON
/// documents, iterators of directories), and there it is an abort.
namespace program {

/// From now on an allocation that fails ends the process at once: what it had begun to write is removed, one
/// line on stderr says why, the exit status is 1. So does one that an algorithm of the standard library could
/// do without (std::stable_sort, more slowly). To be called first.
void end_when_out_of_memory();

/// What the process is about to write, to be removed when memory runs out: the unfinished files, and the
/// folders that are missing now. What is complete and in place stays.
void remove_when_out_of_memory(const output_set& outputs);

/// From now on the line says that the results are in place.
void results_are_in_place();

/// "out of memory", and whether the results are in place. Allocates nothing.
[[nodiscard]] const char* out_of_memory_message();

} // namespace program
