include(CMakePackageConfigHelpers)
set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/topoprune)

# The headers alone can be installed without a build.
install(TARGETS ${topoprune_targets} EXPORT topopruneTargets FILE_SET HEADERS)
install(EXPORT topopruneTargets NAMESPACE topoprune:: DESTINATION ${package_directory})

# What is compiled is installed where it was built, and the package then has its targets.
if(topoprune_compiled_targets)
  install(TARGETS ${topoprune_compiled_targets} EXPORT topopruneCompiledTargets ARCHIVE OPTIONAL)
  install(EXPORT topopruneCompiledTargets NAMESPACE topoprune:: DESTINATION ${package_directory})
  foreach(target ${topoprune_compiled_targets})
    list(APPEND compiled_files "$<TARGET_FILE_NAME:${target}>")
    install(CODE "
      if(NOT EXISTS \"$<TARGET_FILE:${target}>\")
        message(STATUS \"Not built, so not installed: $<TARGET_FILE_NAME:${target}>\")
        file(REMOVE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/$<TARGET_FILE_NAME:${target}>\")
      endif()")
  endforeach()
endif()

set(compiled_directory ${CMAKE_INSTALL_LIBDIR})
configure_package_config_file(cmake/topopruneConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/topopruneConfig.cmake.in
                              INSTALL_DESTINATION ${package_directory} PATH_VARS compiled_directory)
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/topopruneConfig.cmake INPUT ${CMAKE_CURRENT_BINARY_DIR}/topopruneConfig.cmake.in)
# The headers alone suit every architecture.
set(architecture ARCH_INDEPENDENT)
if(TOPOPRUNE_BUILD_COMPILED)
  set(architecture "")
endif()
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/topopruneConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion ${architecture})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/topopruneConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/topopruneConfigVersion.cmake cmake/TopopruneDependencies.cmake
              cmake/TopopruneBuildType.cmake cmake/TopopruneComponents.cmake
        DESTINATION ${package_directory})

# The folder of documents is named after the outermost project, which may be another.
set(documents_directory ${CMAKE_INSTALL_DATAROOTDIR}/doc/topoprune)
if(PROJECT_IS_TOP_LEVEL)
  set(documents_directory ${CMAKE_INSTALL_DOCDIR})
endif()
install(FILES LICENSE DESTINATION ${documents_directory})

include(TopoprunePkgConfig)
