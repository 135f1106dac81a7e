// SPDX-License-Identifier: MIT
#pragma once

/// What a process inherits, made such that it costs no result.
namespace program {

/// To be called first. Descriptors 0, 1 and 2 that are closed are opened such that every use of them fails:
/// else the first file of the run would get such a number, and messages would go into it. Writing to a closed
/// pipe or beyond the limit of a file's size (SIGPIPE, SIGXFSZ) is an error of that write, no death.
void prepare_process();

/// Calls `handler` for what asks a run to end: SIGINT, SIGTERM and SIGHUP, but for those that the process was
/// started to ignore (nohup, a job in the background).
void handle_interrupts(void (*handler)(int));

} // namespace program
