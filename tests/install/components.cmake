# cmake -D BUILD=... -D PARTS=... -D ROOT=... -D SOURCE=... -D WORK=... -D GENERATOR=... -D COMPILER=... -P components.cmake
# What find_package(topoprune COMPONENTS ...) says of components that are there, that were not installed, and whose
# dependencies are missing. PARTS are the parts of the build, with commas between.
cmake_minimum_required(VERSION 3.25)

include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

# Looks for topoprune in `prefix`: ask(<prefix> FOUND|REFUSED [arguments of cmake] SAYS <text>...)
function(ask prefix outcome)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "SAYS")
  # What an earlier call was given or found is forgotten.
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE}/components -B ${WORK}/asked -G ${GENERATOR}
                          -U topoprune_DIR -U COMPONENTS -U OPTIONAL -U REQUIRED -U CMAKE_DISABLE_FIND_PACKAGE_*
                          -U TOPOPRUNE_HNSWLIB_INCLUDE -U Eigen3_DIR -U Eigen3_ROOT -U CMAKE_IGNORE_PATH
                          -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_BUILD_TYPE=Release -D CMAKE_PREFIX_PATH=${prefix}
                          -D CMAKE_FIND_USE_PACKAGE_REGISTRY=OFF ${arg_UNPARSED_ARGUMENTS}
                  RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  set(got REFUSED)
  if(status EQUAL 0)
    set(got FOUND)
  endif()
  # Messages are broken into lines of any length.
  string(REGEX REPLACE "[ \n]+" " " said_in_a_line "${said}")
  foreach(text IN LISTS arg_SAYS)
    string(FIND "${said_in_a_line}" "${text}" place)
    if(place EQUAL -1)
      set(got "${got} without saying: ${text}")
    endif()
  endforeach()
  if(NOT got STREQUAL outcome)
    message(SEND_ERROR "${arg_UNPARSED_ARGUMENTS}\nin ${prefix} was ${got}, not ${outcome}:\n${said}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})

# What the build has.
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/built)
string(REPLACE "," ";" parts "${PARTS}")
file(GLOB_RECURSE compiled ${WORK}/built/libtopoprune_compiled*.a)
foreach(library ${compiled})
  string(REGEX REPLACE "^.*/libtopoprune_(.*)\\.a$" "\\1" part ${library})
  list(APPEND parts ${part})
endforeach()
list(JOIN parts "," required)
list(TRANSFORM parts APPEND ": TRUE" OUTPUT_VARIABLE all_found)
ask(${WORK}/built FOUND -D REQUIRED=REQUIRED -D COMPONENTS=topoprune,${required} SAYS "topoprune: TRUE" ${all_found})
ask(${WORK}/built FOUND SAYS "The package is found")
ask(${WORK}/built REFUSED -D REQUIRED=REQUIRED -D COMPONENTS=tbbb
    SAYS "topoprune has no component \"tbbb\". It has topoprune, tbb,")

# A dependency that is there no more.
if(tbb IN_LIST parts)
  set(no_tbb -D CMAKE_DISABLE_FIND_PACKAGE_TBB=ON)
  set(needs_tbb "of topoprune needs oneTBB, which was not found.")
  ask(${WORK}/built REFUSED ${no_tbb} -D REQUIRED=REQUIRED -D COMPONENTS=tbb SAYS "The component \"tbb\" ${needs_tbb}")
  ask(${WORK}/built FOUND ${no_tbb} -D COMPONENTS=tbb SAYS "${needs_tbb}" "tbb: FALSE")
  ask(${WORK}/built FOUND ${no_tbb} -D REQUIRED=REQUIRED -D COMPONENTS=topoprune -D OPTIONAL=tbb
      SAYS "The package is found" "topoprune: TRUE" "tbb: FALSE")
  ask(${WORK}/built FOUND ${no_tbb} -D REQUIRED=REQUIRED SAYS "The package is found")
  # The compiled library links what it was built with.
  file(GLOB_RECURSE exported ${WORK}/built/topopruneCompiledTargets.cmake)
  if(compiled AND exported)
    file(STRINGS ${exported} uses_tbb REGEX "INTERFACE_LINK_LIBRARIES.*topoprune::tbb")
    if(uses_tbb)
      ask(${WORK}/built REFUSED ${no_tbb} -D REQUIRED=REQUIRED -D COMPONENTS=compiled
          SAYS "The component \"compiled\" ${needs_tbb}")
    endif()
  endif()
endif()

# Installed without a build and without zlib; the headers of hnswlib are in a folder of their own.
file(WRITE ${WORK}/elsewhere/hnswlib/hnswlib.h "")
set(hnswlib -D TOPOPRUNE_HNSWLIB_INCLUDE=${WORK}/elsewhere)
run(${CMAKE_COMMAND} -S ${ROOT} -B ${WORK}/bare_build -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${COMPILER}
    -D TOPOPRUNE_BUILD_TESTS=OFF -D TOPOPRUNE_BUILD_EXAMPLES=OFF -D CMAKE_DISABLE_FIND_PACKAGE_ZLIB=ON ${hnswlib})
run(${CMAKE_COMMAND} --install ${WORK}/bare_build --prefix ${WORK}/bare)
ask(${WORK}/bare REFUSED -D REQUIRED=REQUIRED -D COMPONENTS=io,compiled
    SAYS "The component \"io\" of topoprune was not installed: it needs zlib and nlohmann-json."
         "The component \"compiled\" of topoprune was not installed: it needs the library to be built before")
ask(${WORK}/bare FOUND -D OPTIONAL=io,compiled SAYS "The package is found" "io: FALSE" "compiled: FALSE")
ask(${WORK}/bare FOUND ${hnswlib} -D REQUIRED=REQUIRED -D COMPONENTS=hnswlib
    SAYS "hnswlib: TRUE" "hnswlib is in ${WORK}/elsewhere")
ask(${WORK}/bare REFUSED -D TOPOPRUNE_HNSWLIB_INCLUDE=OFF -D REQUIRED=REQUIRED -D COMPONENTS=hnswlib
    SAYS "The component \"hnswlib\" of topoprune needs hnswlib, which was not found.")

# Eigen 5, which does not answer for a version 3 that is asked for, where there is no other.
file(WRITE ${WORK}/eigen5/Eigen3Config.cmake
     "message(STATUS \"This is Eigen 5\")\nif(NOT TARGET Eigen3::Eigen)\n  add_library(Eigen3::Eigen INTERFACE IMPORTED)\nendif()\n")
file(WRITE ${WORK}/eigen5/Eigen3ConfigVersion.cmake
     "set(PACKAGE_VERSION 5.0.1)\nif(PACKAGE_FIND_VERSION_MAJOR EQUAL 5)\n  set(PACKAGE_VERSION_COMPATIBLE TRUE)\nendif()\n")
file(STRINGS ${BUILD}/CMakeCache.txt eigen REGEX "^Eigen3_DIR:")
string(REGEX REPLACE "^[^=]*=" "" eigen "${eigen}")
ask(${WORK}/built FOUND -D Eigen3_ROOT=${WORK}/eigen5 -D CMAKE_IGNORE_PATH=${eigen} -D REQUIRED=REQUIRED SAYS "This is Eigen 5")
