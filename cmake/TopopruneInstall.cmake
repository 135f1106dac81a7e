include(CMakePackageConfigHelpers)
set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/topoprune)

install(TARGETS ${topoprune_targets} EXPORT topopruneTargets FILE_SET HEADERS)
install(EXPORT topopruneTargets NAMESPACE topoprune:: DESTINATION ${package_directory})

configure_package_config_file(cmake/topopruneConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/topopruneConfig.cmake
                              INSTALL_DESTINATION ${package_directory})
# The headers alone suit every architecture.
set(architecture ARCH_INDEPENDENT)
if(TOPOPRUNE_BUILD_COMPILED)
  set(architecture "")
endif()
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/topopruneConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion ${architecture})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/topopruneConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/topopruneConfigVersion.cmake cmake/TopopruneDependencies.cmake
        DESTINATION ${package_directory})
