# topoprune::compiled     the library with the bodies of its functions compiled once; defines TOPOPRUNE_COMPILED
# topoprune::compiled_io  the same of topoprune::io
#
# Both are made of the headers' own .ipp files, one source for each folder. Who links them is compiled for the same
# instruction set and without contraction of products and sums, as the exported
# flags say. An object compiled otherwise does not link: see core/compiled.hpp.

# A library of the files of bodies among `headers`, with the flags that it shares with its users.
function(add_topoprune_compiled name headers)
  list(FILTER headers INCLUDE REGEX "\\.ipp$")
  foreach(body ${headers})
    cmake_path(RELATIVE_PATH body BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/include OUTPUT_VARIABLE include)
    string(REGEX REPLACE "^topoprune/([^/]+)/.*$" "\\1" folder ${include})
    if(folder STREQUAL instances)
      cmake_path(GET body STEM folder)
      set(folder instances_${folder})
      set(include "topoprune/topoprune.hpp>\n#define TOPOPRUNE_INSTANCE template\n#include <${include}")
    endif()
    list(APPEND folders ${folder})
    string(APPEND includes_${folder} "#include <${include}>\n")
  endforeach()
  list(REMOVE_DUPLICATES folders)
  set(sources "")
  foreach(folder ${folders})
    set(source ${CMAKE_CURRENT_BINARY_DIR}/compiled/${folder}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "${includes_${folder}}" @ONLY)
    list(APPEND sources ${source})
  endforeach()

  set(target topoprune_${name})
  add_library(${target} STATIC ${sources})
  add_library(topoprune::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${target} PUBLIC ${ARGN})
  # As readily as GCC compiles a function into its callers that is declared inline, as these are in the headers.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:--param=max-inline-insns-auto=200>)
  if(TARGET topoprune_warnings)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:topoprune_warnings>)
  endif()
  set(topoprune_library_targets ${topoprune_library_targets} ${target} PARENT_SCOPE)
  if(NOT TOPOPRUNE_BUILD_COMPILED)
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
  else()
    set(topoprune_compiled_targets ${topoprune_compiled_targets} ${target} PARENT_SCOPE)
  endif()
endfunction()

add_topoprune_compiled(compiled "${core_headers}" topoprune)
target_compile_definitions(topoprune_compiled PUBLIC TOPOPRUNE_COMPILED)
# The declarations, which all its sources share, are read once.
target_precompile_headers(topoprune_compiled PRIVATE <topoprune/topoprune.hpp>)
target_compile_options(topoprune_compiled PUBLIC ${topoprune_rounding_flags})
if(TOPOPRUNE_NATIVE)
  target_compile_options(topoprune_compiled PUBLIC -march=native)
endif()
if(TOPOPRUNE_WITH_TBB AND TARGET topoprune_tbb)
  target_link_libraries(topoprune_compiled PUBLIC topoprune_tbb)
endif()

if(TARGET topoprune_io)
  add_topoprune_compiled(compiled_io "${io_headers}" topoprune_compiled topoprune_io)
endif()
