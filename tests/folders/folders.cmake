# How the headers may include one another:
#   - a folder includes itself, core/, and folders before it in ORDER, which begins as topoprune.hpp does;
#   - what lies in detail/ is its folder's own, but that of core/. The few headers of PROMISED are used by others too, until
#     they have a place of their own; each must be;
#   - docs/architecture.md tells of the folders in this order.
#
#   cmake [-D ROOT=FOLDER] -P folders.cmake
#
# FOLDER holds the folders of the headers: include/topoprune, or one in which there is something to find.

cmake_minimum_required(VERSION 3.25)

set(order core neighbors projection density filtration homology transport loss principal optimize combine
          persistence score filter budget select diagnostics pipeline io report adapters instances)
set(promised
    homology/detail/planar_pairs.hpp
    homology/detail/ranked_graph.hpp
    neighbors/detail/euclidean_rows.hpp
    neighbors/detail/exact_ranking.hpp
    transport/detail/network_simplex.hpp
    transport/detail/planar_moves.hpp)

set(faults 0)
function(fault text)
  message(SEND_ERROR "${text}")
  math(EXPR count "${faults} + 1")
  set(faults ${count} PARENT_SCOPE)
endfunction()

if(NOT DEFINED ROOT)
  set(ROOT ${CMAKE_CURRENT_LIST_DIR}/../../include/topoprune)
  file(STRINGS ${ROOT}/topoprune.hpp lines REGEX "^#include \"[a-z_]+/")
  set(shown "")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^#include \"([a-z_]+)/.*" "\\1" folder "${line}")
    list(APPEND shown ${folder})
  endforeach()
  list(REMOVE_DUPLICATES shown)
  list(LENGTH shown count)
  list(SUBLIST order 0 ${count} first)
  if(NOT shown STREQUAL first)
    fault("topoprune.hpp shows the folders as ${shown}, the order is ${first}")
  endif()
  file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/../../docs/architecture.md lines REGEX "^\\| `[a-z]+/` \\|")
  list(TRANSFORM lines REPLACE "^\\| `([a-z]+)/`.*" "\\1" OUTPUT_VARIABLE documented)
  if(NOT documented STREQUAL order)
    fault("docs/architecture.md tells of the folders as ${documented}, the order is ${order}")
  endif()
  set(whole TRUE)
endif()
cmake_path(ABSOLUTE_PATH ROOT NORMALIZE)

file(GLOB_RECURSE headers RELATIVE ${ROOT} ${ROOT}/*/*.hpp ${ROOT}/*/*.ipp)
list(LENGTH headers count)
if(count EQUAL 0)
  message(FATAL_ERROR "${ROOT} holds no headers")
endif()
set(used "")
foreach(header IN LISTS headers)
  string(REGEX REPLACE "/.*" "" own "${header}")
  list(FIND order ${own} own_place)
  if(own_place LESS 0)
    fault("${header}: the folder ${own} has no place in the order")
  endif()
  cmake_path(GET header PARENT_PATH folder)
  file(STRINGS ${ROOT}/${header} lines REGEX "^#include \"")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^#include \"([^\"]*)\".*" "\\1" included "${line}")
    cmake_path(SET path NORMALIZE "${folder}/${included}")
    if(NOT EXISTS ${ROOT}/${path})
      fault("${header} includes ${included}, which is not there")
      continue()
    endif()
    string(REGEX REPLACE "/.*" "" other "${path}")
    if(other STREQUAL own OR other STREQUAL core)
      continue()
    endif()
    list(FIND order ${other} place)
    if(place GREATER own_place OR place LESS 0)
      fault("${header} includes ${path}: ${other} comes after ${own}")
    endif()
    if(path MATCHES "/detail/")
      list(APPEND used ${path})
      if(NOT path IN_LIST promised)
        fault("${header} includes ${path}, which is ${other}'s own")
      endif()
    endif()
  endforeach()
endforeach()
if(whole)
  foreach(header IN LISTS promised)
    if(NOT header IN_LIST used)
      fault("${header} is used by its folder alone: it needs no exception")
    endif()
  endforeach()
endif()
message(STATUS "${count} headers, ${faults} faults")
