# cmake -D BUILD=... -D SOURCE=... -D WORK=... -D GENERATOR=... -D COMPILER=... -P installed.cmake
# Installs the build, moves what was installed to another folder, builds the outside project against it, and runs its programs.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/first)
file(RENAME ${WORK}/first ${WORK}/prefix)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${COMPILER}
    -D CMAKE_PREFIX_PATH=${WORK}/prefix -D CMAKE_FIND_USE_PACKAGE_REGISTRY=OFF)
run(${CMAKE_COMMAND} --build ${WORK}/build)
file(GLOB programs ${WORK}/build/outside*)
foreach(program ${programs})
  run(${program})
endforeach()

# The linker refuses a mixture of flags with words that say what to do; on a processor whose library has no more than the
# least instruction set there is nothing to mix.
execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK}/build --target mixture RESULT_VARIABLE status
                OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(status EQUAL 0)
  file(STRINGS ${WORK}/prefix/lib/cmake/topoprune/topopruneCompiledTargets.cmake native REGEX "-march=")
  if(native)
    message(FATAL_ERROR "An object for x86-64 was linked with a library for this machine")
  endif()
elseif(NOT said MATCHES "compile_with_the_flags_of_topoprune_compiled")
  message(FATAL_ERROR "The mixture was not refused for its flags:\n${said}")
endif()
