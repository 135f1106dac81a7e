# What the project's own program, tests and benchmarks link.
add_library(topoprune_develop INTERFACE)
target_link_libraries(topoprune_develop INTERFACE topoprune_compiled topoprune_warnings)
if(TARGET topoprune_compiled_io)
  target_link_libraries(topoprune_develop INTERFACE topoprune_compiled_io)
endif()
