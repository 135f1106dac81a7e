# What the project's own program, tests and benchmarks link.
add_library(topoprune_develop INTERFACE)
target_link_libraries(topoprune_develop INTERFACE topoprune_compiled topoprune_warnings)
if(TARGET topoprune_compiled_io)
  target_link_libraries(topoprune_develop INTERFACE topoprune_compiled_io)
endif()

# What the program and the tests instantiate is much the same in each of their sources: some are compiled at a time.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 4)

# The headers that the tests and the examples include, compiled once. The library of objects wants a source, which is empty.
function(add_develop_headers name)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/develop/${name}.cpp CONTENT "")
  add_library(${name} OBJECT ${PROJECT_BINARY_DIR}/develop/${name}.cpp)
  target_link_libraries(${name} PRIVATE topoprune_develop)
  target_compile_options(${name} PRIVATE ${ARGN})
  target_precompile_headers(${name} PRIVATE <topoprune/topoprune.hpp>)
endfunction()
set(quick_to_compile $<$<CONFIG:Release>:-O1>)
add_develop_headers(topoprune_develop_headers ${quick_to_compile})

# For the tests and the examples: the library that they use is optimized; they themselves would only take longer to compile.
function(compile_quickly target)
  target_link_libraries(${target} PRIVATE topoprune_develop)
  target_compile_options(${target} PRIVATE ${quick_to_compile})
  target_precompile_headers(${target} REUSE_FROM topoprune_develop_headers)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${TOPOPRUNE_UNITY_BUILD})
endfunction()
