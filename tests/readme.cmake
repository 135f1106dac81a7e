# Fails unless the first piece of C++ in README.md is examples/prune.cpp from its first #include to the end of main(), so that
# what is shown compiles as it is.
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH root)
file(READ ${root}/README.md readme)
string(REGEX MATCH "```cpp\n([^`]*)```" matched "${readme}")
set(shown "${CMAKE_MATCH_1}")

file(READ ${root}/examples/prune.cpp program)
string(FIND "${program}" "\n#include" begin)
math(EXPR begin "${begin} + 1")
string(FIND "${program}" "\n// Prints" end)
math(EXPR length "${end} - ${begin}")
string(SUBSTRING "${program}" ${begin} ${length} program)

if(shown STREQUAL "" OR NOT shown STREQUAL program)
  message(FATAL_ERROR "README.md shows\n${shown}\nbut the program is\n${program}")
endif()
