# Fails unless the first piece of C++ in README.md is the body of prune() in examples/prune.cpp.
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH root)
file(READ ${root}/README.md readme)
string(REGEX MATCH "```cpp\n([^`]*)```" matched "${readme}")
set(shown "${CMAKE_MATCH_1}")

file(READ ${root}/examples/prune.cpp program)
string(FIND "${program}" "\nvoid prune(" begin)
string(SUBSTRING "${program}" ${begin} -1 program)
string(REGEX MATCH "{(\n.*\n)}\n\nint main" matched "${program}")
string(REPLACE "\n    " "\n" body "${CMAKE_MATCH_1}")
string(SUBSTRING "${body}" 1 -1 body)

if(shown STREQUAL "" OR NOT shown STREQUAL body)
  message(FATAL_ERROR "README.md shows\n${shown}\nbut the body of prune() is\n${body}")
endif()
