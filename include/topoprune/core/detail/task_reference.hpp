// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

namespace topoprune::detail {

/// A callable of the number of a task, by reference: two words, whatever its type, so that a loop is compiled
/// once and not for every body. The callable must outlive it.
class task_reference {
public:
    template <class Body>
        requires(!std::is_same_v<std::remove_cvref_t<Body>, task_reference>)
    explicit task_reference(Body& body)
        : body_(const_cast<void*>(static_cast<const void*>(std::addressof(body)))),
          call_([](void* object, std::int64_t task) { (*static_cast<Body*>(object))(task); }) {}

    void operator()(std::int64_t task) const { call_(body_, task); }

private:
    void* body_;
    void (*call_)(void*, std::int64_t);
};

} // namespace topoprune::detail
