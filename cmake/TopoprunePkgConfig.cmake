# topoprune.pc            topoprune::topoprune for builds that know no CMake
# topoprune-<component>.pc  topoprune::<component>, of those whose needs have such files themselves
#
# The flags are those that the targets export, so that both ways compile alike. Boost and Spectra have no such files:
# their headers are expected where the compiler looks by itself.
set(pkg_config_directory ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# The files find the prefix from where they lie themselves, so that it can be moved. A folder that was given as an absolute
# path stays where it is.
set(pkg_config_prefix ${CMAKE_INSTALL_PREFIX})
if(NOT IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})
  cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}/${pkg_config_directory}
             OUTPUT_VARIABLE up_to_prefix)
  set(pkg_config_prefix "\${pcfiledir}/${up_to_prefix}")
endif()
foreach(folder LIBDIR INCLUDEDIR)
  set(pkg_config_${folder} ${CMAKE_INSTALL_${folder}})
  if(NOT IS_ABSOLUTE ${CMAKE_INSTALL_${folder}})
    set(pkg_config_${folder} "\${prefix}/${CMAKE_INSTALL_${folder}}")
  endif()
endforeach()

# add_topoprune_pkg_config(<file> <target> DESCRIPTION <text> REQUIRES <packages> [VARIABLES <lines>] [CFLAGS <flags>]
#                          [LIBRARIES <flags>])
function(add_topoprune_pkg_config file target)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "DESCRIPTION;VARIABLES;CFLAGS;LIBRARIES" "REQUIRES")
  list(JOIN arg_REQUIRES ", " requires)
  # What the target says itself; the rest comes by what it requires.
  set(flags ${arg_CFLAGS})
  foreach(property DEFINITIONS OPTIONS)
    get_target_property(values ${target} INTERFACE_COMPILE_${property})
    if(values)
      if(property STREQUAL DEFINITIONS)
        list(TRANSFORM values PREPEND "-D")
      endif()
      list(APPEND flags ${values})
    endif()
  endforeach()
  list(JOIN flags " " flags)
  set(path ${CMAKE_CURRENT_BINARY_DIR}/${file}.pc)
  # Flags that depend on the compiler are told by a target that is compiled.
  file(GENERATE OUTPUT ${path} CONTENT
"prefix=${pkg_config_prefix}
includedir=${pkg_config_INCLUDEDIR}
libdir=${pkg_config_LIBDIR}
${arg_VARIABLES}
Name: ${file}
Description: ${arg_DESCRIPTION}
Version: ${PROJECT_VERSION}
Requires: ${requires}
Cflags: ${flags}
Libs: ${arg_LIBRARIES}
" TARGET topoprune_compiled)
  if(NOT target IN_LIST topoprune_compiled_targets)
    install(FILES ${path} DESTINATION ${pkg_config_directory})
  else()
    # As the library itself: where it was built.
    install(CODE "
      if(EXISTS \"$<TARGET_FILE:${target}>\")
        file(INSTALL \"${path}\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${pkg_config_directory}\")
      else()
        file(REMOVE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${pkg_config_directory}/${file}.pc\")
      endif()")
  endif()
endfunction()

# A header-only program decides itself whether it wants the same bits everywhere, and can ask for the flags.
list(JOIN topoprune_rounding_flags " " rounding_flags)
add_topoprune_pkg_config(topoprune topoprune DESCRIPTION "${PROJECT_DESCRIPTION}"
                         REQUIRES "eigen3 >= 3.4" nanoflann xsimd VARIABLES "rounding_flags=${rounding_flags}\n"
                         CFLAGS "-I\${includedir} -pthread" LIBRARIES -pthread)
if(TARGET topoprune_tbb)
  add_topoprune_pkg_config(topoprune-tbb topoprune_tbb DESCRIPTION "topoprune with its parallel loops on oneTBB"
                           REQUIRES topoprune tbb)
endif()
if(TARGET topoprune_io)
  add_topoprune_pkg_config(topoprune-io topoprune_io DESCRIPTION "Readers and writers of files, and the report, of topoprune"
                           REQUIRES topoprune zlib nlohmann_json)
endif()
if(TOPOPRUNE_BUILD_COMPILED)
  set(loops topoprune)
  if(TOPOPRUNE_WITH_TBB AND TARGET topoprune_tbb)
    set(loops topoprune-tbb)
  endif()
  add_topoprune_pkg_config(topoprune-compiled topoprune_compiled DESCRIPTION "topoprune with its functions compiled once"
                           REQUIRES ${loops} LIBRARIES "-L\${libdir} -ltopoprune_compiled")
  if(TARGET topoprune_compiled_io)
    add_topoprune_pkg_config(topoprune-compiled-io topoprune_compiled_io
                             DESCRIPTION "topoprune-io with its functions compiled once"
                             REQUIRES topoprune-compiled topoprune-io
                             LIBRARIES "-L\${libdir} -ltopoprune_compiled_io")
  endif()
endif()
