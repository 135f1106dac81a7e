# How the project compiles its own sources: warnings, and ccache where it is installed. Users of the library see none of this.
set(CMAKE_CXX_EXTENSIONS OFF)
add_library(topoprune_warnings INTERFACE)
target_compile_options(topoprune_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 takes the "undefined" operands inside its own AVX-512 intrinsics for uninitialized values (its bug
  # 105593), also where Eigen uses them.
  target_compile_options(topoprune_warnings INTERFACE -Wno-maybe-uninitialized -Wno-uninitialized)
  # And the move of a joined std::string for a copy beyond its short buffer, depending on the length of a literal.
  target_compile_options(topoprune_warnings INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overread)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # The stable_sort of libstdc++ 12 calls a function that its own header calls deprecated.
  target_compile_options(topoprune_warnings INTERFACE -Wno-deprecated-declarations)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 18)
    # On some processors -march=native names features that Clang then finds at odds.
    target_compile_options(topoprune_warnings INTERFACE -Wno-invalid-feature-combination)
  endif()
endif()
if(TOPOPRUNE_WARNINGS_AS_ERRORS)
  target_compile_options(topoprune_warnings INTERFACE -Werror)
endif()
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
